"""Rings other processes: at once, and then every so often as long as there is something to say.

PostgreSQL takes one lock, for the whole server, for every commit that says NOTIFY, and holds it
until the commit is on disk (PreCommit_Notify in async.c): with it, mails that come at the same time
are committed one after the other. So the two processes that commit all the time keep quiet in their
transactions and ring when these are done. A ring that is lost costs seconds: everybody also looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from inbox.errors import InboxError
from inbox.jobs.waiting import pause
from inbox.log import get_logger

log = get_logger("bell")

JOBS: Final = "inbox_job"
EVENTS: Final = "inbox_event"
# A connection with this setting of ours leaves out the NOTIFY of its transactions.
QUIET: Final = {"inbox.quiet": "on"}
RING: Final = "select pg_notify($1, $2)"
PAUSE_S: Final = 0.05  # of the receiver, whose rings say how fast mail comes
Send = Callable[[str, str], Awaitable[object]]


class Bell:
    """One channel's bell, rung `every` so many seconds at most.

    What is to be said meanwhile is merged into the next ring.
    """

    def __init__(
        self,
        channel: str,
        send: Send,
        merge: Callable[[int, int], int],
        *,
        every: float = PAUSE_S,
    ) -> None:
        self._channel, self._send, self._merge = channel, send, merge
        self._every = every
        self._value: int | None = None
        self._ringing: asyncio.Task[None] | None = None
        self._closed = asyncio.Event()

    def ring(self, value: int) -> None:
        """Say `value` to whoever listens, soon."""
        self._value = value if self._value is None else self._merge(self._value, value)
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.create_task(self._ring())

    async def close(self) -> None:
        """Say what has not been said, and be silent."""
        self._closed.set()
        if self._ringing is not None:
            await self._ringing

    async def _ring(self) -> None:
        while self._value is not None:
            await self._say()
            await pause(self._closed, self._every)

    async def _say(self) -> None:
        value, self._value = self._value, None
        try:
            await self._send(self._channel, str(value))
        except InboxError as error:
            log.warning("bell.unheard", channel=self._channel, error=type(error).__name__)
