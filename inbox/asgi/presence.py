"""Who looks at a conversation and who writes in it, as their pages last said. Pure.

Nothing of it is stored. What a page has not said again for a while is over: whoever closes a tab
that cannot say so, or a machine that falls asleep, is gone by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

LASTS_S: Final = 50.0
# Of one person and of all: what comes beyond takes the place of the oldest.
PAGES_EACH: Final = 12
_PAGES: Final = 20_000
_NAME: Final = 100


class Doing(StrEnum):
    """What somebody does at a conversation."""

    LOOKING = "looking"
    WRITING = "writing"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Sign:
    """What one page says of its person; `page` tells the pages of one person apart."""

    agent: int
    name: str
    page: str
    conversation: int
    doing: Doing

    def written(self) -> str:
        """The sign as processes tell it to each other."""
        return json.dumps({**asdict(self), "name": self.name[:_NAME]}, ensure_ascii=False)


def read_sign(text: str) -> Sign | None:
    """A sign as another process wrote it; None for what a newer version may say."""
    try:
        given = json.loads(text)
        return Sign(**{**given, "doing": Doing(given["doing"])})
    except (ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a conversation."""

    id: int
    name: str
    is_writing: bool


class Board:
    """What all pages said last. Times are seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._pages: dict[tuple[int, str], tuple[Sign, float]] = {}
        self._changed: set[int] = set()

    def hear(self, sign: Sign, now: float) -> bool:
        """Note what a page says; whether anybody would see a difference."""
        key = (sign.agent, sign.page)
        old, _ = self._pages.pop(key, (None, 0.0))
        if sign.doing is not Doing.LEFT:
            self._make_room(sign.agent)
            self._pages[key] = (sign, now)
        if old == sign or (old is None and sign.doing is Doing.LEFT):
            return False
        self._changed |= {sign.conversation} | ({old.conversation} if old else set())
        return True

    def expire(self, now: float) -> None:
        """Forget what has not been said again."""
        over = [key for key, (_, at) in self._pages.items() if now - at > LASTS_S]
        for key in over:
            self._forget(key)

    def changed(self) -> set[int]:
        """The conversations at which something changed since this was asked last."""
        changed, self._changed = self._changed, set()
        return changed

    @property
    def conversations(self) -> set[int]:
        """Where anybody is."""
        return {sign.conversation for sign, _ in self._pages.values()}

    def people(self, conversations: set[int]) -> dict[int, list[Person]]:
        """Who is there, each once, who writes before who looks; nobody where nobody is."""
        found: dict[int, dict[int, Person]] = {one: {} for one in conversations}
        for sign in self._at(conversations):
            there = found[sign.conversation]
            is_writing = sign.doing is Doing.WRITING
            if is_writing or sign.agent not in there:
                there[sign.agent] = Person(sign.agent, sign.name, is_writing)
        return {
            one: sorted(there.values(), key=lambda who: (not who.is_writing, who.name, who.id))
            for one, there in found.items()
        }

    def _at(self, conversations: set[int]) -> Iterator[Sign]:
        return (sign for sign, _ in self._pages.values() if sign.conversation in conversations)

    def _make_room(self, agent: int) -> None:
        mine = [key for key in self._pages if key[0] == agent]
        if len(mine) >= PAGES_EACH:
            self._forget(mine[0])
        elif len(self._pages) >= _PAGES:
            self._forget(next(iter(self._pages)))

    def _forget(self, key: tuple[int, str]) -> None:
        sign, _ = self._pages.pop(key)
        self._changed.add(sign.conversation)
