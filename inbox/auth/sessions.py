"""Signed-in browsers: 256 random bits in a cookie, their SHA-256 in the table `session`."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_bytes, token_urlsafe
from typing import Final

from sqlalchemy import delete, select, update

from inbox.auth.permissions import may_sign_in
from inbox.auth.viewers import VIEWER, viewer_of
from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Session

LIFETIME: Final = timedelta(days=14)
_TOUCH: Final = timedelta(minutes=10)
_TOKEN_LENGTH: Final = 43


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a request comes from, and whether their session should be marked as in use."""

    viewer: Viewer
    token: str
    is_stale: bool

    @property
    def token_hash(self) -> bytes:
        """The name of the session in the table."""
        return hash_session(self.token)


def hash_session(token: str) -> bytes:
    """The only form in which a session's token is stored."""
    return sha256(token.encode()).digest()


async def start(
    db: Writer, agent_id: int, *, now: datetime, peer: str = "", user_agent: str = "", old: str = ""
) -> str:
    """A new session's token; the browser's former session, if any, ends with it."""
    if old:
        await end(db, old)
    await db.execute(delete(Session).where(Session.expires_at < now))
    token = token_urlsafe(32)
    db.add(
        Session(
            token_hash=hash_session(token),
            agent_id=agent_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LIFETIME,
            peer=peer[:64],
            user_agent=user_agent[:200],
        )
    )
    return token


async def find(db: Reader, token: str, *, now: datetime) -> SignedIn | None:
    """Who holds this token now: None when it is unknown, ended, or the person is disabled."""
    if len(token) != _TOKEN_LENGTH:
        return None
    row = (
        await db.execute(
            select(*VIEWER, Session.last_seen_at)
            .join(Session, Session.agent_id == Agent.id)
            .where(Session.token_hash == hash_session(token), Session.expires_at > now)
            .where(Agent.disabled_at.is_(None))
        )
    ).one_or_none()
    if row is None:
        return None
    viewer = viewer_of(row)
    if not may_sign_in(viewer.role):
        return None
    return SignedIn(viewer, token, is_stale=now - row.last_seen_at > _TOUCH)


async def touch(db: Writer, token: str, *, now: datetime) -> None:
    """Keep a session that is in use alive."""
    await db.execute(
        update(Session)
        .where(Session.token_hash == hash_session(token))
        .values(last_seen_at=now, expires_at=now + LIFETIME)
    )


async def end(db: Writer, token: str) -> None:
    """End one session, at once and for every process."""
    await db.execute(delete(Session).where(Session.token_hash == hash_session(token)))


async def end_all(db: Writer, agent_id: int) -> None:
    """End every session of a person: after a new password, or when they are disabled."""
    await db.execute(delete(Session).where(Session.agent_id == agent_id))


def form_token(session: str) -> str:
    """A token for the forms of a session's pages; looks different on every page (BREACH)."""
    pad = token_bytes(32)
    masked = bytes(a ^ b for a, b in zip(pad, _form_key(session), strict=True))
    return urlsafe_b64encode(pad + masked).decode().rstrip("=")


def is_form_token(session: str, given: str) -> bool:
    """Whether a form came from a page of this session."""
    try:
        both = urlsafe_b64decode(given + "=" * (-len(given) % 4))
    except ValueError:
        return False
    if len(both) != 64:
        return False
    key = bytes(a ^ b for a, b in zip(both[:32], both[32:], strict=True))
    return hmac.compare_digest(key, _form_key(session))


def _form_key(session: str) -> bytes:
    return hmac.new(session.encode(), b"forms", sha256).digest()
