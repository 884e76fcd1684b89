"""What stands below a signature mark: who somebody is, or something they want."""

from __future__ import annotations

from functools import partial

import pytest

from inbox.orders.says_who import says_who
from tests.growth import assert_linear


@pytest.mark.parametrize(
    "line",
    [
        "Jane Doe",
        "jane",
        "Head of Sales",
        "Doe & Söhne GmbH",
        "Tel. +49 30 555 1234",
        "E-Mail: jane@doe.example | www.doe.example",
        "Mobil 0170 5551234",
        "С уважением, Анна Петрова",
        "тел. +7 495 555-12-34",
        "Sent from my iPhone",
        "____",
    ],
)
def test_names_titles_and_numbers_say_who_it_is(line: str) -> None:
    assert says_who([line], ["Jane Doe"])


@pytest.mark.parametrize(
    "line",
    [
        "Please call me back",
        "and the other boot",
        "Order 4711223",
        "4711",
        "Kündigung",
        "Neue Adresse: Am Berg 5",
        "Can you?",
        "もう一足も送ってください",
        "CANCEL MY CONTRACT",
        "Пожалуйста",
    ],
)
def test_whatever_is_wanted_does_not(line: str) -> None:
    assert not says_who([line], ["Jane Doe"])


def test_it_takes_no_longer_than_the_lines_are() -> None:
    for unit in ("a.", "0 ", "Aa ", "a@", "mit "):
        assert_linear(partial(_read, unit), 40_000)


def _read(unit: str, length: int) -> object:
    return says_who([unit * 40] * (length // len(unit) // 40), [])
