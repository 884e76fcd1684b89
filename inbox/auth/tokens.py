"""Tokens of programs: 256 random bits shown once, their SHA-256 in the table `api_token`.

A token has the rights of its agent at this moment, never more, and ends with their access.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import bindparam, select, update

from inbox.auth.permissions import may_sign_in
from inbox.auth.viewers import VIEWER, viewer_of
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, ApiToken

# So that people, and programs that look for secrets in code, know it when they see it.
PREFIX: Final = "inbox_"
_LENGTH: Final = len(PREFIX) + 43
_TOUCH: Final = timedelta(hours=1)
_LONGEST_NAME: Final = 100
_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token it is, and whether it should be marked as in use."""

    viewer: Viewer
    token_id: int
    is_stale: bool


async def create_token(db: Writer, agent: Agent, name: str, *, now: datetime) -> str:
    """A new token of this agent, to be shown once; its name tells tokens apart.

    Raises Invalid for a name that is none, or a person whom nothing is open; Conflict for a name
    that another token of theirs has.
    """
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid(Refusal.PROGRAM_NAME)
    if agent.disabled_at is not None or not may_sign_in(Role(agent.role)):
        raise Invalid(f"{agent.email} may do nothing that a token could be for")
    if await _standing(db, agent, name):
        raise Conflict(Refusal.PROGRAM_TAKEN, name=name)
    if len(await tokens_of(db, agent)) >= _MOST:
        raise Conflict(Refusal.PROGRAM_MANY, most=_MOST)
    token = PREFIX + token_urlsafe(32)
    db.add(ApiToken(agent_id=agent.id, name=name, token_hash=_hashed(token), created_at=now))
    await db.flush()
    return token


async def revoke_token(db: Writer, agent: Agent, name: str, *, now: datetime) -> ApiToken:
    """End a token, at once and for every process. Raises NotFound."""
    token = await _standing(db, agent, " ".join(name.split()))
    if token is None:
        raise NotFound(Refusal.NO_SUCH_PROGRAM, name=name)
    token.revoked_at = now
    return token


async def tokens(db: Reader) -> list[tuple[ApiToken, Agent]]:
    """All tokens that were not revoked, with their agents, the oldest first."""
    rows = await db.execute(
        select(ApiToken, Agent)
        .join(Agent, Agent.id == ApiToken.agent_id)
        .where(ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id)
    )
    return [(row.ApiToken, row.Agent) for row in rows]


async def tokens_of(db: Reader | Writer, agent: Agent) -> list[ApiToken]:
    """Those of this person that were not revoked, the oldest first."""
    rows = await db.scalars(
        select(ApiToken)
        .where(ApiToken.agent_id == agent.id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id)
    )
    return list(rows)


_HOLDER: Final = Statement.of(
    select(*VIEWER, ApiToken.id.label("token_id"), ApiToken.used_at)
    .join(ApiToken, ApiToken.agent_id == Agent.id)
    .where(ApiToken.token_hash == bindparam("token_hash"), ApiToken.revoked_at.is_(None))
    .where(Agent.disabled_at.is_(None))
)


async def find_holder(db: Reader, token: str, *, now: datetime) -> Holder | None:
    """Whose token this is: None when it is unknown, revoked, or the person is disabled."""
    if len(token) != _LENGTH or not token.startswith(PREFIX):
        return None
    found = await _HOLDER.rows(db, token_hash=_hashed(token))
    if not found:
        return None
    [row] = found
    is_stale = row["used_at"] is None or now - row["used_at"] > _TOUCH
    return Holder(viewer_of(row), row["token_id"], is_stale)


async def touch_token(db: Writer, token_id: int, *, now: datetime) -> None:
    """Remember that a token is in use."""
    await db.execute(update(ApiToken).where(ApiToken.id == token_id).values(used_at=now))


async def _standing(db: Reader | Writer, agent: Agent, name: str) -> ApiToken | None:
    return await db.scalar(
        select(ApiToken).where(
            ApiToken.agent_id == agent.id, ApiToken.name == name, ApiToken.revoked_at.is_(None)
        )
    )


def _hashed(token: str) -> bytes:
    return sha256(token.encode()).digest()
