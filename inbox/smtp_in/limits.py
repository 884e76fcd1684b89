"""How much one peer, and all peers together, may ask of a receiver."""

from __future__ import annotations

import asyncio
import contextlib
import resource
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Seconds, counts and octets; the defaults are Postfix's where it has one."""

    message_bytes: int = 36_700_160
    bytes_in_flight: int = 256 << 20  # of all mails that are being received or committed
    connections: int = 400
    connections_per_address: int = 50  # an IPv6 customer has a /64, so that counts as one
    recipients: int = 1000
    errors: int = 20
    junk_commands: int = 100  # NOOP, RSET, VRFY, repeated EHLO between two mails
    hops: int = 50
    command_octets: int = 2048
    idle_seconds: float = 300  # RFC 5321 §4.5.3.2.7
    idle_seconds_under_stress: float = 15
    # How long a peer may lag behind `data_bytes_per_second`: by progress, so that a large mail over
    # a thin line gets through, while one byte a second does not.
    data_lag_seconds: float = 60
    data_bytes_per_second: int = 500
    commit_seconds: float = 240  # RFC 5321 §4.5.3.2.6: the peer waits ten minutes
    session_seconds: float = 1800
    drain_seconds: float = 7


class Session(Protocol):
    """A connection that can be asked to end."""

    def retire(self) -> None:
        """Say 421 and close if nothing is under way; else end after the running command."""

    def abort(self) -> None:
        """Drop the connection now."""


@dataclass(slots=True)
class Gate:
    """Counts what is inside: sessions, sessions per address, bytes, running commits."""

    limits: Limits
    draining: bool = False
    bytes_in_flight: int = 0
    sessions: set[Session] = field(default_factory=set)
    _addresses: Counter[str] = field(default_factory=Counter)
    _commits: set[asyncio.Task[None]] = field(default_factory=set)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def enter(self, session: Session, peer: str) -> bool:
        """Let a session in, or say False: too many of them, or of its address."""
        key = address_key(peer)
        if self.draining or len(self.sessions) >= self._capacity():
            return False
        if self._addresses[key] >= self.limits.connections_per_address:
            return False
        self.sessions.add(session)
        self._addresses[key] += 1
        return True

    def leave(self, session: Session, peer: str) -> None:
        """Count a session out again."""
        self.sessions.discard(session)
        key = address_key(peer)
        self._addresses[key] -= 1
        if self._addresses[key] <= 0:
            del self._addresses[key]
        self._changed.set()

    def patience(self) -> float:
        """Seconds to wait for a command: few when most places are taken (Postfix's stress mode)."""
        if len(self.sessions) * 2 > self._capacity():
            return self.limits.idle_seconds_under_stress
        return self.limits.idle_seconds

    def take(self, size: int) -> bool:
        """Reserve memory for `size` bytes, or say False when too much is under way."""
        if self.bytes_in_flight + size > self.limits.bytes_in_flight:
            return False
        self.bytes_in_flight += size
        return True

    def give(self, size: int) -> None:
        """Give reserved memory back."""
        self.bytes_in_flight -= size

    def start(self, commit: Coroutine[None, None, None], size: int) -> asyncio.Task[None]:
        """Run a commit that outlives its connection; `size` bytes are given back when it ends."""
        task = asyncio.ensure_future(commit)
        self._commits.add(task)

        def ended(task: asyncio.Task[None]) -> None:
            self._commits.discard(task)
            self.give(size)
            if not task.cancelled():
                task.exception()  # the session logs it, unless its peer is gone
            self._changed.set()

        task.add_done_callback(ended)
        return task

    async def drained(self) -> None:
        """Ask every session to end; give running mails `drain_seconds`, then drop the rest."""
        self.draining = True
        for session in tuple(self.sessions):
            session.retire()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.drain_seconds):
                while self.sessions or self._commits:
                    self._changed.clear()
                    await self._changed.wait()
        for session in tuple(self.sessions):
            session.abort()
        for task in tuple(self._commits):
            task.cancel()

    def _capacity(self) -> int:
        return self.limits.connections


def address_key(peer: str) -> str:
    """What counts as one address: an IPv4 address, an IPv6 /64, anything else as it is."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((address, 64), strict=False))


def affordable(connections: int) -> int:
    """At most as many connections as this process may have files, with some to spare."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files == resource.RLIM_INFINITY:
        return connections
    return max(1, min(connections, files - 64))
