"""A customer's mail in an agent's mail program."""

from __future__ import annotations

from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import text

from inbox.desk.answer import AnswerFile
from inbox.desk.assign import assign
from inbox.i18n import LANGUAGES
from inbox.mail.ids import is_ours
from inbox.mail.thread_index import from_header
from inbox.mail.tokens import find_token
from inbox.model.actor import Actor
from inbox.notify.fan_out import fan_out
from inbox.notify.links import letter_to
from inbox.outbound.keyed import loop_mark
from inbox.store.engine import Writer
from inbox.store.tables import Agent
from tests.office import Office
from tests.peers import Arrived

JANE, KAREN, ANNA = "jane@shop.example", "karen@us.example", "anna@us.example"
PAT = "Pat Lee <pat@shop.example>"


async def test_notice_is_the_customers_mail(office: Office) -> None:
    await office.hears(words="The boots are broken.\n\nPat", From=PAT, Subject="Boots: which?")
    await office.works()
    arrived = office.mail_to(KAREN)
    mail = arrived.mail
    assert mail["From"] == "Pat Lee via Support <support@us.example>"
    assert mail["To"] == "Karen Miller <karen@us.example>"
    assert mail["Subject"] == "Boots: which?"
    top, words = arrived.text.split("\n\n")[:2]
    inside = str(find_token(_address(arrived, "Reply-To"))).replace("verb='r'", "verb='n'")
    first, other = top.split("\n")
    assert first == "Your answer goes to Pat Lee."
    assert other.startswith("Comment inside: ")
    assert str(find_token(other.partition(": ")[2])) == inside
    assert words == "The boots are broken."
    assert _preview(arrived).startswith("The boots are broken. Pat")
    # Twice: Word draws a table's head where it stands in the source.
    assert " ".join(arrived.html.split()).count("Your answer goes to Pat Lee. <a") == 2
    assert "Support · nobody has it yet · Pat Lee <pat@shop.example> · 3 March 2025" in arrived.text
    assert "https://desk.us.example/conversations/1" in arrived.text


async def test_nobody_answers_a_notice_by_machine(office: Office) -> None:
    await office.hears()
    await office.works()
    arrived = office.mail_to(KAREN)
    assert arrived.mail["Auto-Submitted"] == "auto-generated"
    assert arrived.mail["X-Auto-Response-Suppress"] == "DR, RN, NRN, AutoReply"
    assert arrived.mail["X-Inbox-Loop"] == loop_mark(office.context.secret)
    assert "+b." in arrived.sender


async def test_everybody_of_the_mailbox_has_their_own_address_for_answers(office: Office) -> None:
    await office.hears()
    await office.works()
    assert {one.recipients for one in office.relay.arrived} == {(KAREN,), (ANNA,)}
    tokens = set()
    for person in (KAREN, ANNA):
        arrived = office.mail_to(person)
        token = find_token(_address(arrived, "Reply-To"))
        assert token is not None
        assert token.verb == "r"
        assert f"+n.{token.token}@us.example" in arrived.text
        assert f"mailto:support%2Bn.{token.token}@us.example?subject=Re%3A" in arrived.html
        tokens.add(token.token)
    assert len(tokens) == 2
    stored = await office.rows("select purpose, agent_id, address from reply_token order by 2")
    assert [tuple(row) for row in stored] == [
        ("notice", office.karen, KAREN),
        ("notice", office.anna, ANNA),
    ]


async def test_tokens_are_nowhere_in_the_database(office: Office) -> None:
    await office.hears()
    await office.works()
    token = find_token(_address(office.mail_to(KAREN), "Reply-To"))
    assert token is not None
    for table in ("outbound", "reply_token", "event", "job", "message"):
        rows = await office.rows(f"select t::text from {table} t")
        assert token.token not in "".join(row[0] for row in rows)


async def test_all_notices_of_a_conversation_are_one_thread(office: Office) -> None:
    conversation = await office.hears(Subject="Boots", Message_ID="<one@shop.example>")
    await office.replies(conversation, "Which size?")
    await office.works()
    office_mail = office.mail_to(JANE).mail
    await office.hears(office.letter("42", answers=office_mail))
    await office.notes(conversation, "He means 43")
    await office.works()
    notices = office.relay.to(ANNA)
    seen: list[str] = []
    for notice in notices:
        own = str(notice.mail["Message-ID"])
        references = str(notice.mail["References"]).split()
        assert references == ["<one@shop.example>", *seen, own]
        assert is_ours(own, office.context.secret)
        assert notice.mail["Thread-Topic"] == "Boots"
        seen.append(own)
    indexes = [from_header(str(notice.mail["Thread-Index"])) or b"" for notice in notices]
    root = await office.one("select thread_index from conversation")
    assert {index[:22] for index in indexes} == {root}
    assert len(set(indexes)) == 4
    assert [str(one.mail["Subject"]) for one in notices] == ["Boots", "Boots", "Re: Boots", "Boots"]


async def test_others_see_the_answer(office: Office) -> None:
    conversation = await office.hears(From=PAT, words="Broken boots")
    await office.works()
    await office.replies(conversation, "Which size?")
    await office.works()
    assert len(office.relay.to(KAREN)) == 1
    arrived = office.mail_to(ANNA)
    assert arrived.mail["From"] == "Karen Miller via Support <support@us.example>"
    assert arrived.text.startswith("Your answer is a comment that only we see.\nAnswer Pat Lee: ")
    assert "Karen Miller answered Pat Lee on " in arrived.text
    assert "\n\nWhich size?\n" in arrived.text
    token = find_token(_address(arrived, "Reply-To"))
    assert token is not None
    assert token.verb == "n"
    assert "> Broken boots" in arrived.text


async def test_comment_is_told_inside_and_never_quoted(office: Office) -> None:
    conversation = await office.hears(words="Broken boots")
    await office.notes(conversation, "He is difficult")
    await office.hears(words="Hello?", Subject="Re: Broken boots 1", In_Reply_To="<1@shop.example>")
    await office.works()
    told = [one for one in office.relay.arrived if "difficult" in one.text]
    assert [one.recipients for one in told] == [(ANNA,)]
    assert "A comment by Karen Miller, only inside." in told[0].text
    assert "difficult" not in office.mail_to(KAREN).text
    assert not office.relay.to(JANE)


async def test_who_gets_a_conversation_is_told(office: Office) -> None:
    conversation = await office.hears(From=PAT, words="Broken boots")
    await office.works()
    async with office.database.write() as db:
        by = Actor.agent(office.karen, "Karen Miller")
        await assign(db, conversation, office.anna, by=by, now=office.now)
    await office.works()
    assert [len(office.relay.to(one)) for one in (KAREN, ANNA)] == [1, 2]
    arrived = office.mail_to(ANNA)
    assert arrived.text.startswith("Your answer goes to Pat Lee.\nComment inside: ")
    assert "\nKaren Miller gave you this conversation.\n\nBroken boots\n" in arrived.text
    assert "you have it" in arrived.text


@pytest.mark.parametrize(
    ("status", "said", "verb"), [("closed", "Reopen", "reopen"), ("spam", "Not spam", "notspam")]
)
async def test_what_has_ended_is_brought_back(
    office: Office, status: str, said: str, verb: str
) -> None:
    conversation = await office.hears(words="Broken boots")
    await office.change("update conversation set status = :status", status=status)
    await office.notes(conversation, "That was quick")
    await office.works()
    told = office.mail_to(ANNA)
    assert f"nobody has it yet · {status} · " in told.text
    assert f"\n{said}: support+{verb}." in told.text
    assert not any(f"support+{one}" in told.text for one in ("close", "snooze"))


async def test_nothing_is_told_of_automatic_mail(office: Office) -> None:
    conversation = await office.hears()
    await office.works()
    away = office.letter(
        "I am away", Auto_Submitted="auto-replied", In_Reply_To="<1@shop.example>", Subject="Away"
    )
    assert await office.hears(away) == conversation
    await office.works()
    assert len(office.relay.arrived) == 2


async def test_a_mail_without_a_sender_says_so_and_is_talked_about_inside(office: Office) -> None:
    nameless = b"Subject: Boots\r\n\r\nBroken\r\n"
    envelope = {"sender": PAT, "recipients": ("support@us.example",)}
    await office.receives(nameless, **envelope)
    await office.works()
    arrived = office.mail_to(KAREN)
    assert "Your answer is a comment that only we see.\nIt names no sender." in arrived.text
    assert str(arrived.mail["From"]) == "Support <support@us.example>"
    assert "+n." in str(arrived.mail["Reply-To"])
    assert "+r." not in arrived.text


async def test_what_a_colleague_sends_to_the_mailbox_is_told_to_the_others(office: Office) -> None:
    await office.hears(From="Karen <karen@us.example>", words="The printer is broken")
    await office.works()
    assert [one.recipients for one in office.relay.arrived] == [(ANNA,)]
    arrived = office.mail_to(ANNA)
    assert "\n\nThe printer is broken\n" in arrived.text
    assert "It says that it is from karen@us.example; nothing proves that." in arrived.text


async def test_who_is_not_told(office: Office) -> None:
    loop = await office.agent("billing@us.example", office.support)
    await office.mailbox("billing@us.example")
    off = await office.agent("off@us.example", office.support)
    gone = await office.agent("gone@us.example", office.support)
    async with office.database.write() as db:
        await db.execute(
            text("update membership set notices = 'none' where agent_id = :off"), {"off": off}
        )
        (await db.get_one(Agent, gone)).disabled_at = office.now
    await office.hears()
    await office.works()
    assert {one.recipients[0] for one in office.relay.arrived} == {KAREN, ANNA}, loop


async def test_what_a_customer_writes_is_text_and_nothing_else(office: Office) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    file = office.letter(words=f"{evil} {{{{ 7*7 }}}}", From=f'"{evil}" <pat@shop.example>')
    file.replace_header("Subject", "{{ 7*7 }} <b>")
    file.add_attachment(b"x", "image", "png", filename='"><script>.png', disposition="inline")
    await office.hears(file)
    await office.works()
    arrived = office.mail_to(KAREN)
    assert "<script" not in arrived.html
    assert "<img src=x" not in arrived.html
    assert "{{ 7*7 }}" in arrived.html
    assert arrived.mail["Subject"] == "{{ 7*7 }} <b>"


async def test_files_come_along_up_to_a_size(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.notify.notice._MOST_OCTETS", 1000)
    letter = office.letter("See")
    letter.add_attachment(b"a" * 900, "application", "pdf", filename="small.pdf")
    letter.add_attachment(b"b" * 900, "application", "pdf", filename="large.pdf")
    await office.hears(letter)
    await office.works()
    arrived = office.mail_to(KAREN)
    names = [part.get_filename() for part in arrived.mail.iter_attachments()]
    assert names == ["small.pdf"]
    assert "large.pdf: https://desk.us.example/conversations/1/files/2" in arrived.text


async def test_pasted_pictures_are_seen(office: Office) -> None:
    letter = office.letter("See")
    letter.add_attachment(
        b"a picture", "image", "png", filename="boots.png", disposition="inline", cid="<b@x>"
    )
    await office.hears(letter)
    await office.works()
    arrived = office.mail_to(KAREN)
    (shown,) = [part for part in arrived.mail.walk() if part.get_content_type() == "image/png"]
    assert f'src="cid:{str(shown["Content-ID"]).strip("<>")}"' in arrived.html
    assert shown.get_payload(decode=True) == b"a picture"


async def test_files_of_an_answer_are_seen_by_the_others(office: Office) -> None:
    conversation = await office.hears()
    file = AnswerFile.uploaded("list.txt", "text/plain", b"42")
    await office.replies(conversation, "See the list", files=(file,))
    await office.works()
    (attached,) = office.mail_to(ANNA).mail.iter_attachments()
    assert attached.get_filename() == "list.txt"


async def test_telling_twice_tells_once(office: Office) -> None:
    await office.hears()
    await office.works()
    event_id = await office.one("select min(id) from event")
    async with office.database.write() as db:
        await fan_out(db, office.context, event_ids=[event_id])
    await office.works()
    assert len(office.relay.arrived) == 2
    assert await office.one("select count(*) from reply_token") == 2


async def test_telling_costs_two_statements_for_any_number_of_people(office: Office) -> None:
    for number in range(8):
        await office.agent(f"agent{number}@us.example", office.support)
    await office.hears()
    event_id = await office.one("select min(id) from event")
    async with office.database.write() as db:
        statements = await _count(db)
        await fan_out(db, office.context, event_ids=[event_id])
    assert [one.split()[0] for one in statements if one.startswith(("\nselect", "\nwith"))] == [
        "select",
        "with",
    ]
    assert await office.one("select count(*) from outbound") == 10


@pytest.mark.parametrize("language", LANGUAGES)
async def test_notices_speak_the_readers_language(office: Office, language: str) -> None:
    async with office.database.write() as db:
        (await db.get_one(Agent, office.karen)).language = language
    await office.hears(words="ブーツ", From="Пэт <pat@shop.example>", Subject="Сапоги")
    await office.works()
    arrived = office.mail_to(KAREN)
    assert arrived.mail["Subject"] == "Сапоги"
    assert "\n\nブーツ\n" in arrived.text
    own = {
        "en": "Your answer goes to Пэт.",
        "ru": "Ваш ответ получит Пэт.",
        "it": "La tua risposta va a Пэт.",
        "de": "Ihre Antwort geht an Пэт.",
        "ja": "返信はПэт様に届きます。",
    }
    assert arrived.text.startswith(own[language])


async def test_a_name_that_looks_like_an_address_is_not_shown(office: Office) -> None:
    await office.hears(From='"boss@us.example" <pat@evil.example>')
    await office.works()
    assert office.mail_to(KAREN).mail["From"] == "pat via Support <support@us.example>"


def test_links_to_mails_hold_any_subject() -> None:
    link = letter_to("Comment", "support+n.x@us.example", "Re: 50% & more?\r\nBcc: evil")
    assert link.href == (
        "mailto:support%2Bn.x@us.example?subject=Re%3A%2050%25%20%26%20more%3F%0D%0ABcc%3A%20evil"
    )


def _preview(arrived: Arrived) -> str:
    """What a list of mails shows of it: the first words of the HTML's source."""
    body = LexborHTMLParser(arrived.html).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def _address(arrived: Arrived, name: str) -> str:
    header: Any = arrived.mail[name]
    return str(header.addresses[0].addr_spec)


async def _count(db: Writer) -> list[str]:
    statements: list[str] = []
    connection: Any = await (await db.connection()).get_raw_connection()
    connection.driver_connection.add_query_logger(lambda one: statements.append(one.query))
    return statements
