from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.threading.known import Found, Hit
from inbox.threading.quotes import runs
from inbox.threading.verdict import Policy, Rule, Why
from tests.threading.scene import (
    BOOTS,
    EVE,
    FAILED,
    LEE,
    NOW,
    OTHER,
    customer_hits,
    joined,
    mail,
    place,
)

OUR_WORDS = """the boots of this series come up a little small. Please send them back with the
label from the parcel, and tell us which size we should send instead."""


def test_quoted_words_of_ours_lead_home_without_any_header() -> None:
    known = replace(BOOTS, texts=(OUR_WORDS,)), replace(OTHER, texts=("Nothing of the kind",))
    clues = mail(subject="42!", quoted=runs("> " + OUR_WORDS.replace("\n", "\n> ")))
    match = place(clues, *customer_hits(*known), conversations=known)
    assert joined(match) == (7, Rule.QUOTE)
    failed = place(clues, *customer_hits(*known), conversations=known, proof=FAILED)
    assert joined(failed) is None
    stranger = place(replace(clues, author=EVE), *customer_hits(*known), conversations=known)
    assert joined(stranger) is None


def test_words_quoted_from_two_conversations_are_only_a_suggestion() -> None:
    words = OUR_WORDS.split()
    halves = " ".join(words[:15]), " ".join(words[15:])
    known = replace(BOOTS, texts=(halves[0],)), replace(OTHER, texts=(halves[1],))
    match = place(mail(quoted=runs(OUR_WORDS)), *customer_hits(*known), conversations=known)
    assert joined(match) is None
    assert set(match.suggestions) == {7, 8}


@pytest.mark.parametrize(
    ("subject", "joins"),
    [
        ("Re: Boots too small", True),
        ("AW: [EXTERN] Boots too small", True),
        ("Boots too small", False),
        ("Re: Something else", False),
        ("Re: Boots too small #7", False),
        ("", False),
    ],
)
def test_the_same_subject_from_the_same_customer(subject: str, joins: bool) -> None:
    match = place(mail(subject=subject), *customer_hits(BOOTS, OTHER))
    assert joined(match) == ((7, Rule.SUBJECT) if joins else None)


def test_an_unusual_subject_joins_without_a_prefix_and_a_generic_one_never() -> None:
    order = replace(BOOTS, base_subject="order 4711 damaged")
    clues = mail(subject="Order 4711 damaged")
    assert joined(place(clues, *customer_hits(order), conversations=(order,))) == (7, Rule.SUBJECT)
    question = replace(BOOTS, base_subject="question")
    match = place(mail(subject="Question"), *customer_hits(question), conversations=(question,))
    assert joined(match) is None
    assert match.rejected[0].why is Why.GENERIC


def test_the_same_subject_weeks_later_is_only_a_suggestion() -> None:
    quiet = replace(BOOTS, last_message_at=NOW - timedelta(days=8))
    fresh = place(mail(subject="Boots too small"), *customer_hits(quiet), conversations=(quiet,))
    assert (joined(fresh), fresh.suggestions) == (None, (7,))
    answer = mail(subject="Re: Boots too small")
    assert joined(place(answer, *customer_hits(quiet), conversations=(quiet,))) is not None


@pytest.mark.parametrize(
    ("subject", "author", "joins"),
    [
        ("Re: Boots too small", LEE, True),
        ("Boots too small", LEE, False),
        ("Re: Boots too small", "lee@gmail.com", False),
        ("Re: Boots too small", EVE, False),
    ],
)
def test_a_colleague_answers_under_the_same_subject(subject: str, author: str, joins: bool) -> None:
    hit = Hit(found=Found.ORGANISATION, conversation_id=7)
    match = place(mail(subject=subject, from_=author), hit)
    assert (joined(match) is not None) is joins


def test_which_of_two_a_colleague_answers_is_not_guessed() -> None:
    twin = replace(BOOTS, id=8)
    hits = [Hit(found=Found.ORGANISATION, conversation_id=key) for key in (7, 8)]
    clues = mail(subject="Re: Boots too small", from_=LEE)
    match = place(clues, *hits, conversations=(BOOTS, twin))
    assert joined(match) is None
    assert set(match.suggestions) == {7, 8}


def test_a_generic_answer_joins_only_where_there_is_one_to_answer() -> None:
    first, second = (replace(one, base_subject="question") for one in (BOOTS, OTHER))
    clues = mail(subject="Re: Question")
    assert joined(place(clues, *customer_hits(first), conversations=(first,))) is not None
    match = place(clues, *customer_hits(first, second), conversations=(first, second))
    assert joined(match) is None
    assert match.suggestions == (7, 8)


def test_of_two_warm_conversations_under_an_unusual_subject_none_is_guessed() -> None:
    old = replace(OTHER, base_subject="order 4711 damaged", last_message_at=NOW - timedelta(days=9))
    new = replace(BOOTS, base_subject="order 4711 damaged")
    match = place(
        mail(subject="Re: Order 4711 damaged"), *customer_hits(old, new), conversations=(old, new)
    )
    assert joined(match) is None
    assert match.suggestions == (7, 8)


def test_a_subject_joins_neither_after_a_month_nor_in_another_mailbox_nor_unproved() -> None:
    clues = mail(subject="Re: Boots too small")
    cold = replace(BOOTS, last_message_at=NOW - timedelta(days=31))
    assert joined(place(clues, *customer_hits(cold), conversations=(cold,))) is None
    late = replace(clues, sent_at=NOW + timedelta(days=120))
    assert joined(place(late, *customer_hits(BOOTS))) is None
    elsewhere = Policy(mailbox_ids=frozenset({2}))
    assert joined(place(clues, *customer_hits(BOOTS), policy=elsewhere)) is None
    here = Policy(mailbox_ids=frozenset({1, 2}))
    assert joined(place(clues, *customer_hits(BOOTS), policy=here)) is not None
    assert joined(place(clues, *customer_hits(BOOTS), proof=FAILED)) is None
    assert joined(place(replace(clues, author=EVE), *customer_hits(BOOTS))) is None
