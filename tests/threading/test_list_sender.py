from __future__ import annotations

import pytest

from inbox.mail.parse import parse
from inbox.threading.list_sender import real_sender

GOOGLE = """From: 'Pat Lee' via Support <support@company.example>
List-ID: <support.company.example>
Mailing-list: list support@company.example; contact support+owners@company.example
X-Original-Sender: pat@customer.example
X-Original-From: Pat Lee <pat@customer.example>
Reply-To: Pat Lee <pat@customer.example>
"""
MAILMAN = """From: Pat Lee via Users <users@lists.project.example>
List-Id: Talk of users <users.lists.project.example>
List-Post: <mailto:users@lists.project.example>
Reply-To: Pat Lee <pat@customer.example>
"""
GROUPS = """From: "Pat Lee via groups.io" <pat=customer.example@groups.example>
List-Id: <users.main.groups.example>
Reply-To: main@users.groups.example, pat@customer.example
"""
IETF = """From: Pat Lee <pat=40customer.example@dmarc.standards.example>
List-Id: <quic.standards.example>
X-Original-From: Pat Lee <pat@customer.example>
"""


def found(headers: str) -> str | None:
    sender = real_sender(parse(f"{headers}Subject: Boots\n\nToo small.\n".encode()))
    return str(sender) if sender else None


@pytest.mark.parametrize("headers", [GOOGLE, MAILMAN, GROUPS, IETF])
def test_whom_a_list_has_replaced_in_from(headers: str) -> None:
    assert found(headers) == "Pat Lee <pat@customer.example>"


@pytest.mark.parametrize(
    ("headers", "was", "now"),
    [
        (GOOGLE, "support@company.example>\nList", "support@elsewhere.example>\nList"),
        (MAILMAN, "Reply-To: Pat Lee <pat@", "Reply-To: Eve <eve@"),
        (MAILMAN, "Reply-To: Pat Lee", "Reply-To: lee@other.example, Pat Lee"),
        (MAILMAN, "Pat Lee via Users", "Users"),
        (IETF, "<pat@customer.example>", "<eve@evil.example>"),
    ],
)
def test_headers_that_do_not_agree_replace_nobody(headers: str, was: str, now: str) -> None:
    changed = headers.replace(was, now)
    assert changed != headers
    assert found(changed) is None


def test_a_mail_of_no_list_has_the_sender_that_it_says() -> None:
    assert found("From: Pat Lee <pat@customer.example>\nReply-To: Eve <eve@evil.example>\n") is None
    assert (
        found("From: Pat via Eve <eve@evil.example>\nX-Original-From: pat@bank.example\n") is None
    )
