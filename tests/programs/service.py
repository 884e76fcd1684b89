"""The service with a mailbox and people, and what is needed to talk to it and look into it."""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path

import asyncpg

from tests.service import Service, environment, free_listen, inbox

MAILBOX = "support@us.example"


class Desk(Service):
    """`inbox serve` on an embedded database and ports of its own, mail leaving to `relay`."""

    def __init__(self, folder: Path, *, relay: int, smtp: str = "", **settings: str) -> None:
        self.folder = folder
        self.settings = {
            "data": str(folder / "data"),
            "smtp_listen": smtp or free_listen(),
            "lmtp_listen": free_listen(),
            "web_listen": free_listen(),
            "relay_url": f"smtp://127.0.0.1:{relay}",
            **settings,
        }
        super().__init__("serve", log=folder / "service.log", **self.settings)

    @property
    def smtp(self) -> int:
        """The receiver's port."""
        return int(self.settings["smtp_listen"].rpartition(":")[2])

    @property
    def lmtp(self) -> int:
        """The LMTP receiver's port."""
        return int(self.settings["lmtp_listen"].rpartition(":")[2])

    @property
    def environment(self) -> dict[str, str]:
        """For other programs that run commands of ours."""
        return environment(**self.settings)

    @property
    def database_url(self) -> str:
        """The embedded database's."""
        return f"postgresql://postgres:@/postgres?host={self.folder}/data/postgres"

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of ours that must succeed."""
        ran = inbox(*words, **self.settings)
        assert ran.returncode == 0, ran.stderr
        return ran

    def open_mailbox(self) -> None:
        """One department, two agents; answers leave at once."""
        self.run("mailbox", "add", MAILBOX, "--name", "Support")
        self.run("mailbox", "set", MAILBOX, "undo_seconds=0", "confirm=off")
        for email, name in (("karen@us.example", "Karen Miller"), ("anna@us.example", "Anna Berg")):
            self.run("agent", "add", email, "--name", name, "--role", "agent", "--mailbox", MAILBOX)

    def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        """What the database holds now."""
        return asyncio.run(self._rows(query, values))

    def wait_rows(
        self, query: str, *values: object, count: int = 1, seconds: float = 30
    ) -> list[asyncpg.Record]:
        """The rows of a query, as soon as there are at least `count`."""
        until = time.monotonic() + seconds
        while len(found := self.rows(query, *values)) < count:
            assert time.monotonic() < until, f"{len(found)} of {count}: {query}\n{self.tail()}"
            time.sleep(0.1)
        return found

    def tail(self) -> str:
        """The end of the log, for the message of a failing test."""
        return self.log.read_text()[-3000:]

    async def _rows(self, query: str, values: tuple[object, ...]) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.database_url)
        try:
            return list(await connection.fetch(query, *values))
        finally:
            await connection.close()
