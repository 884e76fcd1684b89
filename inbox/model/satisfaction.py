"""What a customer can answer when they are asked whether we have helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LIFE: Final = timedelta(days=30)  # as long somebody may say so, and say something else
LONGEST: Final = 500  # characters of the sentence beside it
MOST_CHANGES: Final = 10  # of mind


class Rated(StrEnum):
    """How content they are; the value is the word in the address that says so."""

    GOOD = "good"
    SO_SO = "soso"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a customer has said of a conversation."""

    conversation_id: int
    rated: Rated
    words: str
    at: datetime


def sentence(text: str) -> str:
    """What somebody says beside it, on one line, as much as is shown."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
