"""Guessing passwords becomes slow, and nobody is locked out by somebody else's guessing.

Failures are counted in three places: by account, by the peer's address, and, apart from both, by a
browser that has signed in to this account before. So a stranger who hammers at an account slows
down strangers only; its owner, on their own machine, signs in as ever.

An attempt counts as failed from its beginning until it has succeeded: else whoever makes a thousand
at once would not wait for the first of them.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Final

from sqlalchemy import delete, func, insert, select

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import LoginAttempt

WINDOW: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(seconds=60)
_KEPT: Final = timedelta(days=1)
_ALONE: Final = Statement("select pg_advisory_xact_lock(7210021, hashtext(:key))")


@dataclass(frozen=True, slots=True)
class Counter:
    """Where failures are counted, how many are free, and how the waits after them grow."""

    key: str
    free: int
    base: timedelta = timedelta(seconds=1)
    longest: timedelta = LONGEST
    window: timedelta = WINDOW


@dataclass(frozen=True, slots=True)
class Tries:
    """The failures of one counter within the window."""

    count: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """How long it has to wait; without that, the rows by which it counts as failed."""

    wait: timedelta
    rows: tuple[int, ...] = ()


def counters(account: str, peer: str, *, is_known: bool) -> tuple[Counter, ...]:
    """The counters that an attempt on an account (as it was typed) falls under."""
    name = sha256(account.strip().lower().encode()).hexdigest()[:32]
    if is_known:
        return (Counter(f"device:{name}", 5),)
    network = network_of(peer)
    by_account = Counter(f"account:{name}", 5)
    # A proxy on this machine makes every peer loopback: counting it would throttle everybody.
    return (by_account, Counter(f"peer:{network}", 50)) if network else (by_account,)


def by_peer(what: str, peer: str) -> Counter:
    """The counter of one address alone, for what nobody could guess anyway."""
    return Counter(f"{what}:{network_of(peer) or 'here'}", 20)


def delay(tries: Tries, limit: Counter, *, now: datetime) -> timedelta:
    """How long the next try has to wait: nothing at first, then doubling, up to a longest."""
    if tries.last is None or tries.count < limit.free:
        return timedelta()
    doubled: int = 2 ** min(tries.count - limit.free + 1, 10)
    pause = min(limit.base * doubled, limit.longest)
    return max(timedelta(), tries.last + pause - now)


async def attempt(db: Writer, limits: tuple[Counter, ...], *, now: datetime) -> Attempt:
    """Counts an attempt unless it has to wait; of many at once each sees those before it."""
    for key in sorted(limit.key for limit in limits):
        await _ALONE.rows(db, key=key)
    if wait := await wait_of(db, limits, now=now):
        return Attempt(wait)
    return Attempt(wait, await failed(db, limits, now=now))


async def succeeded(db: Writer, one: Attempt) -> None:
    """What counted as failed was right."""
    await db.execute(delete(LoginAttempt).where(LoginAttempt.id.in_(one.rows)))


async def wait_of(db: Reader | Writer, limits: tuple[Counter, ...], *, now: datetime) -> timedelta:
    """How long this attempt has to wait before a password is even looked at."""
    waits = [delay(await _tries(db, limit, now), limit, now=now) for limit in limits]
    return max(waits, default=timedelta())


async def failed(db: Writer, limits: tuple[Counter, ...], *, now: datetime) -> tuple[int, ...]:
    """Count a failure, by these rows, and forget those that no longer matter."""
    await db.execute(delete(LoginAttempt).where(LoginAttempt.at < now - _KEPT))
    if not limits:
        return ()
    rows = [{"key": limit.key, "at": now} for limit in limits]
    return tuple(await db.scalars(insert(LoginAttempt).returning(LoginAttempt.id), rows))


def device_proof(secret: bytes, agent_id: int, password_hash: str) -> str:
    """What a browser keeps after signing in; worthless after the password is changed."""
    text = f"device {agent_id} {password_hash}".encode()
    return hmac.new(secret, text, sha256).hexdigest()


async def _tries(db: Reader | Writer, limit: Counter, now: datetime) -> Tries:
    counted = select(func.count(), func.max(LoginAttempt.at)).where(
        LoginAttempt.key == limit.key, LoginAttempt.at > now - limit.window
    )
    count, last = (await db.execute(counted)).one()
    return Tries(count, last)


def network_of(peer: str) -> str:
    """What one peer can choose its address in; empty for this machine, and for what is none."""
    try:
        address = ip_address(peer)
    except ValueError:
        return ""
    if address.is_loopback:
        return ""
    # Whoever has one IPv6 address usually has the 2^64 beside it.
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)
