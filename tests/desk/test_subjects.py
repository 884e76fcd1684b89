"""Subjects of answers."""

from __future__ import annotations

import pytest

from inbox.desk.subjects import reply_subject, topic


@pytest.mark.parametrize(
    ("subject", "answer", "about"),
    [
        ("Boots", "Re: Boots", "Boots"),
        ("Re: Boots", "Re: Boots", "Boots"),
        ("RE: Boots", "RE: Boots", "Boots"),
        ("AW: Boots", "Re: Boots", "Boots"),
        ("Antw: AW: Boots", "Re: Boots", "Boots"),
        ("Fwd: Boots", "Re: Boots", "Boots"),
        ("Question: which boots", "Re: Question: which boots", "Question: which boots"),
        ("Re:Boots", "Re:Boots", "Boots"),
        ("  Boots \r\n and more ", "Re: Boots and more", "Boots and more"),
        ("", "Re:", ""),
        ("Re:", "Re:", "Re:"),
    ],
)
def test_reply_subject(subject: str, answer: str, about: str) -> None:
    assert reply_subject(subject) == answer
    assert topic(subject) == about
