"""A single word that takes an answer back, with a name below it at most."""

from __future__ import annotations

import pytest

from inbox.orders.bare import bare_stop


@pytest.mark.parametrize("said", ["stop", "Stop.", "Стоп!", "取り消し", "ferma", "Stopp"])
def test_one_word_takes_it_back(said: str) -> None:
    assert bare_stop(said)
    assert bare_stop(f"{said}\n\nKaren", "Karen Miller")


@pytest.mark.parametrize("said", ["Stop sending me boots.", "Do not stop", "", "Stop\n\nNow."])
def test_words_are_words(said: str) -> None:
    assert bare_stop(said, "Karen Miller") is None
