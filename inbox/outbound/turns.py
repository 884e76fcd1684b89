"""Half of a worker's tasks may talk to the relay: while it is slow, other mail is worked off.

A relay that says nothing would otherwise hold them all, and a customer's mail would wait for it.
So may some to the programs that hear of events.
"""

from __future__ import annotations

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final
from weakref import WeakKeyDictionary

from inbox.jobs.queue import Postponed

_PATIENCE: Final = 1.0  # seconds
_SOONEST: Final = 10.0
_LATEST: Final = 30.0
# Thousands may wait: to look at all of them again and again would cost more than all other work.
_APART: Final = 0.05


class Turns:
    """Who talks to somebody slow just now, of one process."""

    def __init__(self, most: int, *, patience: float = _PATIENCE) -> None:
        self._room = asyncio.Semaphore(most)
        self._patience = patience
        self._begun: dict[object, float] = {}
        self._next = 0.0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A turn. Raises Postponed where none is free soon."""
        clock = asyncio.get_running_loop().time
        oldest = min(self._begun.values(), default=clock())
        if self._room.locked() and clock() - oldest > self._patience:
            raise Postponed(self._pause())
        try:
            async with asyncio.timeout(self._patience):
                await self._room.acquire()
        except TimeoutError:
            raise Postponed(self._pause()) from None
        mine = object()
        self._begun[mine] = clock()
        try:
            yield
        finally:
            del self._begun[mine]
            self._room.release()

    def _pause(self) -> timedelta:
        # One after the other, so that they do not all come back at once.
        now = asyncio.get_running_loop().time()
        self._next = max(now + _SOONEST, min(self._next + _APART, now + _LATEST))
        return timedelta(seconds=self._next - now)


_turns: WeakKeyDictionary[AbstractEventLoop, dict[str, Turns]] = WeakKeyDictionary()


def turns(concurrency: int, whose: str = "relay", *, one_of: int = 2) -> Turns:
    """The turns of this process, of whose `concurrency` tasks one of so many may take one."""
    of_loop = _turns.setdefault(asyncio.get_running_loop(), {})
    return of_loop.setdefault(whose, Turns(max(1, concurrency // one_of)))
