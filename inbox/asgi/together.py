"""Tells open pages who else is at a conversation: between processes by NOTIFY, stored nowhere.

What is told is asked for at that moment: whose session still lives, which mailboxes they have, in
which mailboxes a conversation is. Many changes together cost two questions.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import OrderedDict
from collections.abc import Collection
from math import ceil
from typing import Any, Final

from sqlalchemy import text

from inbox.asgi.presence import Board, Doing, Person, Sign, read_sign
from inbox.asgi.streams import Stream
from inbox.auth.sessions import SignedIn
from inbox.errors import TooOften
from inbox.jobs.waiting import first, pause
from inbox.log import get_logger
from inbox.store.engine import Database, Writer
from inbox.store.news import access_of, homes_of

log = get_logger("together")

CHANNEL: Final = "inbox_presence"
_LOOK_S: Final = 5.0
_GATHER_S: Final = 0.5
# A page says something every twenty seconds, and when it changes: this is a page in a hurry.
_MOST: Final = 20
_WITHIN_S: Final = 20.0
_REMEMBERED: Final = 5_000


class Together:
    """The board of this process, and who is told of it."""

    def __init__(self, database: Database, streams: Collection[Stream]) -> None:
        self._database, self._streams = database, streams
        self.board = Board()
        self._pace = Pace()
        self._woken = asyncio.Event()

    def check_pace(self, agent: int) -> None:
        """Raises TooOften for who says more than pages do."""
        if seconds := self._pace.wait(agent, time.monotonic()):
            raise TooOften(seconds=seconds)

    def hear(self, payload: str) -> None:
        """What a page of any process says."""
        sign = read_sign(payload) if payload else None
        if sign and self.board.hear(sign, time.monotonic()):
            self._woken.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Tell what changes until `stop` is set."""
        while not stop.is_set():
            await first(self._woken.wait(), stop.wait(), asyncio.sleep(_LOOK_S))
            self._woken.clear()
            self.board.expire(time.monotonic())
            try:
                await self._tell(self.board.changed())
            except Exception as error:  # whatever it is, the next change wants to be told
                log.warning("together.untold", error=type(error).__name__)
            await pause(stop, _GATHER_S)

    async def first_line(self, signed: SignedIn) -> str:
        """Who is where, for a page that begins to listen; empty where nobody is."""
        if not (conversations := self.board.conversations):
            return ""
        async with self._database.read() as db:
            homes = await homes_of(db, conversations)
        return _line(signed, signed.viewer.mailboxes, homes, self.board.people(conversations))

    async def _tell(self, changed: set[int]) -> None:
        if not changed or not self._streams:
            return
        async with self._database.read() as db:
            access = await access_of(db, {one.signed.token_hash for one in self._streams})
            homes = await homes_of(db, changed)
        people = self.board.people(changed)
        for stream in list(self._streams):
            rights = access.get(stream.signed.token_hash)
            if rights is None:  # signed out, or disabled, since the stream began
                stream.tell(None)
            elif line := _line(stream.signed, rights.mailboxes, homes, people):
                stream.tell(line)


async def say(db: Writer, sign: Sign) -> None:
    """Tell all web processes what a page says, once this transaction ends."""
    # Nothing is written that a crash could lose, and the lock of NOTIFY is held until the commit
    # is on disk, were it waited for.
    await db.execute(text("set local synchronous_commit = off"))
    await db.execute(
        text("select pg_notify(:channel, :sign)"), {"channel": CHANNEL, "sign": sign.written()}
    )


class Pace:
    """Counts what each person's pages say. Times are seconds of one clock."""

    def __init__(self) -> None:
        self._said: OrderedDict[int, tuple[float, int]] = OrderedDict()

    def wait(self, agent: int, now: float) -> int:
        """The seconds until one more may be said: 0 for at once. An old count begins anew."""
        began, count = self._said.pop(agent, (now, 0))
        if now - began > _WITHIN_S:
            began, count = now, 0
        self._said[agent] = (began, count + 1)
        if len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)
        return 0 if count < _MOST else max(1, ceil(began + _WITHIN_S - now))


def _line(
    signed: SignedIn,
    mailboxes: frozenset[int],
    homes: dict[int, frozenset[int]],
    people: dict[int, list[Person]],
) -> str:
    told = [
        {"conversation": one, "people": _others(there, signed.viewer.id)}
        for one, there in people.items()
        if homes.get(one, frozenset()) & mailboxes
    ]
    return f"event: together\ndata: {json.dumps(told)}\n\n" if told else ""


def _others(people: list[Person], me: int) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "doing": Doing.WRITING if one.is_writing else Doing.LOOKING}
        for one in people
        if one.id != me
    ]
