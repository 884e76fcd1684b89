"""Who answers without having been there: colleagues, people written to as well, and strangers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox.model.address import Address
from inbox.threading.known import Conversation, Found, Hit
from inbox.threading.quotes import runs
from inbox.threading.subject import is_one_of_series
from inbox.threading.verdict import Join, Outcome, Policy, Rule, Why
from tests.threading.scene import BOOTS, EVE, LEE, PAT, joined, mail, place

ANYONE = Policy(join=Join.ANYONE)
SUBJECT = "Re: Boots much too small in Leeds"
WORDS = """The boots that you sent on Friday are two sizes too small, and one has no laces at all.
We have opened twelve pairs so far, and it is the same with each of them."""
HOME = replace(BOOTS, base_subject="boots much too small in leeds", words=(WORDS,))


def under_subject(*conversations: Conversation) -> tuple[Hit, ...]:
    return tuple(Hit(found=Found.SUBJECT, conversation_id=one.id) for one in conversations)


def test_a_colleague_answers_under_the_same_telling_subject() -> None:
    match = place(mail(from_=LEE, subject=SUBJECT), *under_subject(HOME), conversations=(HOME,))
    assert joined(match) == (7, Rule.COLLEAGUE)
    anew = place(mail(from_=LEE, subject=SUBJECT[4:]), *under_subject(HOME), conversations=(HOME,))
    assert joined(anew) is None


def test_two_matters_under_one_subject_are_for_people_to_decide() -> None:
    both = HOME, replace(HOME, id=8)
    match = place(mail(from_=LEE, subject=SUBJECT), *under_subject(*both), conversations=both)
    assert (joined(match), set(match.suggestions)) == (None, {7, 8})


@pytest.mark.parametrize("address", ["lee@gmail.com", "lee@googlemail.com", EVE])
def test_strangers_are_no_colleagues(address: str) -> None:
    home = replace(HOME, customer=frozenset({"pat@gmail.com"}))
    match = place(mail(from_=address, subject=SUBJECT), *under_subject(home), conversations=(home,))
    assert (match.outcome, match.suggestions, match.refers_to) == (Outcome.NEW, (), None)


def test_who_quotes_what_was_never_said_there_is_no_colleague_of_this_matter() -> None:
    other = "Please find the minutes of our meeting on the new warehouse below, with all that was "
    quoted = runs(other + "said about lorries, gates and the opening hours on the first of May.")
    clues = mail(from_=LEE, subject=SUBJECT, quoted=quoted)
    match = place(clues, *under_subject(HOME), conversations=(HOME,))
    assert (joined(match), match.suggestions) == (None, (7,))


def test_a_colleague_who_quotes_the_customer_leads_home() -> None:
    clues = mail(from_=LEE, subject=SUBJECT, quoted=runs(WORDS))
    assert joined(place(clues, *under_subject(HOME), conversations=(HOME,))) == (7, Rule.QUOTE)


def test_a_stranger_who_quotes_the_customer_is_linked_and_joins_where_anyone_may() -> None:
    clues = mail(from_=EVE, subject=SUBJECT, quoted=runs(WORDS))
    kept_out = place(clues, *under_subject(HOME), conversations=(HOME,))
    assert (joined(kept_out), kept_out.refers_to) == (None, 7)
    assert kept_out.rejected[0].why is Why.STRANGER
    let_in = place(clues, *under_subject(HOME), conversations=(HOME,), policy=ANYONE)
    assert joined(let_in) == (7, Rule.QUOTE)


def test_who_writes_to_the_customer_as_well_joins_where_anyone_may() -> None:
    clues = mail(from_=EVE, subject=SUBJECT, recipients=frozenset({PAT}))
    assert joined(place(clues, *under_subject(HOME), conversations=(HOME,))) is None
    let_in = place(clues, *under_subject(HOME), conversations=(HOME,), policy=ANYONE)
    assert joined(let_in) == (7, Rule.ADDRESSED)
    alone = place(replace(clues, recipients=frozenset()), *under_subject(HOME), policy=ANYONE)
    assert joined(alone) is None


def test_what_a_list_says_of_its_sender_is_not_enough_for_a_subject() -> None:
    clues = mail(from_=LEE, subject=SUBJECT, real_sender=Address(address=LEE))
    match = place(clues, *under_subject(HOME), conversations=(HOME,))
    assert joined(match) is None


@pytest.mark.parametrize(
    ("subject", "is_part"),
    [("[patch v2 02/14] drbd: remove", True), ("minutes (1/3)", True), ("24/7 support", False)],
)
def test_parts_of_a_series(subject: str, is_part: bool) -> None:
    assert is_one_of_series(subject) is is_part
