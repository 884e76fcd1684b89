"""What becomes of the mail that customers write."""

from __future__ import annotations

import base64

from sqlalchemy import text

from tests.intake.house import House, as_bytes


async def test_a_new_mail_opens_a_conversation(house: House) -> None:
    mail = house.letter("My boots broke.\n\n-- \nJane", Subject="AW: Boots", Cc="tom@shop.example")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="boot.png")
    kept = await house.receives(mail)
    assert kept
    assert kept.is_new
    [seen] = await house.rows(
        "select c.*, a.address from conversation c join customer_address a using (customer_id)"
    )
    assert (seen.subject, seen.base_subject, seen.status) == ("AW: Boots", "boots", "open")
    assert (seen.address, seen.snippet, seen.message_count) == (
        "jane@shop.example",
        "My boots broke.",
        1,
    )
    assert seen.has_files
    assert seen.waiting_since == seen.last_message_at == house.now
    assert len(seen.thread_index) == 22
    [message] = await house.rows("select * from message")
    assert (message.kind, message.visibility, message.author_kind) == ("mail", "public", "customer")
    assert message.text == "My boots broke."
    assert "Jane" in message.quoted
    assert message.author_id == seen.customer_id
    [file] = await house.rows("select * from file")
    assert (file.filename, file.part, file.size) == ("boot.png", 1, 4)
    assert await house.events(kept.conversation_id) == ["conversation.opened"]
    assert await house.one("select state from spool") == "done"
    assert [row.address for row in await house.rows("select * from participant")] == [
        "tom@shop.example"
    ]


async def test_an_answer_joins_by_in_reply_to_or_references(house: House) -> None:
    first = house.letter()
    opened = await house.receives(first)
    assert opened
    for headers in ({"References": ""}, {"In-Reply-To": ""}):
        answer = house.letter("And the laces", answers=first, **{"Subject": "Something", **headers})
        joined = await house.receives(answer)
        assert joined
        assert joined.conversation_id == opened.conversation_id
        assert not joined.is_new
    assert await house.one("select message_count from conversation") == 3
    assert await house.one("select snippet from conversation") == "And the laces"


async def test_a_bare_answer_to_an_invitation_has_no_words_for_the_list(house: House) -> None:
    answer = house.letter("", Subject="Accepted: Fitting")
    answer.set_content(
        "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nSUMMARY:Fitting\nDTSTART:20261124T093000Z\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:jane@shop.example\nEND:VEVENT\nEND:VCALENDAR\n",
        subtype="calendar",
        params={"method": "REPLY"},
    )
    assert await house.receives(answer)
    [seen] = await house.rows("select snippet, text, invitation from conversation, message")
    assert seen.snippet == ""
    assert "jane@shop.example: accepted" in seen.text
    assert "Fitting" in str(seen.invitation)


async def test_an_answer_reopens_and_starts_the_wait(house: House) -> None:
    first = house.letter()
    opened = await house.receives(first)
    assert opened
    async with house.database.write() as db:
        await db.execute(text("update conversation set status = 'closed', closed_at = now()"))
    await house.receives(house.letter(answers=first))
    [seen] = await house.rows("select * from conversation")
    assert (seen.status, seen.closed_at, seen.waiting_since) == ("open", None, house.now)
    assert await house.events(opened.conversation_id) == ["conversation.opened", "message.received"]


async def test_a_stranger_does_not_get_in_by_forged_references(house: House) -> None:
    first = house.letter()
    opened = await house.receives(first)
    stranger = house.letter("Let me see", answers=first, From="eve@evil.example")
    apart = await house.receives(stranger)
    assert opened
    assert apart
    assert apart.is_new
    assert (
        await house.one(
            "select refers_to from conversation where id = :id", id=apart.conversation_id
        )
        == opened.conversation_id
    )
    # And Jane's next answer does not follow the stranger.
    again = await house.receives(house.letter("Me again", answers=first))
    assert again
    assert again.conversation_id == opened.conversation_id


async def test_somebody_in_cc_may_answer(house: House) -> None:
    first = house.letter(Cc="tom@elsewhere.example")
    opened = await house.receives(first)
    answer = house.letter("I saw it too", answers=first, From="Tom <tom@elsewhere.example>")
    joined = await house.receives(answer)
    assert opened
    assert joined
    assert joined.conversation_id == opened.conversation_id
    assert await house.one("select distinct customer_id from conversation") == opened.customer_id


async def test_a_forged_mail_draws_nobody_in(house: House) -> None:
    first = house.letter(Subject="Order 4711 damaged by forklift")
    opened = await house.receives(first)
    forged = house.letter(Subject="Re: Order 4711 damaged by forklift", Cc="eve@evil.example")
    joined = await house.receives(forged)
    assert opened
    assert joined
    assert joined.conversation_id == opened.conversation_id, "by the subject"
    assert not await house.rows("select * from participant")
    knowing = house.letter(answers=first, Cc="tom@shop.example")
    await house.receives(knowing)
    assert await house.one("select address from participant") == "tom@shop.example"


async def test_the_same_mail_twice_is_one_message(house: House) -> None:
    mail = house.letter()
    opened = await house.receives(mail)
    raw = b"Received: from a list\r\n" + as_bytes(mail)
    again = await house.receives(
        raw, sender="jane@shop.example", recipients=("support@us.example",)
    )
    assert opened
    assert again
    assert again.message_id == opened.message_id
    assert await house.one("select count(*) from message") == 1
    assert await house.events(opened.conversation_id) == ["conversation.opened"]


async def test_the_same_id_with_other_words_is_another_mail(house: House) -> None:
    one = house.letter("One", Message_ID="<same@shop.example>")
    two = house.letter("Two", Message_ID="<same@shop.example>")
    await house.receives(one)
    await house.receives(two)
    assert await house.one("select count(*) from message") == 2


async def test_mails_without_an_id_do_not_swallow_each_other(house: House) -> None:
    for words in ("One", "Two"):
        await house.receives(house.letter(words, Message_ID="", Subject="Hi"))
    assert await house.one("select count(*) from message") == 2


async def test_one_letter_to_two_mailboxes_is_seen_in_both(house: House) -> None:
    sales = await house.mailbox("sales@us.example")
    both = ("support@us.example", "sales@us.example")
    opened = await house.receives(house.letter(To=", ".join(both)), recipients=both)
    assert opened
    assert await house.one("select mailbox_id from conversation_mailbox") == sales


async def test_one_letter_that_comes_to_each_mailbox_by_itself(house: House) -> None:
    sales = await house.mailbox("sales@us.example")
    mail = house.letter(To="support@us.example, sales@us.example")
    opened = await house.receives(mail, recipients=("support@us.example",))
    again = await house.receives(mail, recipients=("sales@us.example",))
    assert opened
    assert again
    assert again.conversation_id == opened.conversation_id
    assert await house.one("select mailbox_id from conversation_mailbox") == sales
    assert await house.one("select also_to from message") == ["sales@us.example"]
    told = ["conversation.opened", "conversation.shared"]
    assert await house.events(opened.conversation_id) == told
    once_more = b"Received: by another.example\r\n" + as_bytes(mail)
    await house.receives(once_more, recipients=("sales@us.example",))
    assert await house.events(opened.conversation_id) == told


async def test_a_reply_that_overtakes_its_parent_is_joined_by_it(house: House) -> None:
    first = house.letter(Subject="Question")
    answer = house.letter("Any news?", answers=first, Subject="Other words")
    early = await house.receives(answer)
    late = await house.receives(first)
    assert early
    assert late
    assert late.conversation_id == early.conversation_id


async def test_a_late_parent_makes_two_conversations_one(house: House) -> None:
    first = house.letter(Subject="Question", Cc="tom@shop.example")
    second = house.letter("Two", answers=first, Subject="B")
    third = house.letter("Three", answers=second, Subject="C", References="")
    fourth = house.letter("Four", answers=third, Subject="D", References="")
    opened = await house.receives(first)
    apart = await house.receives(third)
    assert opened
    assert apart
    assert apart.is_new
    await house.receives(second)
    [gone] = await house.rows("select * from conversation where merged_into is not null")
    assert (gone.id, gone.merged_into) == (apart.conversation_id, opened.conversation_id)
    assert (gone.status, gone.message_count) == ("closed", 0)
    assert await house.one("select count(distinct conversation_id) from message") == 1
    standing = "select message_count from conversation where merged_into is null"
    assert await house.one(standing) == 3
    after = await house.receives(fourth)
    assert after
    assert after.conversation_id == opened.conversation_id
    assert await house.events(opened.conversation_id) == [
        "conversation.opened",
        "conversation.opened",
        "conversation.merged",
        "message.received",
        "message.received",
    ]


async def test_exchange_is_answered_under_its_own_thread_index(house: House) -> None:
    root = b"\x01\xd9" + bytes(range(20))
    index = base64.b64encode(root + b"\0\0\0\0\x10").decode()
    await house.receives(house.letter(Thread_Index=index))
    assert await house.one("select thread_index from conversation") == root
    answer = house.letter(Thread_Index=index, Subject="RE: nothing alike", From="jane@shop.example")
    await house.receives(answer)
    assert await house.one("select message_count from conversation") == 2


async def test_a_list_mail_is_a_conversation(house: House) -> None:
    kept = await house.receives(
        house.letter(List_Id="<users.lists.example>", List_Unsubscribe="<mailto:x@lists.example>")
    )
    assert kept
    assert await house.one("select status from conversation") == "open"
    assert await house.events(kept.conversation_id) == ["conversation.opened"]


async def test_what_a_robot_sends_about_nothing_is_kept_closed(house: House) -> None:
    kept = await house.receives(house.letter("I am away", Auto_Submitted="auto-replied"))
    assert kept
    assert await house.one("select status from conversation") == "closed"
    assert await house.events(kept.conversation_id) == ["message.automatic"]


async def test_out_of_office_attaches_and_changes_nothing(house: House) -> None:
    first = house.letter()
    opened = await house.receives(first)
    assert opened
    away = house.letter("I am away", answers=first, Auto_Submitted="auto-replied")
    before = await house.rows("select status, snippet, waiting_since from conversation")
    kept = await house.receives(away)
    assert kept
    assert kept.conversation_id == opened.conversation_id
    assert await house.rows("select status, snippet, waiting_since from conversation") == before
    assert await house.one("select kind from message where id = :id", id=kept.message_id) == "auto"
    assert await house.events(opened.conversation_id) == [
        "conversation.opened",
        "message.automatic",
    ]


async def test_mail_without_a_usable_author_is_kept(house: House) -> None:
    for from_ in ("", "undisclosed:;", f"{'x' * 900}@shop.example"):
        raw = f"From: {from_}\r\nSubject: {from_[:9]}\r\n\r\nHello\r\n".encode()
        assert await house.receives(raw, recipients=("support@us.example",), sender="a@b.example")
    assert await house.one("select count(*) from conversation") == 3
