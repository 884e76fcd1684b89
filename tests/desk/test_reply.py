"""An answer as the customer gets it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from inbox.desk.answer import AnswerFile
from inbox.desk.assign import assign
from inbox.desk.undo import undo
from inbox.errors import Conflict, Forbidden, Invalid
from inbox.mail.thread_index import from_header, root_of
from inbox.model.actor import SYSTEM
from inbox.model.address import Address
from inbox.store.tables import Agent, Conversation, Mailbox
from tests.office import Office

JANE = "jane@shop.example"


async def test_answer_looks_like_a_mail_that_a_person_wrote(office: Office) -> None:
    conversation = await office.hears(words="The boots are broken.", Subject="Boots")
    await office.replies(conversation, "Which size?")
    await office.works()
    arrived = office.mail_to(JANE)
    mail = arrived.mail
    assert mail["From"] == '"Karen Miller (Support)" <support@us.example>'
    assert mail["To"] == "Jane Doe <jane@shop.example>"
    assert mail["Subject"] == "Re: Boots"
    assert arrived.text.startswith("Which size?\n\n-- \nSupport team\n\nOn ")
    assert arrived.text.rstrip().endswith(
        "Jane Doe <jane@shop.example> wrote:\n> The boots are broken."
    )
    assert mail["Auto-Submitted"] is None
    assert mail["Reply-To"] is None


async def test_agents_own_address_is_nowhere(office: Office) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).signature = "Ask karen@us.example"
    conversation = await office.hears()
    await office.replies(conversation, "Write to me: karen@us.example or KAREN@us.example!")
    await office.works()
    arrived = office.mail_to(JANE)
    assert b"karen@" not in arrived.raw.lower()
    assert arrived.text.startswith("Write to me: support@us.example or support@us.example!")
    assert "karen" not in arrived.sender


async def test_answer_is_in_the_customers_thread(office: Office) -> None:
    first = office.letter(Subject="Boots", Message_ID="<one@shop.example>")
    root = bytes([1]) + bytes(range(21))
    first["Thread-Index"] = _base64(root)
    conversation = await office.hears(first)
    await office.replies(conversation, "Which size?")
    await office.works()
    ours = office.mail_to(JANE).mail
    assert str(ours["References"]).split() == ["<one@shop.example>", str(ours["Message-ID"])]
    assert ours["In-Reply-To"] == "<one@shop.example>"
    assert ours["Thread-Topic"] == "Boots"
    index = from_header(str(ours["Thread-Index"]))
    assert index is not None
    assert root_of(index) == root
    assert len(index) == 27


async def test_the_thread_grows_even_where_programs_forget_it(office: Office) -> None:
    conversation = await office.hears(Subject="Boots", Message_ID="<one@shop.example>")
    await office.replies(conversation, "Which size?")
    await office.works()
    ours = office.mail_to(JANE).mail
    forgetful: dict[str, Any] = {
        "Message_ID": "<two@shop.example>",
        "In_Reply_To": str(ours["Message-ID"]),
    }
    assert await office.hears(words="42", Subject="Re: Boots", **forgetful) == conversation
    await office.replies(conversation, "Thank you")
    await office.works()
    again = office.mail_to(JANE).mail
    assert str(again["References"]).split() == [
        "<one@shop.example>",
        str(ours["Message-ID"]),
        "<two@shop.example>",
        str(again["Message-ID"]),
    ]


async def test_answers_of_customers_come_back_to_the_conversation(office: Office) -> None:
    conversation = await office.hears(Subject="Boots")
    await office.replies(conversation, "Which size?")
    await office.works()
    answer = office.letter("42", answers=office.mail_to(JANE).mail)
    assert await office.hears(answer) == conversation


async def test_cc_is_kept_without_us(office: Office) -> None:
    conversation = await office.hears(
        To="support@us.example, Support <support+x@us.example>",
        Cc="Tom <tom@shop.example>, anna@us.example, karen@us.example, sue@other.example",
    )
    await office.replies(conversation, "Hello all")
    await office.works()
    arrived = office.mail_to(JANE)
    assert arrived.mail["Cc"] == "Tom <tom@shop.example>, sue@other.example"
    assert set(arrived.recipients) == {JANE, "tom@shop.example", "sue@other.example"}


async def test_reply_to_is_honoured_but_never_ours(office: Office) -> None:
    sound = await office.hears(Reply_To="Jane <jane@home.example>")
    foolish = await office.hears(Reply_To="support@us.example, anna@us.example")
    await office.replies(sound, "To your home")
    await office.replies(foolish, "To you")
    await office.works()
    assert office.mail_to("jane@home.example").text.startswith("To your home")
    assert office.mail_to(JANE).text.startswith("To you")


async def test_agent_chooses_who_gets_a_copy(office: Office) -> None:
    conversation = await office.hears(Cc="tom@shop.example")
    chosen = (Address(name="Lee", address="lee@partner.example"),)
    await office.replies(conversation, "Lee knows", cc=chosen)
    with pytest.raises(Invalid):
        await office.replies(conversation, "x", cc=(Address(address="no address"),))
    await office.works()
    assert office.mail_to(JANE).mail["Cc"] == "Lee <lee@partner.example>"
    parts = await office.rows("select address from participant order by address")
    assert [row.address for row in parts] == ["lee@partner.example", "tom@shop.example"]


async def test_subject_keeps_its_base(office: Office) -> None:
    for subject, answered in [
        ("AW: Boots", "Re: Boots"),
        ("re: Boots", "re: Boots"),
        ("Boots: broken", "Re: Boots: broken"),
        ("Сапоги", "Re: Сапоги"),
        ("回复：靴子", "Re: 靴子"),
    ]:
        conversation = await office.hears(Subject=subject)
        await office.replies(conversation, "Hello")
        await office.works()
        assert office.mail_to(JANE).mail["Subject"] == answered


async def test_reply_tokens_never_leave(office: Office) -> None:
    token = "support+r." + "abcdefghijklmnopqrstuvwxyz"[:24] + "23@us.example"
    conversation = await office.hears(words=f"I was given {token}", Subject=f"From {token}")
    await office.replies(conversation, f"Use {token} or {token.replace('+', '%2B')}")
    await office.works()
    raw = office.mail_to(JANE).raw.lower()
    assert b"abcdefgh" not in raw.replace(b"=\r\n", b"")


async def test_files_go_along(office: Office) -> None:
    conversation = await office.hears()
    file = AnswerFile.uploaded("Größe.txt", "text/plain", b"42\r\n")
    await office.replies(conversation, "See the list", files=(file,))
    await office.works()
    (attached,) = office.mail_to(JANE).mail.iter_attachments()
    assert isinstance(attached, EmailMessage)
    assert attached.get_filename() == "Größe.txt"
    assert attached.get_payload(decode=True) == b"42\r\n"


async def test_new_words_of_an_html_mail_keep_their_form_and_pictures(office: Office) -> None:
    conversation = await office.hears()
    raw = _outlook_answer()
    spool_id = await office.spooled_by_agent(raw)
    picture = AnswerFile(
        filename="boots.png", content_type="image/png", part=2, content_id="boots@pc", inline=True
    )
    await office.replies(
        conversation,
        "Size 42:",
        via="mail",
        spool_id=spool_id,
        has_html=True,
        files=(picture,),
    )
    await office.works()
    arrived = office.mail_to(JANE)
    assert "<b>42</b>" in arrived.html
    assert "cid:boots@pc" in arrived.html
    assert "secret" not in arrived.raw.decode()
    images = [part for part in arrived.mail.walk() if part.get_content_type() == "image/png"]
    assert [(one["Content-ID"], one.get_payload(decode=True)) for one in images] == [
        ("<boots@pc>", b"a picture")
    ]


async def test_conversation_is_theirs_and_waits_for_the_customer(office: Office) -> None:
    conversation = await office.hears()
    await office.replies(conversation, "Which size?")
    async with office.database.read() as db:
        found = await db.get_one(Conversation, conversation)
    assert (found.status, found.assignee_id, found.snippet, found.waiting_since) == (
        "waiting",
        office.karen,
        "Which size?",
        None,
    )
    assert await office.events(conversation) == ["conversation.opened", "message.replied"]


async def test_second_answer_is_told_of_the_first(office: Office) -> None:
    conversation = await office.hears()
    seen = await office.one("select last_event_id from conversation")
    await office.replies(conversation, "First", expected=seen)
    with pytest.raises(Conflict):
        await office.replies(conversation, "Second", by=office.anna, expected=seen)
    assert await office.one("select count(*) from outbound where kind = 'reply'") == 1


async def test_what_is_no_answer_is_no_collision(office: Office) -> None:
    conversation = await office.hears()
    seen = await office.one("select last_event_id from conversation")
    await office.notes(conversation, "Careful", by=office.anna)
    async with office.database.write() as db:
        await assign(db, conversation, office.anna, by=SYSTEM, now=office.now)
    await office.replies(conversation, "Hello", expected=seen)


async def test_two_answers_at_the_same_time_send_one(office: Office) -> None:
    conversation = await office.hears()
    seen = await office.one("select last_event_id from conversation")
    results = await asyncio.gather(
        office.replies(conversation, "Karen's", expected=seen),
        office.replies(conversation, "Anna's", by=office.anna, expected=seen),
        return_exceptions=True,
    )
    assert [isinstance(one, Conflict) for one in results].count(True) == 1


async def test_button_pressed_twice_sends_once(office: Office) -> None:
    conversation = await office.hears()
    one = await office.replies(conversation, "Hello", idempotency="composer-1")
    two = await office.replies(conversation, "Hello", idempotency="composer-1")
    assert one.id == two.id
    await office.works()
    assert len(office.relay.to(JANE)) == 1


async def test_nothing_to_say_is_not_sent(office: Office) -> None:
    conversation = await office.hears()
    with pytest.raises(Invalid, match="Write something"):
        await office.replies(conversation, " \n ")


async def test_undo_takes_it_back_before_it_leaves(office: Office) -> None:
    async with office.database.write() as db:
        (await db.get_one(Mailbox, office.support)).undo_seconds = 30
    conversation = await office.hears()
    before = await office.rows(
        "select status, assignee_id, snippet, message_count from conversation"
    )
    message = await office.replies(conversation, "Too early")
    async with office.database.write() as db:
        anna, karen = [await db.get_one(Agent, who) for who in (office.anna, office.karen)]
        with pytest.raises(Forbidden):
            await undo(db, message.id, by=anna, now=office.now)
        soon = office.now + timedelta(seconds=29)
        assert (await undo(db, message.id, by=karen, now=soon)).text == "Too early"
    await office.works()
    assert not office.relay.arrived or not office.relay.to(JANE)
    after = await office.rows(
        "select status, assignee_id, snippet, message_count from conversation"
    )
    assert list(map(tuple, after)) == list(map(tuple, before))
    assert not await office.rows("select 1 from message where kind = 'reply'")


async def test_undo_is_too_late_once_the_time_is_over(office: Office) -> None:
    conversation = await office.hears()
    message = await office.replies(conversation, "Gone")
    async with office.database.write() as db:
        karen = await db.get_one(Agent, office.karen)
        with pytest.raises(Conflict):
            await undo(db, message.id, by=karen, now=office.now + timedelta(seconds=1))


async def test_stranger_in_a_conversation_is_not_answered_by_default(office: Office) -> None:
    conversation = await office.hears(words="Mine")
    await office.rows("select 1")
    async with office.database.write() as db:
        connection = await db.connection()
        await connection.exec_driver_sql(
            "insert into message (conversation_id, kind, visibility, author_kind, author_address,"
            " received_at, identity) values ($1, 'mail', 'public', 'customer', $2, $3, $4)",
            (conversation, "mallory@evil.example", office.now, b"x"),
        )
    message = await office.replies(conversation, "Hello")
    assert [one["address"] for one in message.to] == [JANE]


def _base64(octets: bytes) -> str:
    from base64 import b64encode

    return b64encode(octets).decode()


def _outlook_answer() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "karen@us.example", "support@us.example"
    mail["Subject"], mail["Message-ID"] = "Re: Boots", "<agent@us.example>"
    mail.set_content("Size 42:\n\n[boots.png]\n\n> secret quote\n")
    mail.add_alternative(
        '<p>Size <b>42</b>:<img src="cid:boots@pc"></p><div class="gmail_quote">secret</div>',
        subtype="html",
    )
    html = mail.get_payload()[1]  # type: ignore[index] # it has parts
    assert isinstance(html, EmailMessage)
    html.add_related(b"a picture", "image", "png", cid="<boots@pc>", filename="boots.png")
    return mail.as_bytes(policy=mail.policy.clone(linesep="\r\n"))
