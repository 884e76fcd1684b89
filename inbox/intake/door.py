"""The receiver's door on PostgreSQL: who lives here, is there room, and the commit behind each 250.

It has a few connections of its own and no ORM: on this way the database's disk is to be the limit.
"""

from __future__ import annotations

import asyncio
import operator
import os
import time
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg

from inbox.clock import utcnow
from inbox.errors import NoRoom, OutOfReach, Unavailable
from inbox.intake.recipients import ADDRESSES, OWNER, AddressBook
from inbox.intake.spool import ACCEPT, Lies, put_aside, values
from inbox.jobs.bell import JOBS, QUIET, RING, Bell
from inbox.log import get_logger
from inbox.mail.tokens import find_token, hash_token
from inbox.model.mail import Envelope
from inbox.settings import Settings
from inbox.store.blobs import HOUSE, Blobs, place

log = get_logger("intake")

_BOOK_SECONDS = 5.0  # an address that was taken away is accepted that much longer at most
_MISS_SECONDS = 0.5  # a stranger makes us look again, but not for each of a thousand guesses
_FULL_SECONDS = 10.0  # after we were told that a disk is full
_RESERVE = 32 << 20  # two segments of its log
# The driver holds a mail three times while it sends it: larger ones go one after the other.
_HEAVY = 4 << 20
_LOST = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # it met the server's farewell in the middle of its own words
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    ConnectionError,
)


class SpoolDoor:
    """Takes mail into the spool. `data` is the folder whose disk must have room, if it is ours.

    `blobs` is where raw mail is put; without it, it is part of its row.
    """

    def __init__(
        self,
        url: str,
        *,
        data: Path | None = None,
        domain: str | None = None,
        pool: int = 4,
        blobs: Blobs | None = None,
    ) -> None:
        self._data = data
        self._domain = domain
        self._blobs = blobs
        self._house = ""
        # A connection is reset by nothing: each statement is a transaction, none sets anything.
        self._pool = asyncpg.create_pool(
            url,
            min_size=0,
            max_size=pool,
            timeout=10,
            command_timeout=120,
            reset=_keep_as_it_is,
            server_settings={"application_name": "inbox smtp", "jit": "off", **QUIET},
        )
        self._is_open = False
        self._opening = asyncio.Lock()
        self._book = AddressBook({}, {})
        self._read_at = float("-inf")
        self._reading = asyncio.Lock()
        self._full_until = float("-inf")
        self._heavy = asyncio.Lock()
        # It says how many mails there are, and workers make way for many.
        self._bell = Bell(JOBS, self._say, operator.add)

    @classmethod
    def of(cls, settings: Settings, url: str) -> SpoolDoor:
        """The door to the spool in the database at `url`, as set."""
        # The disk of an outside server is not ours to look at; it says itself when it is full.
        data = settings.data if (settings.data / "postgres").is_dir() else None
        blobs = place(settings.blobs) if settings.blobs else None
        return cls(url, data=data, domain=settings.domain, blobs=blobs)

    async def knows(self, recipient: str) -> bool:
        """True when mail for this address is ours to take. Raises Unavailable."""
        for age in (_BOOK_SECONDS, _MISS_SECONDS):
            if await self._mailbox_of(recipient, await self._book_not_older(age)) is not None:
                return True
        return False

    async def has_room(self, size: int) -> bool:
        """False when the disk could not hold a mail of `size` bytes, or one just said so."""
        if time.monotonic() < self._full_until:
            return False
        if self._blobs is not None and not await self._blobs.has_room(size):
            return False
        if self._data is None:
            return True
        disk = os.statvfs(self._data)
        # Once for the log, once for the table.
        return disk.f_bavail * disk.f_frsize > 2 * size + _RESERVE

    async def accept(self, raw: bytes, envelope: Envelope) -> None:
        """Keep the mail; returns after the commit. The same bytes again change nothing.

        Raises NoRoom, Unavailable, or what else PostgreSQL says; then nothing is kept, or a repeat
        will find it kept.
        """
        book = await self._book_not_older(_BOOK_SECONDS)
        whole = tuple(dict.fromkeys(book.whole(address) for address in envelope.recipients))
        envelope = replace(envelope, recipients=whole)
        found = [await self._mailbox_of(address, book) for address in whole]
        mailboxes = {mailbox for mailbox in found if mailbox is not None}
        lies = await self._put_aside(raw)
        async with self._heavy if len(raw) > _HEAVY and not lies else nullcontext():
            await self._query(
                ACCEPT, *values(raw, envelope, now=utcnow(), mailboxes=mailboxes, lies=lies)
            )
        self._bell.ring(1)

    async def close(self) -> None:
        """Give back the connections."""
        await self._bell.close()
        if self._is_open:
            await self._pool.close()

    async def _put_aside(self, raw: bytes) -> Lies | None:
        if self._blobs is None:
            return None
        if not self._house:
            self._house = (await self._query(HOUSE))[0]["house"]
        try:
            return await put_aside(self._blobs, self._house, raw, utcnow())
        except NoRoom:
            self._full_until = time.monotonic() + _FULL_SECONDS
            raise
        except OutOfReach as error:
            # The peer is told nothing of our places.
            log.error("spool.out_of_reach", reason=error.public)
            raise Unavailable from error

    async def _say(self, channel: str, what: str) -> None:
        await self._query(RING, channel, what)

    async def _mailbox_of(self, recipient: str, book: AddressBook) -> int | None:
        if token := book.token_of(recipient):
            rows = await self._query(OWNER, hash_token(token))
            if rows:
                return int(rows[0]["mailbox_id"])
            if find_token(recipient):
                return None
        return book.mailbox_of(recipient)

    async def _book_not_older(self, age: float) -> AddressBook:
        if time.monotonic() - self._read_at > age:
            async with self._reading:
                if time.monotonic() - self._read_at > age:
                    rows = await self._query(ADDRESSES)
                    pairs = [(row["address"], row["mailbox_id"]) for row in rows]
                    self._book = AddressBook.of(pairs, domain=self._domain)
                    self._read_at = time.monotonic()
        return self._book

    async def _query(self, statement: str, *arguments: Any) -> list[Any]:
        if not self._is_open:
            async with self._opening:
                await self._pool
                self._is_open = True
        try:
            return await self._once(statement, *arguments)
        except _LOST:
            # PostgreSQL was restarted and the connection was an old one. Every statement of ours
            # may be repeated: what was kept already is a repeat.
            await self._pool.expire_connections()
        try:
            return await self._once(statement, *arguments)
        except _LOST as error:
            raise Unavailable from error

    async def _once(self, statement: str, *arguments: Any) -> list[Any]:
        try:
            async with self._pool.acquire(timeout=30) as connection:
                return list(await connection.fetch(statement, *arguments))
        except _LOST:
            raise
        except asyncpg.DiskFullError as error:
            self._full_until = time.monotonic() + _FULL_SECONDS
            raise NoRoom from error
        except asyncpg.PostgresError as error:
            # Only its first words: the rest may quote the row, and that is the mail.
            log.error("spool.refused", sqlstate=error.sqlstate, reason=str(error.args[0]))
            raise Unavailable from error
        except OSError as error:  # time-outs are of this family, too
            raise Unavailable from error


async def _keep_as_it_is(_connection: Any) -> None:
    return None
