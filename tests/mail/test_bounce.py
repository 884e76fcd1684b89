"""Who was not reached, whether for good, and which mail it was."""

from __future__ import annotations

import pytest

from inbox.mail.bounce_status import MAX_RECIPIENTS
from inbox.mail.bounce_words import is_permanent
from inbox.mail.parse import parse

REPORT = (
    b"From: MAILER-DAEMON@mx.example\r\nSubject: failure\r\n"
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
    b"--r\r\n\r\nsorry\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns; mx.example\r\n\r\n"
)


@pytest.mark.parametrize(
    ("status", "words", "permanent"),
    [
        ("5.1.1", "", True),
        ("5.1.1", "mailbox full", False),
        ("5.0.0", "550 no such user", True),
        ("5.0.0", "550 user unknown", True),
        ("5.2.2", "mailbox full", False),
        ("5.7.1", "rejected by policy", False),
        ("5.0.0", "554 transaction failed", False),
        ("5.4.4", "Host or domain name not found", True),
        ("4.2.2", "user unknown", False),
        ("", "", False),
    ],
)
def test_a_dead_address_is_one_that_somebody_says_is_dead(
    status: str, words: str, permanent: bool
) -> None:
    assert is_permanent(status, words) is permanent


def test_several_recipients_each_with_their_own_fate() -> None:
    groups = (
        b"Original-Recipient: rfc822;A@x.example\r\nFinal-Recipient: rfc822;a@x.example\r\n"
        b"Action: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n"
        b"Final-Recipient: rfc822;<b@x.example>\r\nAction: delayed\r\nStatus: 4.4.1 (late)\r\n\r\n"
    )
    report = parse(REPORT + groups + b"--r--\r\n").delivery
    assert report is not None
    assert [(one.address, one.status, one.action) for one in report.recipients] == [
        ("a@x.example", "5.1.1", "failed"),
        ("b@x.example", "4.4.1", "delayed"),
    ]
    assert [one.permanent for one in report.recipients] == [True, False]


def test_the_returned_mail_tells_which_one_it_was() -> None:
    raw = (
        REPORT + b"Final-Recipient: rfc822;a@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"--r\r\nContent-Type: message/rfc822\r\n\r\n"
        b"Message-ID: <ours@desk.example>\r\n\r\nhi\r\n--r--\r\n"
    )
    report = parse(raw).delivery
    assert report is not None
    assert report.original_message_id == "ours@desk.example"


def test_a_huge_report_is_cut() -> None:
    groups = b"".join(
        b"Final-Recipient: rfc822;u%d@x.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n" % n
        for n in range(2000)
    )
    report = parse(REPORT + groups + b"--r--\r\n").delivery
    assert report is not None
    assert len(report.recipients) == MAX_RECIPIENTS


def test_a_person_who_quotes_a_bounce_reports_nothing() -> None:
    raw = b"From: jane@x.example\r\n\r\nIt said: <a@x.example>: 550 user unknown. Why?"
    assert parse(raw).delivery is None
