"""Whom of us a comment speaks to: a table of cases."""

from __future__ import annotations

import pytest

from inbox.orders.mentions import mentions
from inbox.orders.names import Person

ANNA = Person(id=1, name="Anna Rossi", addresses=("anna.rossi@us.example",))
OTHER = Person(id=2, name="Anna Bianchi", addresses=("ab@us.example",))
BOB = Person(id=3, name="Bob Stone", addresses=("bob@corp.example",))
LIST = Person(id=4, name="Logistics", addresses=("logistics@corp.example",))
YUKI = Person(id=5, name="佐藤 由紀", addresses=("yuki@us.example",))
EVERYBODY = (ANNA, OTHER, BOB, LIST, YUKI)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@bob can you look?", [3]),
        ("can you look, @Bob?", [3]),
        ("@Bob Stone, can you look?", [3]),
        ("@bob's box", []),
        ("@Anna Rossi and @bob: who has it", [1, 3]),
        ("@anna.rossi please", [1]),
        ("@logistics@corp.example: where is it?", [4]),
        ("see @logistics.", [4]),
        ("＠由紀さん お願いします", [5]),
        ("@BOB @bob @Bob", [3]),
        ("write to bob@corp.example", []),
        ("first.last@bob is no address", []),
        ("@ bob", []),
        ("@bo, @stones, @home, @all", []),
        ("", []),
    ],
)
def test_who_is_spoken_to(text: str, people: list[int]) -> None:
    found = mentions(text, EVERYBODY)
    assert [one.id for one in found.people] == people
    assert not found.unclear


def test_one_of_several_is_not_guessed() -> None:
    found = mentions("@anna, what do you say? @bob knows", EVERYBODY)
    assert [one.id for one in found.people] == [3]
    assert found.unclear == (("@anna", (ANNA, OTHER)),)


def test_a_text_full_of_signs_is_read_in_no_time() -> None:
    assert not mentions("@a" * 100_000 + "@b " * 100_000, EVERYBODY).people
