"""Whose mail this is: one clear author, or none that counts."""

from __future__ import annotations

import pytest

from inbox.mail.addresses import MAX_ADDRESSES, parse_from, parse_list
from inbox.model.address import Address


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("jane@x.example", "", "jane@x.example"),
        ("Jane Roe <jane@x.example>", "Jane Roe", "jane@x.example"),
        ('"Roe, Jane" <Jane@X.example>', "Roe, Jane", "jane@x.example"),
        ("'Jane' <jane@x.example>", "Jane", "jane@x.example"),
        ("=?utf-8?q?J=C3=A1ne?= <jane@x.example>", "Jáne", "jane@x.example"),
        (
            "=?utf-8?Q?Shop.example:_Order?= <jane@x.example>",
            "Shop.example: Order",
            "jane@x.example",
        ),
        ("=?utf-8?q?Roe,?= =?utf-8?q?_Jane?= <jane@x.example>", "Roe, Jane", "jane@x.example"),
        ("=?utf-8?q?a@b.example,_c?= <jane@x.example>", "a@b.example, c", "jane@x.example"),
        ('"=?utf-8?q?J=C3=A1ne?=" <jane@x.example>', "Jáne", "jane@x.example"),
        ("jane@x.example <jane@x.example>", "", "jane@x.example"),
        ("jane@x.example (Jane)", "Jane", "jane@x.example"),
        ('"admin@legit.example" <eve@x.example>', "admin@legit.example", "eve@x.example"),
        ("Петр <петр@почта.рф>", "Петр", "петр@xn--80a1acny.xn--p1ai"),
        ("Jane Roe jane@x.example", "Jane Roe", "jane@x.example"),
        ("Jane Roe <jane@x.example", "Jane Roe", "jane@x.example"),
        ('"Jane Roe <jane@x.example>', "Jane Roe", "jane@x.example"),
        ("Jane <<jane@x.example>>", "Jane", "jane@x.example"),
        ("Roe, Jane <jane@x.example>", "Roe, Jane", "jane@x.example"),
        ("<mailto:jane@x.example>", "", "jane@x.example"),
    ],
)
def test_a_clear_author(value: str, name: str, address: str) -> None:
    assert parse_from(value).addresses == (Address(name=name, address=address),)


@pytest.mark.parametrize(
    "value",
    [
        "admin@legit.example, eve@x.example",
        "admin@legit.example <eve@x.example>",
        "<admin@legit.example> <eve@x.example>",
        "<admin@legit.example(.eve.example)>",
        "admin@legit.example)eve@x.example",
        "admin@legit.example(<eve@x.example>",
        "Us: a@x.example, b@x.example;",
        'admin@legit.example, "<eve@x.example>',
    ],
)
def test_an_author_whom_two_readers_read_differently_is_no_single_one(value: str) -> None:
    found = parse_from(value)
    assert len(found.addresses) > 1
    assert "from.ambiguous" in {defect.code for defect in found.defects}


@pytest.mark.parametrize("value", ["", "a@", '"', "a@[", "undisclosed:;", "<>", "@", "<@>", "("])
def test_no_author_at_all(value: str) -> None:
    assert parse_from(value).addresses == ()


def test_an_address_inside_an_encoded_word_is_not_the_author() -> None:
    hidden = parse_from("=?utf-8?q?admin=40legit.example?= <eve@x.example>")
    assert [one.address for one in hidden.addresses] == ["eve@x.example"]


def test_lists_give_what_they_show_and_say_what_is_broken() -> None:
    found = parse_list('a@x.example; B <b@x.example>, "c" <c@x.example> <d@x.example>, junk', "to")
    assert {one.address for one in found.addresses} >= {"a@x.example", "b@x.example"}
    assert "address.broken" in {defect.code for defect in found.defects}


def test_a_list_of_many_thousands_is_cut() -> None:
    found = parse_list(", ".join(f"u{n}@x.example" for n in range(5000)), "cc")
    assert len(found.addresses) <= MAX_ADDRESSES
    assert "address.too_many" in {defect.code for defect in found.defects}


def test_the_same_address_counts_once_with_its_name() -> None:
    found = parse_list("a@x.example, A <A@x.example>", "to")
    assert found.addresses == (Address(name="A", address="a@x.example"),)


def test_names_with_commas_in_a_list() -> None:
    found = parse_list("Roe, Jane <jane@x.example>, b@x.example, Doe, Bob <bob@x.example>")
    assert [(one.name, one.address) for one in found.addresses] == [
        ("Roe, Jane", "jane@x.example"),
        ("", "b@x.example"),
        ("Doe, Bob", "bob@x.example"),
    ]
