"""What somebody has heard of what happened: up to which event, and which before it had not ended.

Events get their numbers as they are written, and their transactions end in another order: whoever
knows of the newest may not know of one before it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final, Self

# So far below the newest an event may still be under way; beyond, all that ever comes is there.
OVERLAP: Final = 50
_WRITTEN: Final = re.compile(r"(\d{1,17})((?:-\d{1,17}){0,50})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Heard:
    """All events up to `last` but the `gaps`: those that had not ended, and numbers of none."""

    last: int
    gaps: frozenset[int] = frozenset()

    @classmethod
    def of(cls, events: Collection[int]) -> Self:
        """What is known of whoever has seen these, the newest `OVERLAP` of all that there are."""
        last = max(events, default=0)
        return cls(last, _window(0, last) - frozenset(events))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The same as it was written; None for what is nothing of ours."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return None
        last, gaps = int(found[1]), frozenset(map(int, found[2].split("-")[1:]))
        return cls(last, gaps & _window(0, last))

    def __str__(self) -> str:
        return "-".join(map(str, (self.last, *sorted(self.gaps))))

    def knows(self, event: int) -> bool:
        """Whether this one has been heard of."""
        return event <= self.last and event not in self.gaps

    def and_of(self, event: int) -> Self:
        """The same, and this event."""
        last = max(self.last, event)
        gaps = (self.gaps | _window(self.last, last)) & _window(0, last)
        return replace(self, last=last, gaps=gaps - {event})


def _window(known: int, last: int) -> frozenset[int]:
    """The numbers from which something may still come, above what is known."""
    return frozenset(range(max(known, last - OVERLAP, 0) + 1, last + 1))
