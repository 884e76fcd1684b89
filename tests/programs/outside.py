"""The world outside: a mail server that takes everything and keeps it."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP

from tests.polling import ENOUGH


@dataclass
class Outside:
    """Every mail that left, by recipient; it runs on a thread of its own."""

    port: int = 0
    mails: list[tuple[str, tuple[str, ...], bytes]] = field(default_factory=list)
    # Mails that were read to their end and then not answered, as by a relay that is stuck.
    unanswered: list[bytes] = field(default_factory=list)
    is_stuck: bool = False

    def start(self) -> None:
        """Listen on a free port of loopback."""
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def listen() -> None:
            server = await self._loop.create_server(
                lambda: SMTP(self, hostname="outside", loop=self._loop, enable_SMTPUTF8=True),
                "127.0.0.1",
                0,
            )
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await self._told_to_stop.wait()
            server.close()
            for session in asyncio.all_tasks() - {asyncio.current_task()}:
                session.cancel()
            await asyncio.sleep(0.1)  # the sessions close their sockets

        def run() -> None:
            with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
                runner.run(listen())

        self._told_to_stop = asyncio.Event()
        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert ready.wait(ENOUGH)

    def stop(self) -> None:
        """Stop listening."""
        self._loop.call_soon_threadsafe(self._told_to_stop.set)
        self._thread.join(ENOUGH)

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        """aiosmtpd's hook: keep the mail, or say nothing any more."""
        if self.is_stuck:
            self.unanswered.append(bytes(envelope.content))
            await asyncio.sleep(3600)
        self.mails.append((envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 kept"

    def of(self, address: str) -> list[bytes]:
        """What one address got, in order."""
        return [raw for _sender, recipients, raw in list(self.mails) if address in recipients]

    def wait(self, address: str, count: int = 1, seconds: float = ENOUGH) -> list[bytes]:
        """What an address got, as soon as there are at least `count` mails."""
        until = time.monotonic() + seconds
        while len(got := self.of(address)) < count:
            assert time.monotonic() < until, (
                f"{len(got)} of {count} mails for {address} after {seconds} s"
            )
            time.sleep(0.05)
        return got

    def wait_for(self, arrived: Callable[[], object], seconds: float = ENOUGH) -> None:
        """Wait until something that is looked for has arrived."""
        until = time.monotonic() + seconds
        while not arrived():
            assert time.monotonic() < until, f"nothing of it after {seconds} s"
            time.sleep(0.05)
