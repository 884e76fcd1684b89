"""What sort of mail: headers decide, words never make a person a robot."""

from __future__ import annotations

import pytest

from inbox.mail.classify import classify
from inbox.mail.parse import parse
from inbox.model.mail import Envelope, Kind

PERSON = "From: Jane <jane@customer.example>\r\nSubject: Boots\r\n"
FROM_JANE = Envelope(sender="jane@customer.example", recipients=("support@desk.example",))


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("", Kind.HUMAN),
        ("Auto-Submitted: no\r\n", Kind.HUMAN),
        ("Auto-Submitted: auto-generated\r\n", Kind.AUTO_REPLY),
        ("Auto-Submitted: auto-replied; owner-email=x\r\n", Kind.AUTO_REPLY),
        ("X-Autoreply: yes\r\n", Kind.AUTO_REPLY),
        ("X-Autoreply: no\r\n", Kind.HUMAN),
        ("X-Auto-Response-Suppress: OOF, AutoReply\r\n", Kind.AUTO_REPLY),
        ("X-Auto-Response-Suppress: DR, RN\r\n", Kind.HUMAN),
        ("Precedence: auto_reply\r\n", Kind.AUTO_REPLY),
        ("Precedence: bulk\r\n", Kind.BULK),
        ("Precedence: list\r\nList-Id: <a.b>\r\n", Kind.HUMAN),
        ("List-Unsubscribe: <mailto:u@x>\r\n", Kind.BULK),
        ("List-Unsubscribe: <mailto:u@x>\r\nList-Post: <mailto:p@x>\r\n", Kind.HUMAN),
        ("Delivered-To: Autoresponder\r\n", Kind.AUTO_REPLY),
        ("X-Apple-Action: VACATION\r\n", Kind.AUTO_REPLY),
        ("X-Exim-Auto-Reply: 1\r\n", Kind.AUTO_REPLY),
        ("X-Vacation: 1\r\n", Kind.AUTO_REPLY),
        ("X-Auto-Response-Suppress: None\r\n", Kind.HUMAN),
        ("Precedence: bulk\r\nX-Mailing-List: a@b.example\r\n", Kind.HUMAN),
        ("Precedence: bulk\r\nSender: owner-talk@b.example\r\n", Kind.HUMAN),
        ("Precedence: bulk\r\nList-Post: NO\r\n", Kind.BULK),
        ("X-HmXmrOriginalRecipient: bob@mail.example\r\n", Kind.ABUSE_REPORT),
        ("X-Inbox-Loop: abc.desk.example\r\n", Kind.LOOP),
        ("X-Inbox-Loop: abc.other.example\r\n", Kind.HUMAN),
    ],
)
def test_headers_decide(headers: str, kind: Kind) -> None:
    mail = parse((PERSON + headers + "\r\nhello").encode())
    assert classify(mail, FROM_JANE, {"support@desk.example"}).kind is kind


@pytest.mark.parametrize(
    "subject",
    [
        "Out of office",
        "Automatic reply: no",
        "Undelivered parcel",
        "Delivery failed?",
        "Spam report",
    ],
)
def test_a_word_alone_makes_nobody_a_robot(subject: str) -> None:
    mail = parse(PERSON.replace("Boots", subject).encode() + b"\r\nI am out of office")
    assert classify(mail, FROM_JANE).kind is Kind.HUMAN


@pytest.mark.parametrize(
    "subject",
    ["Odpowiedź automatyczna: a", "Αυτόματη απάντηση: a", "מענה אוטומטי: a", "Trả lời tự động: a"],
)
def test_with_a_header_beside_it_a_word_tells_an_answering_machine(subject: str) -> None:
    raw = PERSON.replace("Boots", subject) + "Precedence: bulk\r\n\r\nx"
    assert classify(parse(raw.encode()), FROM_JANE).kind is Kind.AUTO_REPLY


def test_a_keyed_loop_mark_of_ours_is_a_loop() -> None:
    mail = parse((PERSON + "X-Inbox-Loop: k3y\r\n\r\nx").encode())
    assert classify(mail, FROM_JANE, loop_values={"k3y"}).kind is Kind.LOOP
    assert classify(mail, FROM_JANE, loop_values={"other"}).kind is Kind.HUMAN


def test_the_null_sender_wants_no_answer() -> None:
    verdict = classify(parse(PERSON.encode() + b"\r\nx"), Envelope(sender="", recipients=()))
    assert verdict.kind is Kind.AUTO_REPLY
    assert verdict.is_automatic


def test_a_server_that_names_nobody_still_sent_a_bounce() -> None:
    raw = b"From: MAILER-DAEMON@mx.example\r\nSubject: Returned mail\r\n\r\nsorry"
    verdict = classify(parse(raw), Envelope(sender="", recipients=()))
    assert verdict.kind is Kind.BOUNCE
    assert verdict.bounce is not None


def test_a_server_that_is_still_trying_sent_a_delay() -> None:
    raw = b"From: MAILER-DAEMON@mx.example\r\nSubject: Warning: could not send message\r\n\r\nx"
    assert classify(parse(raw), Envelope(sender="", recipients=())).kind is Kind.DELAY


ANSWERING_MACHINES = [
    "Out of Office: Boots",
    "Automatic reply: Boots",
    "Automatische Antwort: Stiefel",
    "Abwesenheitsnotiz",
    "Réponse automatique : Bottes",
    "Respuesta automática: Botas",
    "Risposta automatica: Stivali",
    "Resposta automática: Botas",
    "[Automatyczna odpowiedź] Buty",
    "Automatisch antwoord: Laarzen",
    "Autosvar: Stövlar",
    "Automatická odpověď: Boty",
    "Automatikus válasz: Csizma",
    "Otomatik yanıt: Çizme",
    "Автоответ: Сапоги",
    "Автоматична відповідь: Чоботи",
    "自動応答: ブーツ",
    "自动回复：靴子",
]


@pytest.mark.parametrize("subject", ANSWERING_MACHINES)
def test_an_answering_machine_needs_a_header_beside_the_word(subject: str) -> None:
    said = PERSON.replace("Boots", subject)
    assert classify(parse((said + "\r\nx").encode()), FROM_JANE).kind is Kind.HUMAN
    marked = parse((said + "Precedence: junk\r\n\r\nx").encode())
    assert classify(marked, FROM_JANE).kind is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "part",
    [
        "message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; bob@x.example\r\nAction: failed\r\nStatus: 5.1.1",
        "message/disposition-notification\r\n\r\nDisposition: manual-action; displayed",
        "message/feedback-report\r\n\r\nFeedback-Type: abuse",
        'text/xml; name="mail.example!x.example!1700000000!1700086400.xml"\r\n\r\n<a/>',
        "text/calendar; name=plan.ics\r\nContent-Disposition: attachment\r\n\r\n"
        "BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nSUMMARY:Fitting\r\n"
        "END:VEVENT\r\nEND:VCALENDAR",
    ],
)
def test_whoever_attaches_what_a_machine_wrote_is_a_person(part: str) -> None:
    head = PERSON + "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    raw = f"{head}--b\r\n\r\nWhat is this?\r\n--b\r\nContent-Type: {part}\r\n--b--\r\n"
    assert classify(parse(raw.encode()), FROM_JANE).kind is Kind.HUMAN


def test_an_invitation_is_a_calendar_mail() -> None:
    raw = (
        PERSON + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nCome!\r\n"
        "--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"
        "METHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Fitting\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n--b--\r\n"
    )
    verdict = classify(parse(raw.encode()), FROM_JANE)
    assert (verdict.kind, verdict.reasons) == (Kind.CALENDAR, ("calendar REQUEST",))


RETURNED = (
    "From: {author}\r\nTo: support@desk.example\r\nSubject: Mail\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
    "Could not be delivered to: <bob@x.example>\r\nAs their mailbox is full.\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: {writer}\r\nTo: bob@x.example\r\n"
    "Message-ID: <ours@desk.example>\r\n\r\nhi\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("author", "writer", "kind"),
    [
        ("no-reply@carrier.example", "support@desk.example", Kind.BOUNCE),
        ("carrier.example", "support@desk.example", Kind.BOUNCE),
        ("no-reply@carrier.example", "eve@other.example", Kind.HUMAN),
        ("jane@shop.example", "support@desk.example", Kind.HUMAN),
    ],
)
def test_nobody_who_returns_our_mail_is_a_server(author: str, writer: str, kind: Kind) -> None:
    mail = parse(RETURNED.format(author=author, writer=writer).encode())
    verdict = classify(mail, Envelope(sender="x@carrier.example", recipients=()))
    assert verdict.kind is kind
    if kind is Kind.BOUNCE:
        assert verdict.bounce is not None
        assert [one.address for one in verdict.bounce.recipients] == ["bob@x.example"]
        assert verdict.bounce.original_message_id == "ours@desk.example"
