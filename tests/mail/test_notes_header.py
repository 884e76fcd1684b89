"""The headers of Lotus Notes, in which name and moment have no labels."""

from __future__ import annotations

import pytest

from inbox.mail.forwarded import find_forwarded
from inbox.mail.trim import trim

TABLE = """\
             Ann Doe/Support                                               \n\
             <ann@desk.exam                                                \n\
             ple>                                                       To \n\
                                       pat@customer.example                \n\
             10/11/2026 10:00                                           cc \n\
             AM                                                            \n\
                                                                   Subject \n\
                                       Re: Boots                           """
HEADERS = (
    "Ann Doe/Support/ACME\n10.11.2026 10:00\nAn: Pat Lee/Kunde@Kunde\nKopie:\nThema: Re: Boots",
    "Ann Doe/Support/ACME@ACME\n11/10/2026 10:00 AM\n\nTo\nPat Lee/Kunde@Kunde\ncc\n\n"
    "Subject\nRe: Boots",
    '"Ann Doe" <ann@desk.example>\n10/11/2026 10:00\nPlease respond to\nann@desk.example\n\n\n'
    'To\n"Pat" <pat@customer.example>\ncc\n\nSubject\nRe: Boots',
    "Ann Doe <ann@desk.example>\nSent by: Bo Ek\n10 Nov 2026 10:00 CET\n"
    "Pour\npat@customer.example\ncc\n\nObjet\nRe: Boots",
    TABLE,
)


@pytest.mark.parametrize("header", HEADERS)
def test_what_stands_below_such_a_header_is_quoted(header: str) -> None:
    text = f"Size 42, please.\n\n{header}\n\n\nWhich size?"
    trimmed = trim(text)
    assert trimmed.new_text == "Size 42, please."
    assert "Which size?" in trimmed.quoted_text


@pytest.mark.parametrize("header", HEADERS)
def test_whose_mail_was_passed_on(header: str) -> None:
    found = find_forwarded(f"See below.\n\n{header}\n\n\nWhich size?", "Fw: Boots")
    assert found is not None
    assert found.from_ is not None
    assert found.from_.name == "Ann Doe" or found.from_.name.startswith("Ann Doe/Support")
    assert found.from_.address in ("", "ann@desk.example")
    assert (found.subject, found.text) == ("Re: Boots", "Which size?")
    assert "10:00" in found.date
    assert {one.address for one in found.to} <= {"pat@customer.example"}


@pytest.mark.parametrize(
    "said",
    [
        "Ann Doe\n10.11.2026 10:00\n\nis when I called. To my surprise nobody answered.",
        "Meeting room\n10.11.2026 10:00\n\nTo\n\nbring: laces, boots",
        "        10.11.2026 10:00      boots\n        11.11.2026 10:00      laces",
        "Pat Lee\n10.11.2026 10:00\nSubject\nto change",
    ],
)
def test_what_a_person_lists_is_no_header(said: str) -> None:
    assert trim(f"Hello,\n\n{said}\n\nPat").new_text == f"Hello,\n\n{said}\n\nPat"
    assert find_forwarded(f"Hello,\n\n{said}\n\nPat", "Fwd: boots") is None
