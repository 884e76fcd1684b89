"""What the machine can do at most: a bare aiosmtpd that inserts the raw mail, commits and says 250.

`python -m bench.bare DATABASE_URL PORT` prints `ready` and serves on loopback until it is ended.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import asyncpg
import uvloop
from aiosmtpd.smtp import SMTP


class Keep:
    """One INSERT and COMMIT a mail."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        """aiosmtpd's hook: store, then answer."""
        await self._pool.execute(
            "insert into bare(sender, rcpt, raw) values ($1, $2, $3)",
            envelope.mail_from,
            envelope.rcpt_tos[0],
            envelope.content,
        )
        return "250 OK"


class Bare(SMTP):
    """Takes lines of any length, as ours does: some programs send a paragraph as one."""

    line_length_limit = 1 << 20


async def serve(url: str, port: int) -> None:
    """Listen until ended."""
    pool = await asyncpg.create_pool(url, min_size=10, max_size=10)
    await pool.execute(
        "create table if not exists bare (id bigserial primary key, sender text, rcpt text,"
        " raw bytea, at timestamptz default now())"
    )
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Bare(Keep(pool), hostname="bare", data_size_limit=100_000_000, loop=loop),
        "127.0.0.1",
        port,
        backlog=200,
    )
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], int(sys.argv[2])))
