"""The morning's list, answered by its numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox.clock import utcnow
from inbox.desk.people import disable_agent
from inbox.store.people import agent_by_address
from tests.notify.morning import ANNA, ED, KAREN, MIA, PAT, Morning, wants
from tests.office import Office


async def test_the_list_says_what_is_open(morning: Morning) -> None:
    text = morning.list_.text
    assert morning.list_.mail["Subject"] == "3 open conversations, 3 unassigned"
    assert text.startswith("3 conversations are open. 3 are unassigned. 3 should have")
    assert "\n1. Boots\noverdue · Pat · nobody has it yet · waiting since " in text
    assert "“1 take”, “2 assign Anna”, “3 close”" in text
    assert len(morning.office.relay.to(KAREN)) == 1
    planned = await morning.office.rows(
        "select run_at > now() as is_ahead from job"
        " where kind = 'notify.digest' and done_at is null"
    )
    assert [row.is_ahead for row in planned] == [True]


async def test_each_number_is_done_by_itself(morning: Morning) -> None:
    office = morning.office
    told = await morning.answers("1 take 2 to ross 3 clsoe\n1 answer: New ones come.")
    assert await morning.stand() == [
        ("waiting", office.karen),
        ("open", office.anna),
        ("open", None),
    ]
    assert office.mail_to(PAT).text.startswith("New ones come.\n")
    assert "1. Boots\nDone: take. Your answer went to the customer.\n" in told
    assert "2. Invoice\nDone: assign ross" in told
    assert told.startswith("1 of the numbers was not done.\n")
    assert "3. Lids\nNot done. “@clsoe” is no command. Did you mean @close?" in told
    back = office.mail_to(KAREN)
    assert back.mail["In-Reply-To"] == morning.list_.mail["Message-ID"]
    # The same numbers are good again, in an answer to that mail, or to the list.
    assert str(back.mail["Reply-To"].addresses[0].addr_spec) == morning.address
    told = await morning.answers("3 wait 2 days\n2\nHe called.")
    assert "conversation.waiting" in await office.events(morning.homes[2])
    assert "3. Lids\nDone: wait 2 days → " in told
    [note] = await office.rows("select text, visibility from message where kind = 'note'")
    assert (note.text, note.visibility) == ("He called.", "internal")
    told = await morning.answers("3 @template refund")
    assert "“@template refund” cannot be asked for in a list" in told


async def test_what_was_told_is_not_read_again(morning: Morning) -> None:
    told = await morning.answers("2 clsoe\n1 answer: New ones come.")
    assert "2. Invoice\nNot done." in told
    morning.list_ = morning.office.mail_to(KAREN)
    told = await morning.answers("2 close")
    assert "2. Invoice\nDone: close." in told
    assert "1. Boots" not in told
    assert await morning.office.rows("select 1 from message where kind = 'note'") == []


async def test_what_moved_on_is_not_done_and_all_else_is(morning: Morning) -> None:
    office = morning.office
    await office.replies(morning.homes[0], "We look into it.", by=office.anna)
    await office.works()
    told = await morning.answers("1 answer: New ones come.\n2 take\n9 take")
    assert "1. Boots\nNot done. Anna Rossi answered on 3 March 2025" in told
    assert "2. Invoice\nDone: take." in told
    assert "9.\nNot done. The list has no such number." in told
    assert [one.text.split("\n")[0] for one in office.relay.to(PAT)] == ["We look into it."]


async def test_whom_its_answers_go_to_counts_for_who_signed_in(morning: Morning) -> None:
    office = morning.office
    settings = office.context.settings.model_copy(update={"submission_people_per_hour": 2})
    office.context = replace(office.context, settings=settings)
    told = await morning.answers("1 answer: New ones come.\n2 take", signed_in=True)
    assert "1. Boots\nDone: " not in told
    assert "Your answer went to the customer." in told
    await morning.answers("2 answer: Paid.\n3 answer: Buy now.", signed_in=True)
    assert len(office.relay.to(MIA)) == 1
    assert not office.relay.to(ED)
    got = office.relay.to(KAREN)
    refused = "3. Lids\nNot done. You have written to as many people outside"
    assert [one for one in got if refused in one.text]
    titles = [str(one.mail["Subject"]) for one in got]
    assert titles.count("Mails of Karen Miller are not taken for now") == 1
    told = await morning.answers("3 close\n" * 201, signed_in=True)
    assert told.startswith("Nothing was done: a mail can ask for 200 things, in 2000 lines")
    assert (await morning.stand())[2] == ("open", None)


async def test_the_same_answer_twice_is_done_once(morning: Morning) -> None:
    quoted = morning.list_.text
    mail = morning.office.letter(
        f"1\nWho knows him?\n\n{quoted}", From=f"Karen <{KAREN}>", To=morning.address
    )
    for source in ("smtp", "imap"):
        await morning.office.receives(
            mail, sender=KAREN, recipients=(morning.address,), source=source
        )
    await morning.office.works()
    notes = await morning.office.rows("select text from message where kind = 'note'")
    assert [note.text for note in notes] == ["Who knows him?"]


@pytest.mark.parametrize(
    ("from_", "header", "says"),
    [
        ("Mallory <m@evil.example>", "", "not registered as yours"),
        (f"Karen <{KAREN}>, Anna <{ANNA}>", "", "It names no sender, or several."),
        (f"Anna <{ANNA}>", "", "not registered as yours"),
    ],
)
async def test_nothing_is_done_for_anybody_else(
    morning: Morning, from_: str, header: str, says: str
) -> None:
    told = await morning.answers("1 close 2 answer: Give me your password.", from_=from_)
    assert await morning.stand() == [("open", None)] * 3
    assert told.startswith("Nothing was done. ")
    assert says in told
    assert "\n> 1 close 2 answer: Give me your password.\n" in told  # nothing is lost
    assert not morning.office.relay.to(MIA)
    assert not morning.office.relay.to("m@evil.example")


async def test_an_out_of_office_mail_to_a_list_does_nothing(morning: Morning) -> None:
    mail = morning.office.letter(
        "1 close", From=f"Karen <{KAREN}>", To=morning.address, Auto_Submitted="auto-replied"
    )
    await morning.office.receives(mail, sender="", recipients=(morning.address,))
    await morning.office.works()
    assert await morning.stand() == [("open", None)] * 3
    assert len(morning.office.relay.to(KAREN)) == 1


async def test_who_is_gone_from_the_mailbox_does_nothing_there(morning: Morning) -> None:
    await morning.office.change(
        "delete from membership where agent_id = :id", id=morning.office.karen
    )
    told = await morning.answers("1 close")
    assert await morning.stand() == [("open", None)] * 3
    assert "You can see this conversation no more." in told


async def test_a_digest_comes_instead_of_notices(office: Office) -> None:
    await wants(office, ANNA, notices="mine", digest="daily")
    home = await office.hears(words="They broke.", Subject="Boots", From=f"Pat <{PAT}>")
    await office.hears(words="Where?", Subject="Lids", From=f"Ed <{ED}>")
    await office.works()
    assert not office.relay.to(ANNA)  # neither is hers
    await office.change(
        "update conversation set assignee_id = :anna where id = :id", anna=office.anna, id=home
    )
    await wants(office, ANNA, notices="mine", digest="daily@07:59")
    await office.works()
    text = office.mail_to(ANNA).text
    assert text.startswith("1 conversation is open. 1 should have been answered by now.\n")
    assert "you have it" in text


async def test_who_is_asked_by_name_does_not_wait_for_a_digest(office: Office) -> None:
    """A list of what is open says nothing of a comment, and not of what waits for the customer."""
    await wants(office, ANNA, digest="daily")
    home = await office.hears(words="They broke.", Subject="Boots", From=f"Pat <{PAT}>")
    await office.replies(home, "We look.")
    await office.notes(home, "Nobody in particular.")
    await office.works()
    assert not office.relay.to(ANNA)
    await office.notes(home, "@anna, is there another pair?")
    await office.works()
    assert "is there another pair?" in office.mail_to(ANNA).text
    await wants(office, ANNA, notices="none", digest="daily")
    await office.notes(home, "@anna, and in blue?")
    await office.works()
    assert len(office.relay.to(ANNA)) == 1


async def test_what_somebody_has_who_is_shut_out_is_nobodys(office: Office) -> None:
    """All others hear of theirs alone: without the list nobody would know that Pat has written."""
    bob = await office.agent("bob@us.example", office.support, name="Bob Stone")
    for email in (KAREN, ANNA, "bob@us.example"):
        await wants(office, email, notices="mine")
    for holder, subject in ((office.anna, "Boots"), (bob, "Lids")):
        home = await office.hears(words="Where?", Subject=subject, From=f"Pat <{PAT}>")
        await office.change(
            "update conversation set assignee_id = :holder, due_at = null where id = :id",
            holder=holder,
            id=home,
        )
    async with office.database.write() as db:
        await disable_agent(db, ANNA, now=utcnow())
    await office.works()
    assert [one.recipients for one in office.relay.arrived] == [("bob@us.example",)]
    await wants(office, KAREN, dispatcher="daily")
    await office.works()
    told = office.mail_to(KAREN)
    assert told.mail["Subject"] == "1 open conversation, 1 unassigned"
    assert "\n1. Boots\nPat · nobody has it yet" in told.text
    assert "Lids" not in told.text


async def test_hour_after_hour_the_same_list_comes_once(office: Office) -> None:
    await office.hears(words="They broke.", Subject="Boots", From=f"Pat <{PAT}>")
    for _ in range(3):
        await wants(office, KAREN, notices="none", dispatcher="hourly")
        await office.works()
    assert len([one for one in office.relay.to(KAREN) if "+d." in str(one.mail["Reply-To"])]) == 1


async def test_the_list_of_one_moment_comes_once(office: Office) -> None:
    """Also where a clock that goes after the others has planned it again; then comes the next."""
    await office.hears(words="They broke.", Subject="Boots", From=f"Pat <{PAT}>")
    for _ in range(2):
        await wants(office, KAREN, notices="none", dispatcher="daily")
        await office.works()
    assert len([one for one in office.relay.to(KAREN) if "+d." in str(one.mail["Reply-To"])]) == 1
    async with office.database.read() as db:
        karen = await agent_by_address(db, KAREN)
    assert karen is not None
    assert karen.next_digest_at is not None
    assert karen.next_digest_at > utcnow()


async def test_an_answer_out_of_the_list_says_when_it_leaves_and_is_stopped(
    morning: Morning,
) -> None:
    await morning.office.change("update mailbox set undo_seconds = 3600")
    await morning.answers("1 answer: New ones come.", works=False)
    await morning.answers("1 stop")
    mails = [one.text for one in morning.office.relay.to(KAREN)]
    assert sum("You stopped it before" in one for one in mails) == 1
    assert any("“1 stop” in an answer takes it back before." in one for one in mails)
    assert any("1. Boots\nYour answer was taken back" in one for one in mails)
    assert not morning.office.relay.to(PAT)
    await morning.answers("2 answer: So be it.")
    assert "It could not be taken back: it has left." in await morning.answers("2 stop")


async def test_a_file_goes_with_the_number_to_which_it_belongs(morning: Morning) -> None:
    """The only words; the place of a picture; and nobody knows, so that nothing is said."""
    office = morning.office
    told = await morning.answers("1 answer: Here it is.\n2 close", files=("guide.pdf",))
    assert "With it: guide.pdf." in told
    assert "guide.pdf" in office.mail_to(PAT).raw.decode()
    told = await morning.answers("1 take\n2 note who knows\n3 answer: Here.", files=("b.pdf",))
    assert "1. Boots\nDone: take." in told
    assert told.count("It is not clear to which number the files belong.") == 2
    assert "These files belong to no number, and nothing was done with them: b.pdf." in told
    assert not office.relay.to(ED)
    said = "<p>3<br>Look at the crack:</p><p><img src='cid:crack@shop'></p><p>1 close</p>"
    told = await morning.answers("3\nLook:\n1 close", html=said)
    assert "1. Boots\nDone: close." in told
    rows = await office.rows(
        "select text, conversation_id, count(file.id) as files from message"
        " left join file on file.message_id = message.id where kind = 'note'"
        " group by message.id order by message.id"
    )
    assert [(one.text, one.conversation_id, one.files) for one in rows] == [
        ("Look at the crack:", morning.homes[2], 1)
    ]


async def test_a_mail_to_the_list_and_to_a_notice_does_nothing(morning: Morning) -> None:
    office = morning.office
    await office.change("update membership set notices = 'all'")
    await office.hears(words="And now?", Subject="More", From=f"Pat <{PAT}>")
    await office.works()
    notice = str(office.mail_to(KAREN).mail["Reply-To"].addresses[0].addr_spec)
    assert "+r." in notice
    told = await morning.answers("1 take", notice)
    assert await morning.stand() == [("open", None)] * 4
    assert "The mail went to addresses of several conversations." in told


async def test_what_is_urgent_comes_first_and_then_what_is_due_first(office: Office) -> None:
    for subject in ("Boots", "Lids", "Gloves"):
        await office.hears(words="Where?", Subject=subject, From=f"{subject} <{subject}@x.example>")
    await office.change("update conversation set priority = 2 where subject = 'Lids'")
    due = "waiting_since + interval '1 hour'"
    said = f"promised_until = {due}, due_at = {due}, due = 'promise'"
    await office.change(f"update conversation set {said} where subject = 'Gloves'")
    await wants(office, KAREN, notices="none", dispatcher="daily")
    await office.works()
    text = office.mail_to(KAREN).text
    assert "\n1. Lids\noverdue · priority urgent · Lids · nobody has it yet · waiting" in text
    assert "\n2. Gloves\noverdue · Gloves · nobody has it yet · waiting since " in text
    assert "answer promised until" in text.partition("2. Gloves")[2].partition("3. Boots")[0]
    assert "\n3. Boots\noverdue · Boots · nobody" in text
