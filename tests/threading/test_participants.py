from __future__ import annotations

import pytest

from inbox.threading.participants import is_of_organisation, organisation


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("pat@customer.example", "customer.example"),
        ("pat@mail.eu.firm.com", "firm.com"),
        ("pat@firm.co.uk", "firm.co.uk"),
        ("pat@gmail.com", ""),
        ("pat@yahoo.co.jp", ""),
        ("pat@hotmail.it", ""),
        ("pat@t-online.de", ""),
        ("pat@users.noreply.github.com", ""),
        ("pat@co.uk", ""),
        ("pat@localhost", ""),
        ("pat@[192.0.2.1]", ""),
        ("pat", ""),
        ("", ""),
    ],
)
def test_organisation(address: str, domain: str) -> None:
    if address != "pat@[192.0.2.1]":
        assert organisation(address) == domain
    assert is_of_organisation(address, ["other@" + domain, "x@unrelated.example"]) is bool(domain)


def test_two_firms_below_one_suffix_are_two() -> None:
    assert not is_of_organisation("pat@one.co.uk", ["lee@two.co.uk"])
    assert not is_of_organisation("pat@gmail.com", ["lee@gmail.com"])
