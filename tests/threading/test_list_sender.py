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
# Mailman where answers go to the list: whoever wrote is copied.
TO_LIST = """From: Pat Lee via Users <users@lists.project.example>
List-Id: Talk of users <users.lists.project.example>
List-Post: <mailto:users@lists.project.example>
Reply-To: Talk of users <users@lists.project.example>
Cc: "Lee, Tom" <tom@other.example>, Pat Lee <pat@customer.example>
"""
# A Google group whose answers go to the group.
TO_GROUP = """From: "'Pat Lee' via Support" <support@company.example>
List-ID: <support.company.example>
Mailing-list: list support@company.example; contact support+owners@company.example
X-Original-Sender: pat@customer.example
X-Original-From: Pat Lee <pat@customer.example>
Reply-To: support@company.example
"""
GERMAN = MAILMAN.replace("Pat Lee via Users", "Pat Lee über Users")


def found(headers: str) -> str | None:
    sender = real_sender(parse(f"{headers}Subject: Boots\n\nToo small.\n".encode()))
    return str(sender) if sender else None


@pytest.mark.parametrize("headers", [GOOGLE, MAILMAN, GROUPS, IETF, TO_LIST, TO_GROUP])
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
        # The poster's own field beside that of the list, above it or below.
        (GOOGLE, "X-Original-From", "X-Original-From: Pat <pat@bank.example>\nX-Original-From"),
        (GOOGLE, "Reply-To", "X-Original-From: Pat <pat@bank.example>\nReply-To"),
        (GOOGLE, "X-Original-From: Pat Lee <pat@", "X-Original-From: Pat Lee <ceo@"),
        (TO_LIST, "Pat Lee <pat@customer.example>", "Kim <pat@customer.example>"),
        (TO_LIST, "Cc: ", "Cc: Pat Lee <pat@bank.example>, "),
    ],
)
def test_headers_that_do_not_agree_replace_nobody(headers: str, was: str, now: str) -> None:
    changed = headers.replace(was, now)
    assert changed != headers
    assert found(changed) is None


def test_via_in_other_languages() -> None:
    assert found(GERMAN) == "Pat Lee <pat@customer.example>"


def test_a_group_that_leaves_from_as_it_is_replaces_nobody() -> None:
    """As Microsoft 365 does."""
    headers = "From: Pat Lee <pat@customer.example>\nSender: support@company.example\n"
    assert found(f"{headers}List-Id: <support.company.example>\nReply-To: x@y.example\n") is None


def test_a_mail_of_no_list_has_the_sender_that_it_says() -> None:
    assert found("From: Pat Lee <pat@customer.example>\nReply-To: Eve <eve@evil.example>\n") is None
    assert (
        found("From: Pat via Eve <eve@evil.example>\nX-Original-From: pat@bank.example\n") is None
    )
