"""The service as its users run it: processes of `inbox serve`, a database and ports of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg

INBOX = (sys.executable, "-m", "inbox")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A running `inbox serve` and what is needed to talk to it."""

    process: subprocess.Popen[str]
    environment: dict[str, str]
    database_url: str
    smtp: int
    lmtp: int
    web: int
    log: Path

    def inbox(self, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a command of ours against the same database."""
        return subprocess.run(
            [*INBOX, *arguments],
            env=self.environment,
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        """What the database holds now."""
        return asyncio.run(_rows(self.database_url, query, values))

    def wait_rows(
        self, query: str, *values: object, count: int = 1, seconds: float = 20
    ) -> list[asyncpg.Record]:
        """The rows of a query, as soon as there are at least `count`."""
        until = time.monotonic() + seconds
        while len(found := self.rows(query, *values)) < count:
            if time.monotonic() > until:
                raise AssertionError(
                    f"{len(found)} of {count} rows after {seconds} s: {query}\n{self.tail()}"
                )
            time.sleep(0.1)
        return found

    def tail(self) -> str:
        """The end of the log, for the message of a failing test."""
        return self.log.read_text()[-3000:]


def free_port() -> int:
    """A port of loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(folder: Path, database_url: str, *, relay: int, **settings: str) -> Iterator[Service]:
    """Start the service, wait for its ready line, and end it as an operator would."""
    smtp, lmtp, web = free_port(), free_port(), free_port()
    environment = os.environ | {
        "INBOX_DATA": str(folder / "data"),
        "INBOX_DATABASE_URL": database_url,
        "INBOX_SMTP_LISTEN": f"127.0.0.1:{smtp}",
        "INBOX_LMTP_LISTEN": f"127.0.0.1:{lmtp}",
        "INBOX_WEB_LISTEN": f"127.0.0.1:{web}",
        "INBOX_RELAY_URL": f"smtp://127.0.0.1:{relay}",
        "INBOX_LOG": "json",
        **settings,
    }
    log = folder / "service.log"
    process = subprocess.Popen(
        [*INBOX, "serve"], env=environment, stdout=subprocess.PIPE, stderr=log.open("w"), text=True
    )
    try:
        assert process.stdout is not None
        while not (line := process.stdout.readline()).startswith("ready"):
            assert line, f"the service did not start: {log.read_text()[-3000:]}"
        yield Service(
            process=process,
            environment=environment,
            database_url=database_url,
            smtp=smtp,
            lmtp=lmtp,
            web=web,
            log=log,
        )
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0, log.read_text()[-3000:]


async def _rows(url: str, query: str, values: tuple[object, ...]) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(query, *values))
    finally:
        await connection.close()
