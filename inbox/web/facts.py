"""What the sentence about an event is made from."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from inbox.model.event import EventName
from inbox.store.tables import Event

_GIVEN: Final = frozenset({EventName.CONVERSATION_ASSIGNED, EventName.CONVERSATION_UNASSIGNED})


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as its renderer sees it."""

    who: str
    is_own: bool  # by the person who reads this
    payload: Mapping[str, Any]
    people: Mapping[int, str]
    reader: int
    # A moment as the reader says it, from its written form.
    say: Callable[[str], str] = str

    @property
    def whom(self) -> str:
        """The person whom it is about, by name."""
        return self.people.get(self.whom_id or 0, "?")

    @property
    def whom_id(self) -> int | None:
        """The person whom it is about."""
        found = self.payload.get("to")
        return found if isinstance(found, int) else None

    @property
    def what(self) -> str:
        """The address, or phone, that it is about."""
        return str(self.payload.get("value", ""))


def holders_in(events: Iterable[Event]) -> set[int]:
    """Who had it and who got it, members or not by now."""
    given = [one.payload for one in events if one.name in _GIVEN]
    return {one for payload in given for name in ("from", "to") if (one := payload.get(name))}


Renderer = Callable[[Fact, gettext.NullTranslations], str]


# So called because `make messages` looks for texts in calls of this name.
def N_(message: str) -> Renderer:
    """A line that names who did it, and what it is about."""
    return lambda fact, texts: texts.gettext(message) % {"who": fact.who, "what": fact.what}
