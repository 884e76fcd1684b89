"""When two addresses are one, and when they only look so."""

from __future__ import annotations

import pytest

from inbox.model.address import Address, base_address, mailbox_behind, normalize


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Jane.Doe@Shop.Example", "jane.doe@shop.example"),
        (" <jane@shop.example> ", "jane@shop.example"),
        ("jane@shop.example.", "jane@shop.example"),
        ("info@BÜCHER.example", "info@xn--bcher-kva.example"),
        ("info@xn--BCHER-kva.example", "info@xn--bcher-kva.example"),
        ("info@STRAßE.example", "info@xn--strae-oqa.example"),
        ("info@例え。テスト", "info@xn--r8jz45g.xn--zckzah"),
        ("Jürgen@shop.example", "jürgen@shop.example"),
        ("Jane+Shoes@shop.example", "jane+shoes@shop.example"),
        ("nobody", "nobody"),
    ],
)
def test_one_address_in_many_spellings(written: str, normal: str) -> None:
    assert normalize(written) == normal
    assert normalize(normal) == normal


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("mıke@shop.example", "mike@shop.example"),  # CVE-2019-19844: folds to an i where one folds
        ("mİke@shop.example", "mike@shop.example"),
        ("\u212aaren@us.example", "karen@us.example"),  # a Kelvin sign
        ("\uff4baren@us.example", "karen@us.example"),  # a wide k
        ("k\u0430ren@us.example", "karen@us.example"),  # a Cyrillic a
        ("JÜRGEN@us.example", "jürgen@us.example"),
        ("karen@straße.example", "karen@strasse.example"),  # two domains since IDNA 2008
    ],
)
def test_what_only_looks_the_same_is_somebody_else(theirs: str, ours: str) -> None:
    assert normalize(theirs) != normalize(ours)


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("support+shoes@us.example", "support@us.example"),
        ("Support+r.TOKEN@us.example", "support@us.example"),
        ("+only@us.example", "+only@us.example"),
    ],
)
def test_a_sub_address_is_within_its_address(address: str, base: str) -> None:
    assert base_address(address) == base


@pytest.mark.parametrize(
    ("written", "behind"),
    [
        ("Jane+7@shop.example", "jane@shop.example"),
        ("jane.doe@shop.example", "jane.doe@shop.example"),
        ("J.a.n.e+shoes@GMail.com", "jane@gmail.com"),
        ("jane@googlemail.com", "jane@gmail.com"),
        ("...@gmail.com", "...@gmail.com"),
        ("nobody", "nobody"),
    ],
)
def test_many_addresses_may_have_one_mailbox_behind_them(written: str, behind: str) -> None:
    assert mailbox_behind(written) == behind


def test_an_address_without_a_domain_has_none() -> None:
    assert Address(address="postmaster").domain == ""
    assert Address(address="jane@shop.example").domain == "shop.example"
