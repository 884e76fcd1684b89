"""What has to be said before a conversation is closed, as its mailbox wants it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """Something without which a conversation of a mailbox stays open."""

    CATEGORY = "category"  # what it was about: one of the mailbox's, where it has some
    ASSIGNEE = "assignee"  # who had it
    COMMENT = "comment"  # a note of one of us
    SOLUTION = "solution"  # how it ended, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What somebody says with closing it; what is empty stays as it is."""

    category: str = ""
    solution: str = ""
    tells: bool | None = None  # the customer is told; None as the mailbox does


NOTHING_SAID = Closing()
