"""Who of ours may hand over mail by signing in: the guard of the submission port on PostgreSQL.

Wrong passwords wait, and a right one never because of them: whoever knows the beginning of one
falls under a counter of its own, so that nobody locks out a mail program by guessing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime

from inbox.auth import throttle
from inbox.auth.mail_passwords import (
    find_mail_password,
    may_write_as,
    split,
    touch_mail_password,
)
from inbox.auth.passwords import MAX_BYTES, verify_password
from inbox.clock import utcnow
from inbox.intake.agent_flood import tell_of_flood
from inbox.model.flood import Amount, room
from inbox.store.engine import Database
from inbox.store.flood import sent_lately

_LONGEST_NAME = 320


class Submitters:
    """Looks names and mail passwords up. `too_soon` is what it raises for who has to wait."""

    def __init__(
        self,
        database: Database,
        *,
        too_soon: type[Exception],
        clock: Callable[[], datetime] = utcnow,
        most: Amount | None = None,
        domain: str | None = None,
    ) -> None:
        self._database = database
        self._most = most
        self._domain = domain
        self._too_soon = too_soon
        self._clock = clock
        self._told: dict[int, date] = {}

    async def enter(self, name: str, password: str, peer: str) -> int | None:
        """The one of us whose mail password this is; None for a wrong one."""
        if len(name) > _LONGEST_NAME or len(password) > MAX_BYTES or "\0" in name + password:
            name = password = ""
        now = self._clock()
        selector, secret = split(password)
        async with self._database.read() as db:
            found = await find_mail_password(db, name, selector, now=now)
            account = f"mail {selector if found else name}"
            limits = throttle.counters(account, peer, is_known=found is not None)
            wait = await throttle.wait_of(db, limits, now=now)
        if wait:
            raise self._too_soon
        is_right = await verify_password(secret, found.password_hash if found else None)
        if found is None or not is_right:
            async with self._database.write() as db:
                await throttle.failed(db, limits, now=now)
            return None
        if found.is_stale:
            async with self._database.write() as db:
                await touch_mail_password(db, found.id, now=now)
        return found.agent_id

    async def may_write_as(self, agent_id: int, sender: str) -> bool:
        """Whether this person may write to people outside from this address of ours."""
        async with self._database.read() as db:
            return await may_write_as(db, agent_id, sender)

    async def room(self, agent_id: int) -> int | None:
        """To how many outside one mail more may go; None where no mail more may come."""
        if self._most is None:
            return sys.maxsize
        async with self._database.read() as db:
            sent = await sent_lately(db, agent_id, domain=self._domain, now=self._clock())
        return room(sent, self._most)

    async def tell(self, agent_id: int) -> None:
        """Have it told, once a day, that this person sends more than one may."""
        today = self._clock().date()
        if self._told.get(agent_id) == today:
            return
        async with self._database.write() as db:
            await tell_of_flood(db, agent_id)
        self._told[agent_id] = today

    async def close(self) -> None:
        """Give back the connections."""
        await self._database.close()
