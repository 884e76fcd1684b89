"""One LISTEN connection a process: told at once of new jobs and of new events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asyncpg

from inbox.jobs.waiting import first, pause
from inbox.log import get_logger
from inbox.store.engine import plain_url

log = get_logger("wake")

Hear = Callable[[str], None]


class Listener:
    """Calls `hear(payload)` for each notification; connects again for as long as it takes.

    Notifications sent while the connection is down are lost by design of PostgreSQL: after each
    connect `hear("")` is called, and whoever listens must look for what they missed.
    """

    def __init__(self, url: str, channel: str, hear: Hear) -> None:
        self._url, self._channel, self._hear = plain_url(url), channel, hear

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set."""
        while not stop.is_set():
            try:
                await self._listen(stop)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                log.warning("wake.lost", channel=self._channel, error=type(error).__name__)
                await pause(stop, 1.0)

    async def _listen(self, stop: asyncio.Event) -> None:
        connection = await asyncpg.connect(self._url, timeout=10)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        try:
            await connection.add_listener(self._channel, lambda *got: self._hear(str(got[3])))
            self._hear("")
            await first(stop.wait(), lost.wait())
        finally:
            if not connection.is_closed():
                await connection.close(timeout=2)
