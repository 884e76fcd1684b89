from __future__ import annotations

import pytest

from inbox.approved.proposing import Candidate, proposed
from inbox.approved.repeated import Said, same_before

TEXTS = [
    Candidate(
        id=1, name="Refund", body="Dear {{ customer.name }}, the money is on its way to you."
    ),
    Candidate(id=2, name="Return label", body="Print the label and send the boots back to us."),
    Candidate(
        id=3, name="Opening hours", body="We are open from nine to five, Saturdays from ten."
    ),
    Candidate(id=4, name="Возврат денег", body="Деньги вернутся на ваш счёт в течение трёх дней."),
    Candidate(id=5, name="返金のご案内", body="返金は三日以内に口座に振り込まれます。"),
]


@pytest.mark.parametrize(
    ("mail", "found"),
    [
        ("When do I get my refund? You have the boots.", [1]),
        ("I want to send them back. Where do I get a label?", [2]),
        ("Are you open on Saturday?", [3]),
        ("Когда вернутся деньги на счёт?", [4]),
        ("返金はいつですか", [5]),
        ("Thank you and good day to all of you!", []),
        ("customer.name", []),
        ("", []),
    ],
)
def test_what_suits_a_mail_by_the_words_of_both(mail: str, found: list[int]) -> None:
    assert proposed(mail, TEXTS) == found


def test_what_many_texts_say_proposes_none_of_them() -> None:
    alike = [Candidate(id=n, name=f"Text {n}", body="Your order is late.") for n in range(30)]
    assert proposed("My order is late.", alike) == []
    assert proposed("x " * 100_000, alike) == []


def test_the_same_is_the_same_whoever_says_it_to_whom() -> None:
    before = [Said("Dear Jane,\n\nit is on its way.\n\nAnn", ("Ann", "Jane"))] * 2
    now = Said("Dear Pat, it is on its way! Bea", ("Bea", "Pat"))
    assert same_before(now, before) == 2
    assert same_before(Said("Dear Pat, it is there. Bea", ("Bea", "Pat")), before) == 0
    assert same_before(Said("..."), [Said("!")]) == 0
