"""To whom a mail went, without a page of names."""

from __future__ import annotations

import pytest

from inbox.i18n import translations
from inbox.mail.addresses import MAX_ADDRESSES
from inbox.model.address import Address
from inbox.store.tables import Message
from inbox.web.recipients import recipients_of, recipients_view


@pytest.mark.parametrize(
    ("named", "first", "more", "others"),
    [
        ("", "", "", ""),
        ("a", "A", "", ""),
        ("abcd", "A, B, C, D", "", ""),
        ("abcde", "A, B, C", "and 2 more", "D <d@x.example>, E <e@x.example>"),
    ],
)
def test_a_few_are_named_at_once(named: str, first: str, more: str, others: str) -> None:
    view = recipients_view([_person(one) for one in named], [], translations("en"))
    assert (view.first, view.more, view.others) == (first, more, others)


def test_whose_address_it_is_can_be_seen() -> None:
    nameless = Address(address="n@x.example")
    view = recipients_view([_person("a"), nameless], [], translations("en"))
    assert view.first == "A, n@x.example"
    assert view.addresses == "A <a@x.example>, n@x.example"


def test_who_got_a_copy_is_told_from_whom_it_was_written_to() -> None:
    view = recipients_view([_person("a")], [_person(one) for one in "bc"], translations("en"))
    assert view.first == "A, Cc: B, C"
    view = recipients_view(
        [_person(one) for one in "abc"], [_person("d"), _person("e")], translations("en")
    )
    assert (view.first, view.others) == ("A, B, C", "Cc: D <d@x.example>, E <e@x.example>")


def test_in_russian() -> None:
    view = recipients_view([_person(one) for one in "abcdefgh"], [], translations("ru"))
    assert view.more == "и ещё 5"


def test_more_than_we_keep_are_not_counted_as_if_they_were_all() -> None:
    many = [{"name": "", "address": f"p{one}@x.example"} for one in range(MAX_ADDRESSES)]
    message = Message(to=[{"name": "Support", "address": "support@us.example"}], cc=many)
    assert recipients_of(message, translations("en")).more == f"and over {MAX_ADDRESSES - 2} more"
    message.cc = many[1:]
    assert recipients_of(message, translations("en")).more == f"and {MAX_ADDRESSES - 3} more"


def _person(letter: str) -> Address:
    return Address(name=letter.upper(), address=f"{letter}@x.example")
