"""Two matters in the same words: what tells something, and what everybody writes."""

from __future__ import annotations

import pytest

from inbox.threading.alike import common_words, likeness, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The zipper of my green tent tore",
            "When will the green tent and its zipper be repaired?",
        ),
        ("Rechnung RE-2026-118 ist falsch", "Was ist mit RE-2026-118?"),
        ("Молния зелёной палатки порвалась", "Когда почините: молния зелёной палатки?"),
        ("緑色テントの修理をお願いします", "緑色テントはいつ直りますか"),
        ("order 4711/26", "Where is order 4711/26?"),
    ],
)
def test_the_same_matter(one: str, other: str) -> None:
    assert likeness(words_of(one), words_of(other), ())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The zipper tore", "The lamp is dark"),
        (
            "Hello, could you please tell me when you are there",
            "Hello, could you please look at it",
        ),
        ("", ""),
        ("call 12", "room 12"),
        (
            "The teapot arrived yesterday and is lovely, but this morning the handle came off in my"
            " hand, nobody hurt, tea everywhere, a photo is attached, send another one soon",
            "Yesterday two cups and one plate arrived broken, wrapped in thin paper only, and this"
            " morning my neighbour found shards under her garden bench near the letter box",
        ),
        ("お世話になっております", "お世話になっております"),
    ],
)
def test_another_matter(one: str, other: str) -> None:
    assert likeness(words_of(one), words_of(other), ()) == 0


def test_what_everybody_writes_tells_nothing() -> None:
    mails = [words_of(f"parcel tracking shows delay {name}") for name in ("one", "two", "three")]
    common = common_words(mails)
    assert common == {"parcel", "tracking", "shows", "delay"}
    assert likeness(mails[0], mails[1], common) == 0


def test_a_number_weighs_more_than_words() -> None:
    new = words_of("green tent zipper camp, invoice 2026-118")
    assert likeness(new, words_of("2026-118"), ()) >= likeness(new, words_of("green tent camp"), ())
