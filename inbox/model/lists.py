"""Lists of conversations: which there are, what stands first, and how close the rows are."""

from __future__ import annotations

from enum import StrEnum


class Folder(StrEnum):
    """A list that a person can open."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    OPEN = "open"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    DRAFTS = "drafts"  # in which one has words that were not sent yet
    CLOSED = "closed"
    SPAM = "spam"
    SET_ASIDE = "set_aside"  # what waits for a decision: answers that are held, unreadable mail
    ALL = "all"


class Order(StrEnum):
    """What stands first in a list of what is open."""

    NEWEST = "newest"  # what was written last
    WAITING = "waiting"  # who has waited longest
    DUE = "due"  # what was promised soonest: by one of us, else by the mailbox


class Density(StrEnum):
    """How much of a list is seen at once."""

    COMFORTABLE = "comfortable"
    COMPACT = "compact"
