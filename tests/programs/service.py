"""The service with a mailbox and people, and what is needed to talk to it and look into it."""

from __future__ import annotations

import asyncio
import subprocess
import time
from pathlib import Path

import asyncpg

from inbox.desk.mailboxes import add_mailbox, set_mailbox
from inbox.desk.people import add_agent
from inbox.store.engine import Database
from tests.polling import ENOUGH
from tests.service import Service, environment, free_listen, inbox

MAILBOX = "support@us.example"
AGENTS = (("karen@us.example", "Karen Miller"), ("anna@us.example", "Anna Berg"))


class Desk(Service):
    """`inbox serve` on an embedded database and ports of its own, mail leaving to `relay`."""

    workers = 1

    def __init__(self, folder: Path, *, relay: int, smtp: str = "", **settings: str) -> None:
        self.folder = folder
        self.words = ("serve", "--workers", str(self.workers))
        self.settings = {
            "data": str(folder / "data"),
            "smtp_listen": smtp or free_listen(),
            "lmtp_listen": free_listen(),
            "web_listen": free_listen(),
            "relay_url": f"smtp://127.0.0.1:{relay}",
            **settings,
        }
        super().__init__(*self.words, log=folder / "service.log", **self.settings)

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
        asyncio.run(self._open_mailbox())

    async def _open_mailbox(self) -> None:
        # Not by commands: each is a process that takes a second to start, and others test them.
        database = Database(self.database_url, pool=1)
        async with database.write() as db:
            await add_mailbox(db, address=MAILBOX, name="Support")
            await set_mailbox(db, MAILBOX, {"undo_seconds": "0", "confirm": "off"})
            for email, name in AGENTS:
                await add_agent(db, email=email, name=name, role="agent", mailboxes=[MAILBOX])
        await database.close()

    def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        """What the database holds now."""
        return asyncio.run(self._rows(query, values))

    def wait_rows(
        self, query: str, *values: object, count: int = 1, seconds: float = ENOUGH
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
