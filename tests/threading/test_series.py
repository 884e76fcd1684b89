"""Numbered parts of one thing, in mails of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from inbox.threading.clues import Topic
from inbox.threading.known import Conversation, Found, Hit
from inbox.threading.subject import base_subject, part_of, subject_key
from inbox.threading.verdict import Outcome, Rule
from tests.threading.scene import BOOTS, EVE, LEE, NOW, PAT, customer_hits, joined, mail, place

FIRST, SECOND = "Pictures of the damage (1/3)", "Pictures of the damage (2/3)"
JUST_NOW = NOW - timedelta(minutes=2)
ALBUM = replace(BOOTS, base_subject="pictures of the damage (1/3)", last_message_at=JUST_NOW)


def holding(conversation: Conversation, *subjects: str) -> tuple[Hit, ...]:
    """What leads to a conversation that has these parts."""
    keys = [key for one in subjects for key in mail(subject=one).topics]
    return tuple(Hit(found=Found.SERIES, conversation_id=conversation.id, key=key) for key in keys)


@pytest.mark.parametrize("author", [PAT, LEE])
@pytest.mark.parametrize("prefix", ["", "WG: "])
def test_the_next_part_joins_the_first(author: str, prefix: str) -> None:
    clues = mail(subject=f"{prefix}Pictures of the damage (2/3)", from_=author)
    hits = (*customer_hits(ALBUM), *holding(ALBUM, FIRST))
    assert joined(place(clues, *hits, conversations=(ALBUM,))) == (7, Rule.SERIES)


def test_not_after_an_hour_nor_from_a_stranger_nor_a_part_that_is_there() -> None:
    clues = mail(subject=SECOND)
    first = holding(ALBUM, FIRST)
    late = replace(ALBUM, last_message_at=NOW - timedelta(minutes=61))
    assert joined(place(clues, *customer_hits(late), *first, conversations=(late,))) is None
    foreign = place(replace(clues, author=EVE), *first, conversations=(ALBUM,))
    assert (foreign.outcome, foreign.suggestions) == (Outcome.NEW, ())
    both = holding(ALBUM, FIRST, SECOND)
    assert joined(place(clues, *customer_hits(ALBUM), *both, conversations=(ALBUM,))) is None


def test_whoever_sends_it_all_again_begins_anew() -> None:
    again = replace(ALBUM, id=8, last_message_at=NOW)
    hits = (
        *customer_hits(ALBUM, again),
        *holding(ALBUM, *(f"Pictures of the damage ({n}/3)" for n in (1, 2, 3))),
        *holding(again, FIRST),
    )
    first = place(mail(subject=FIRST), *hits, conversations=(ALBUM, again))
    assert joined(first) is None
    second = place(mail(subject=SECOND), *hits, conversations=(ALBUM, again))
    assert joined(second) == (8, Rule.SERIES)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("[PATCH v2 1/7] md: fix", "Re: [PATCH v2 02/7] raid: warn", True),
        ("[PATCH v2 1/7] md: fix", "[PATCH v3 2/7] raid: warn", False),
        ("[PATCH 1/7] md: fix", "[PATCH 2/8] raid: warn", False),
        ("Minutes (1/3)", "Minutes (2/3)", True),
        ("Minutes (1/3)", "Pictures (2/3)", False),
    ],
)
def test_what_is_a_part_of_the_same(one: str, other: str, is_same: bool) -> None:
    parts = [part_of(base_subject(each).text) for each in (one, other)]
    assert parts[0] is not None
    assert parts[1] is not None
    assert (parts[0].whole == parts[1].whole) is is_same
    assert (parts[0].key_of_all == parts[1].key_of_all) is is_same
    assert parts[0].key != parts[1].key


@pytest.mark.parametrize("subject", ["24/7 support", "Our 1/2 litre bottles", "[3/2] x", "(1/0) y"])
def test_what_is_no_part(subject: str) -> None:
    assert part_of(base_subject(subject).text) is None


def test_keys_of_telling_subjects_only() -> None:
    assert mail(subject="Re: Question").topics == {}
    text = "boots much too small in leeds"
    assert mail(subject=f"Re: {text}").topics == {subject_key(text): Topic.SUBJECT}


def test_a_later_subject_of_a_conversation_is_one_of_its_own() -> None:
    key = subject_key("order 4711 damaged in transport")
    hits = (*customer_hits(BOOTS), Hit(found=Found.SUBJECT, conversation_id=7, key=key))
    clues = mail(subject="Re: Order 4711 damaged in transport")
    assert joined(place(clues, *hits)) == (7, Rule.SUBJECT)
    assert joined(place(clues, *customer_hits(BOOTS))) is None


def test_a_part_with_the_title_of_an_earlier_one_is_no_answer_to_it() -> None:
    old = replace(BOOTS, base_subject="[patch 3/7] md: fix the warning")
    clues = mail(subject="AW: [PATCH 3/7] md: fix the warning")
    assert joined(place(clues, *customer_hits(old), conversations=(old,))) is None
