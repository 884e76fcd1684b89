"""One LISTEN connection a process: told at once of what others do, on one channel or several."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping

import asyncpg

from inbox.jobs.waiting import first, pause
from inbox.log import get_logger
from inbox.store.engine import plain_url

log = get_logger("wake")

Hear = Callable[[str], None]


class Listener:
    """Calls a channel's `hear(payload)` at its notifications; connects again until it works.

    Notifications sent while the connection is down are lost by design of PostgreSQL: after each
    connect each `hear("")` is called, and whoever listens must look for what they missed.
    """

    def __init__(self, url: str, hears: Mapping[str, Hear]) -> None:
        self._url, self._hears = plain_url(url), hears

    async def run(self, stop: asyncio.Event) -> None:
        """Listen until `stop` is set."""
        while not stop.is_set():
            try:
                await self._listen(stop)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                log.warning("wake.lost", channels=list(self._hears), error=type(error).__name__)
                await pause(stop, 1.0)

    async def _listen(self, stop: asyncio.Event) -> None:
        connection = await asyncpg.connect(self._url, timeout=10)
        lost = asyncio.Event()
        connection.add_termination_listener(lambda _connection: lost.set())
        try:
            for channel in self._hears:
                await connection.add_listener(channel, self._got)
            for hear in self._hears.values():
                hear("")
            await first(stop.wait(), lost.wait())
        finally:
            if not connection.is_closed():
                await connection.close(timeout=2)

    def _got(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        self._hears[channel](str(payload))
