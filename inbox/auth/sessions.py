"""Signed-in browsers: 256 random bits in a cookie, their SHA-256 in the table `session`."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_bytes, token_urlsafe
from typing import Final

from sqlalchemy import bindparam, delete, exists, select, update

from inbox.auth.permissions import may_sign_in
from inbox.auth.second_step import asked_for
from inbox.auth.viewers import VIEWER, viewer_of
from inbox.errors import NotFound
from inbox.model.viewer import Viewer
from inbox.store.engine import Database, Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, Session

LIFETIME: Final = timedelta(days=14)
_TOUCH: Final = timedelta(minutes=10)
_TOKEN_LENGTH: Final = 43


class How(StrEnum):
    """By which way somebody came in."""

    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    LINK = "link"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a request comes from, and whether their session should be marked as in use."""

    viewer: Viewer
    token: str
    is_stale: bool
    how: How = How.PASSWORD
    since: datetime | None = None
    has_second_step: bool = True  # a code was asked for, or the provider sees to that

    @property
    def token_hash(self) -> bytes:
        """The name of the session in the table."""
        return hash_session(self.token)


def hash_session(token: str) -> bytes:
    """The only form in which a session's token is stored."""
    return sha256(token.encode()).digest()


async def start(
    db: Writer,
    agent_id: int,
    *,
    now: datetime,
    how: How = How.PASSWORD,
    peer: str = "",
    user_agent: str = "",
    old: str = "",
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
            how=how,
        )
    )
    return token


# Made once: every request asks for it, and making it takes longer than its answer.
_HOLDER: Final = Statement.of(
    select(
        *VIEWER,
        Session.how,
        Session.created_at.label("since"),
        Session.last_seen_at,
        asked_for(Agent.id).label("is_asked"),
    )
    .join(Session, Session.agent_id == Agent.id)
    .where(Session.token_hash == bindparam("token_hash"), Session.expires_at > bindparam("now"))
    .where(Agent.disabled_at.is_(None))
)


async def find(database: Database, token: str, *, now: datetime) -> SignedIn | None:
    """Who holds this token now: None when it is unknown, ended, or the person is disabled."""
    if len(token) != _TOKEN_LENGTH:
        return None
    found = await _HOLDER.at_once(database, token_hash=hash_session(token), now=now)
    if not found:
        return None
    [row] = found
    viewer = viewer_of(row)
    if not may_sign_in(viewer.role):
        return None
    return SignedIn(
        viewer,
        token,
        is_stale=now - row["last_seen_at"] > _TOUCH,
        how=How(row["how"]),
        since=row["since"],
        has_second_step=row["is_asked"] or row["how"] == How.PROVIDER,
    )


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


async def end_all(db: Writer, agent_id: int, *, but: str = "") -> None:
    """End every session of a person: after a new password, or when they are disabled.

    `but`: the token of the one that goes on.
    """
    gone = delete(Session).where(Session.agent_id == agent_id)
    await db.execute(gone.where(Session.token_hash != hash_session(but)) if but else gone)


async def is_anywhere(db: Reader | Writer, agent_id: int) -> bool:
    """Whether a person has a session in any browser, be it one that has run out."""
    return bool(await db.scalar(select(exists().where(Session.agent_id == agent_id))))


async def sessions_of(db: Reader, agent_id: int, *, now: datetime) -> list[Session]:
    """Where a person is signed in, the one in use last before others."""
    found = select(Session).where(Session.agent_id == agent_id, Session.expires_at > now)
    return list(await db.scalars(found.order_by(Session.last_seen_at.desc())))


async def end_named(db: Writer, agent_id: int, name: str) -> None:
    """End one session of this person by its `name_of`. Raises NotFound."""
    for session in await db.scalars(select(Session).where(Session.agent_id == agent_id)):
        if name_of(session.token_hash) == name:
            await db.delete(session)
            return
    raise NotFound


def name_of(token_hash: bytes) -> str:
    """How a page calls a session: says nothing of its token, not even of what is stored of it."""
    return sha256(b"session " + token_hash).hexdigest()[:20]


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
