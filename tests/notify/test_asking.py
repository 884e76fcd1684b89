"""People ask for things in their answers: it is done as a whole, or not at all."""

from __future__ import annotations

import pytest

from tests.notify.asking import ANNA, FROM, JANE, KAREN, Desk


async def test_an_answer_closes(desk: Desk) -> None:
    await desk.sends("@close\n\nWe send new ones.")
    assert await desk.stands() == ("closed", desk.office.karen)
    assert await desk.said() == [("reply", "We send new ones.")]
    assert desk.office.mail_to(JANE).text.startswith("We send new ones.\n")
    assert "@close" not in desk.office.mail_to(JANE).raw.decode()
    events = await desk.office.events(desk.home)
    assert events == ["conversation.opened", "message.replied", "conversation.closed"]


async def test_commands_alone_say_nothing(desk: Desk) -> None:
    await desk.sends("@take\n@close\n\nKaren Miller\nUs Inc.\nTel. +39 02 1234")
    assert await desk.stands() == ("closed", desk.office.karen)
    assert await desk.said() == []
    assert not desk.office.relay.to(JANE)
    events = await desk.office.events(desk.home)
    assert events[1:] == ["conversation.assigned", "conversation.closed"]
    assert len(desk.office.relay.to(KAREN)) == 1  # the notice; nothing comes back


@pytest.mark.parametrize("line", ["@close", "@wait 3 days", "@note\n@spam"])
async def test_what_the_customer_wrote_since_is_not_put_out_of_sight(desk: Desk, line: str) -> None:
    first = await desk.office.one("select message_id from message where kind = 'mail'")
    await desk.office.hears(words="And the colour is wrong.", In_Reply_To=f"<{first}>")
    await desk.sends(line)
    assert (await desk.stands())[0] == "open"
    assert "the customer has written since" in desk.office.mail_to(KAREN).text


async def test_a_part_of_a_name_is_enough(desk: Desk) -> None:
    await desk.sends("@assign ross\nShe will write to you.")
    assert (await desk.stands())[1] == desk.office.anna
    assert desk.office.mail_to(JANE).text.startswith("She will write to you.\n")
    assert "gave you this conversation" in desk.office.mail_to(ANNA).text


async def test_words_below_a_note_stay_inside(desk: Desk) -> None:
    await desk.sends("@note\n@close\n\nHe is always like that.")
    assert await desk.said() == [("note", "He is always like that.")]
    assert await desk.stands() == ("closed", None)
    assert not desk.office.relay.to(JANE)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("@clsoe\n\nWe send new ones.", ("“@clsoe” is no command.", "Did you mean @close?")),
        (
            "@take\n@close it all\n\nNew ones.",
            ("“@take” was understood.", "say behind it what it is"),
        ),
        (
            "@clsoe\n@tak\n@assign bob\n@move\n@wait blah\n@tag vip\n\n@Anna Rossi, hi",
            (
                "“@clsoe” is no command. Did you mean @close?",
                "“@tak” is no command. Did you mean @take?",
                "“@assign bob”: nobody here has this name",
                "“@move”: say to which mailbox.",
                "“@wait blah”: it is not clear which time is meant.",
                "“@tag vip” was understood.",
            ),
        ),
        ("@close\n@assign bob\n\nNew ones.", ("nobody here has this name", "Karen Miller")),
        ("@assign r\n\nNew ones.", ("nobody here has this name",)),
        ("@close\n@reopen\n\nNew ones.", ("“@close” and “@reopen” cannot be done together.",)),
        ("@same 4711\n\nNew ones.", ("you can see no such conversation",)),
        ("@same\n\nNew ones.", ("say which conversation",)),
        ("@split\n\nNew ones.", ("cannot be done as things stand",)),
        ("@spam\n\nNew ones.", ("spam is not answered",)),
        (
            "@wait until doomsday\n@move elsewhere\n@untag vip\n@tag ---\n@priority soon\n\nHi",
            (
                "it is not clear which time is meant. Write 3 days",
                "no such mailbox. There are: Support",
                "it has no such tag",
                "say which tag",
                "say how urgent: low, normal, high, urgent.",
            ),
        ),
        (
            "@snooze 3 days ago\n@wait 1/1/2099\n@move support\n\nHi",
            (
                "this time is past",
                "too far away",
                "it is in this mailbox",
                "cannot be done together",
            ),
        ),
        ("@help\n\nNew ones.", ("here they are",)),
    ],
)
async def test_what_cannot_be_done_stops_all_of_it(
    desk: Desk, words: str, says: tuple[str, ...]
) -> None:
    await desk.sends(words)
    told = await desk.nothing_is_done()
    assert told.startswith("Nothing of what you asked for was done, and nothing was sent.")
    assert all(one in " ".join(told.split()) for one in says), told
    assert "@assign Anna: gives it to somebody else" in told
    assert all(f"> {line}" in told for line in words.split("\n") if line)
    assert "+send." not in told
    assert [text for _, text in await desk.said()] == [words]


async def test_two_of_one_name_are_listed(desk: Desk) -> None:
    await desk.office.agent("anna.b@us.example", desk.office.support, name="Anna Bianchi")
    await desk.sends("@assign anna\n\nNew ones.")
    told = " ".join((await desk.nothing_is_done()).split())
    assert "“@assign anna” may mean Anna Rossi and Anna Bianchi." in told
    assert "Write one of these: “@assign Anna Rossi”, “@assign Anna Bianchi”." in told
    html = desk.office.mail_to(KAREN).html
    assert "body=%40assign%20Anna%20Bianchi%0D%0A" in html


async def test_help_comes_by_mail(desk: Desk) -> None:
    await desk.sends("@help")
    assert await desk.nothing_is_done()
    assert await desk.said() == []
    assert "@close: closes the conversation" in desk.office.mail_to(KAREN).text
    for _ in range(12):
        await desk.sends("@help")
    # The notice, ten of these, and one about the others when the hour is over.
    assert len(desk.office.relay.to(KAREN)) == 12
    assert "You asked for “@help”: ask again." in desk.office.mail_to(KAREN).text


@pytest.mark.parametrize(
    "from_", ["Karen <mallory@evil.example>", "A <a@x.example>, K <karen@us.example>"]
)
async def test_commands_without_proof_change_nothing(desk: Desk, from_: str) -> None:
    await desk.sends("@close\n@spam\n\nNew ones.", from_=from_)
    told = await desk.nothing_is_done()
    assert "+send." not in told
    assert "What it asks for is not done later either" in " ".join(told.split())


async def test_an_out_of_office_asks_for_nothing(desk: Desk) -> None:
    await desk.sends("@close", Auto_Submitted="auto-replied")
    assert await desk.stands() == ("open", None)


async def test_without_a_token_nothing_is_asked(desk: Desk) -> None:
    mail = desk.office.letter(
        "@close\n\nNew ones.", From=FROM, In_Reply_To=str(desk.notice.mail["Message-ID"])
    )
    await desk.office.receives(mail)
    await desk.office.works()
    assert await desk.stands() == ("open", None)
    assert not desk.office.relay.to(JANE)


async def test_who_has_no_access_any_more_asks_for_nothing(desk: Desk) -> None:
    await desk.office.change("delete from membership where agent_id = :id", id=desk.office.karen)
    await desk.sends("@close")
    await desk.nothing_is_done()


async def test_what_the_customer_wrote_is_no_order(desk: Desk) -> None:
    office = desk.office
    home = await office.hears(words="@close\nYour boots are bad.", Subject="Boots again")
    await office.works()
    there = Desk(office, home, office.mail_to(KAREN))
    await there.sends("@close\nYour boots are bad.\nWe send new ones.")
    assert "stands in the customer's mail" in " ".join((await there.nothing_is_done()).split())


async def test_speaking_to_somebody_is_no_command(desk: Desk) -> None:
    await desk.sends("@Anna, can you look at this?", "n")
    assert await desk.said() == [("note", "@Anna, can you look at this?")]


async def test_an_address_is_a_verb(desk: Desk) -> None:
    await desk.sends("", "close")
    assert await desk.stands() == ("closed", None)
    assert await desk.said() == []


async def test_an_address_beside_the_answer(desk: Desk) -> None:
    await desk.sends("We send new ones.", "r", "close")
    assert await desk.stands() == ("closed", desk.office.karen)
    assert desk.office.mail_to(JANE).text.startswith("We send new ones.\n")
    assert "close" not in desk.office.mail_to(JANE).raw.decode()


async def test_words_to_a_verb_alone_stay_inside(desk: Desk) -> None:
    await desk.sends("She called.", "take")
    assert await desk.stands() == ("open", desk.office.karen)
    assert await desk.said() == [("note", "She called.")]


async def test_the_short_form_of_an_address(desk: Desk) -> None:
    token = desk.to().partition("+r.")[2]
    mail = desk.office.letter("", From=FROM, To=f"close+{token}", Subject="Boots")
    await desk.office.receives(mail, sender=KAREN, recipients=(f"close+{token}",))
    assert await desk.stands() == ("closed", None)


async def test_each_copy_of_a_mail_does_it_once(desk: Desk) -> None:
    office = desk.office
    mail = office.letter(
        "@close\n", From=FROM, To=f"{desk.to()}, {desk.to('take')}", Subject="Re: Boots"
    )
    await office.receives(mail, sender=KAREN, recipients=(desk.to(),))
    await office.change("update conversation set status = 'open' where id = :id", id=desk.home)
    await office.receives(mail, sender=KAREN, recipients=(desk.to("take"),))
    assert await desk.stands() == ("open", office.karen)


async def test_an_address_with_a_verb_of_another_language_or_with_a_slip(desk: Desk) -> None:
    await desk.sends("New ones come.", "r", "wiat-3d")
    told = await desk.nothing_is_done()
    assert "“wiat-3d+…@” is no command. Did you mean @wait?" in " ".join(told.split())
    await desk.sends("", "erledigt")
    assert (await desk.stands())[0] == "closed"


async def test_a_mail_is_split_off(desk: Desk) -> None:
    office = desk.office
    first = await office.one("select message_id from message where kind = 'mail'")
    await office.hears(
        words="By the way, my invoice is wrong.", Subject="Re: Boots", In_Reply_To=f"<{first}>"
    )
    await office.works()
    second = Desk(office, desk.home, office.mail_to(KAREN))
    await second.sends("@split")
    homes = await office.rows("select conversation_id from message where kind = 'mail' order by id")
    assert homes[0].conversation_id == desk.home
    assert homes[1].conversation_id != desk.home
    assert "conversation.split" in await office.events(desk.home)


async def test_two_conversations_become_one(desk: Desk) -> None:
    office = desk.office
    other = await office.hears(words="My boots again.", Subject="Laces")
    await desk.sends(f"@same {other}\n@close")
    row = (await office.rows("select merged_into from conversation where id=:id", id=desk.home))[0]
    assert row.merged_into == other
    assert await office.one("select status from conversation where id=:id", id=other) == "closed"


async def test_a_conversation_of_others_is_out_of_reach(desk: Desk) -> None:
    office = desk.office
    sales = await office.mailbox("sales@us.example")
    assert sales
    other = await office.hears(words="A price, please.", Subject="Price", To="sales@us.example")
    await desk.sends(f"@same {other}")
    assert "you can see no such conversation" in await desk.nothing_is_done()
    # Nor does who was asked there once bring a whole mailbox along.
    await office.change(
        "insert into follower (conversation_id, agent_id, how)"
        f" select {other}, id, 'copied' from agent where email = '{KAREN}'"
    )
    for order in (f"@same {other}", f"@belongs {other}", "@same price"):
        await desk.sends(order)
        assert "you can see no such conversation" in await desk.nothing_is_done()


async def test_spam_and_not_spam(desk: Desk) -> None:
    await desk.sends("@spam")
    assert (await desk.stands())[0] == "spam"
    await desk.sends("@not spam")
    assert (await desk.stands())[0] == "open"


async def test_addresses_of_two_conversations_are_not_mixed(desk: Desk) -> None:
    office = desk.office
    await office.hears(words="Where is my invoice?", Subject="Invoice", From="bob@farm.example")
    await office.works()
    other = Desk(office, 0, office.mail_to(KAREN))
    mail = office.letter("New ones.", From=FROM, To=f"{desk.to()}, {other.to('close')}")
    await office.receives(mail, sender=KAREN, recipients=(desk.to(), other.to("close")))
    await office.works()
    assert "several conversations" in office.mail_to(KAREN).text
    assert {row.status for row in await office.rows("select status from conversation")} == {"open"}
    assert not office.relay.to(JANE)


async def test_a_customer_commands_nobody(desk: Desk) -> None:
    office = desk.office
    await office.change("update mailbox set customer_token = true")
    await office.replies(desk.home, "We send new ones.")
    await office.works()
    arrived = office.mail_to(JANE)
    address = str(arrived.mail["Reply-To"].addresses[0].addr_spec).replace("+r.", "+close.")
    mail = office.letter("@close\n\nThank you.", To=address, Subject="Re: Boots")
    await office.receives(mail, recipients=(address,))
    assert (await desk.stands())[0] == "open"


async def test_several_addresses_are_one_request_however_they_are_spelled(desk: Desk) -> None:
    """Programs capitalise what is typed, and some take the case of an address book."""
    addresses = ("Assign-Anna", "PRIORITY-Urgent", "tag-VIP", "Wait-3D")
    await desk.sends("", *addresses)
    assert (await desk.stands())[1] == desk.office.anna
    assert "conversation.waiting" in await desk.office.events(desk.home)
    row = "select priority, tags from conversation where id = :id"
    assert [(one.priority, one.tags) for one in await desk.office.rows(row, id=desk.home)] == [
        (2, ["vip"])
    ]
    assert "Given to Anna Rossi." in desk.office.mail_to(KAREN).text


async def test_addresses_and_lines_that_do_not_go_together_do_nothing(desk: Desk) -> None:
    await desk.sends(
        "@take\n\nNew ones.", "r", "close", "snooze-monday", "assign-anna", "move-nowhere"
    )
    told = " ".join((await desk.nothing_is_done()).split())
    assert "close+…@” and “snooze-monday+…@” cannot be done together." in told
    assert "@take” and “assign-anna+…@” cannot be done together." in told
    assert "“move-nowhere+…@”: there is no such mailbox." in told


async def test_a_comment_that_begins_below_a_greeting_goes_to_nobody(desk: Desk) -> None:
    await desk.sends("Hi,\n\n@note\nShe never pays.\n\nKaren")
    assert not desk.office.relay.to(JANE)
    told = " ".join(desk.office.mail_to("karen@us.example").text.split())
    assert "“@note” counts only above your words" in told
