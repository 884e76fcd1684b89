"""Which of the work that is due goes first."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """The smaller first; a higher rank leaves the lower ones some room."""

    AWAITED = 0  # a person has written it for somebody: an answer of ours, coming in or going out
    FOLLOWING = 1  # what was begun with something that is stored already
    COMING = 2  # mail from outside, and the housekeeping
