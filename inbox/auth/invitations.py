"""Invitations: a right to choose a password that comes by mail, good once and for a week.

Only hashes are kept. A new one takes the place of the last, and a password that was set by another
way ends it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from inbox.auth.links import hash_of
from inbox.mail.ways_in import LENGTH
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Invitation

LIFE: Final = timedelta(days=7)


async def keep_invitation(db: Writer, agent_id: int, token: str, *, now: datetime) -> None:
    """Let this token, and none from before, choose the password of this person."""
    row = {"token_hash": hash_of(token), "created_at": now, "expires_at": now + LIFE}
    await db.execute(
        insert(Invitation)
        .values(agent_id=agent_id, **row)
        .on_conflict_do_update(index_elements=["agent_id"], set_=row)
    )


async def invited(db: Reader | Writer, token: str, *, now: datetime) -> int | None:
    """Whom the token invites; None where it opens nothing. Nothing changes by asking."""
    if len(token) != LENGTH:
        return None
    found = select(Invitation.agent_id).where(
        Invitation.token_hash == hash_of(token), Invitation.expires_at > now
    )
    return await db.scalar(found)


async def end_invitation(db: Writer, agent_id: int) -> bool:
    """What was sent to this person opens nothing any more; whether there was anything."""
    gone = delete(Invitation).where(Invitation.agent_id == agent_id)
    return await db.scalar(gone.returning(Invitation.agent_id)) is not None


async def invitations(db: Reader, *, now: datetime) -> dict[int, datetime]:
    """By person until when their invitation is good, of those that are."""
    rows = await db.execute(
        select(Invitation.agent_id, Invitation.expires_at).where(Invitation.expires_at > now)
    )
    return {row.agent_id: row.expires_at for row in rows}
