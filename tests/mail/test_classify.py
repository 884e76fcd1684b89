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
