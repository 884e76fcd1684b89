"""What an examination finds: good, doubtful or broken, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is. Only `broken` keeps the service from working."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at: what, how it is, and what to do when it is not good."""

    what: str
    state: State
    says: str
    do: str = ""


def good(what: str, says: str) -> Finding:
    """All is well."""
    return Finding(what=what, state=State.GOOD, says=says)


def doubtful(what: str, says: str, do: str) -> Finding:
    """It works, but not as well as it could, or nobody can tell from here."""
    return Finding(what=what, state=State.DOUBTFUL, says=says, do=do)


def broken(what: str, says: str, do: str) -> Finding:
    """The service cannot work like this."""
    return Finding(what=what, state=State.BROKEN, says=says, do=do)
