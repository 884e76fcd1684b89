"""Signing in by a link that was sent by mail: once, soon, and in the browser that asked for it.

What looks at the link beforehand changes nothing by it. Only hashes are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, delete, select

from inbox.auth.throttle import Counter, network_of
from inbox.mail.ways_in import LENGTH
from inbox.model.address import normalize
from inbox.store.engine import Reader, Writer
from inbox.store.tables import SignInLink

LIFE: Final = timedelta(minutes=15)
_MINUTE: Final = timedelta(minutes=1)
_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opened:
    """Whom a link lets in, and where they wanted to go."""

    agent_id: int
    target: str


def hash_of(secret: str) -> bytes:
    """The only form in which a link, or the browser that asked for it, is stored."""
    return sha256(secret.encode()).digest()


async def keep_link(
    db: Writer, agent_id: int, token: str, *, browser_hash: bytes, target: str, now: datetime
) -> None:
    """Let this token open, in this browser, for as long as a link lives."""
    await db.execute(delete(SignInLink).where(SignInLink.expires_at < now))
    db.add(
        SignInLink(
            token_hash=hash_of(token),
            browser_hash=browser_hash,
            agent_id=agent_id,
            target=target,
            created_at=now,
            expires_at=now + LIFE,
        )
    )


async def is_good(db: Reader, token: str, browser: str, *, now: datetime) -> bool:
    """Whether the link would open in this browser now; nothing changes by asking."""
    if not _is_whole(token, browser):
        return False
    found = select(SignInLink.agent_id).where(*_this(token, browser, now))
    return await db.scalar(found) is not None


async def use_link(db: Writer, token: str, browser: str, *, now: datetime) -> Opened | None:
    """Open it, once: it and all others of this person are gone. None where it does not open."""
    if not _is_whole(token, browser):
        return None
    gone = delete(SignInLink).where(*_this(token, browser, now))
    row = (await db.execute(gone.returning(SignInLink.agent_id, SignInLink.target))).one_or_none()
    if row is None:
        return None
    await db.execute(delete(SignInLink).where(SignInLink.agent_id == row.agent_id))
    return Opened(row.agent_id, row.target)


def mails_to(address: str, peer: str, *, is_known: bool) -> tuple[Counter, ...]:
    """The counters of mails with links to an address, whoever's it is.

    One network alone cannot use up what an address gets, and a browser that its owner has signed
    in with counts apart from all.
    """
    name = sha256(normalize(address).encode()).hexdigest()[:32]
    if is_known:
        return (Counter(f"link-device:{name}", 5, _MINUTE, _QUARTER, _HOUR),)
    network = network_of(peer) or "here"
    return (
        Counter(f"link:{name}", 20, _MINUTE, _QUARTER, _HOUR),
        Counter(f"link:{name}:{network}", 3, _MINUTE, _HOUR, _DAY),
    )


def _this(token: str, browser: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        SignInLink.token_hash == hash_of(token),
        SignInLink.browser_hash == hash_of(browser),
        SignInLink.expires_at > now,
    )


def _is_whole(token: str, browser: str) -> bool:
    return len(token) == LENGTH and bool(browser)
