"""Files that are about to leave are read in a process of their own, which may be ended."""

from __future__ import annotations

import pytest

from inbox.desk import file_words
from inbox.leaks.attached import Attached
from tests.leaks import files

THERE = [
    Attached("broken.pdf", "application/pdf", files.pdf("x")[:-200]),
    Attached("a.docx", "", files.docx("Good words")),
    Attached("a.txt", "", b"Better ones"),
]


async def test_what_is_read_first_is_what_is_sure() -> None:
    words = await file_words.words_of(THERE)
    assert [(one.filename, one.said.strip()) for one in words[:2]] == [
        ("a.txt", "Better ones"),
        ("a.docx", "Good words"),
    ]


async def test_a_file_that_takes_too_long_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(file_words, "SECONDS", 0.001)
    found = await file_words.words_of(THERE)
    assert found[0] == ("a.txt", "Better ones", True)
    # Of the others it is known that nobody has looked into them.
    assert {(one.filename, one.is_whole) for one in found[1:]} == {
        ("a.docx", False),
        ("broken.pdf", False),
    }
    assert await file_words.words_of([]) == []
