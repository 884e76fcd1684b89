"""Whom the organisation's provider means: learned once from an address, by its own id from then on.

An address at the provider may be given to somebody else later; the id of a person never is.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, exists, select

from inbox.auth.provider import Claims
from inbox.store.engine import Reader, Writer
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent, ProviderIdentity


async def whom(db: Writer, issuer: str, claims: Claims, *, now: datetime) -> Agent | None:
    """The person of ours; None where the provider means nobody whom we know. Nobody is made."""
    known = await db.get(ProviderIdentity, (issuer, claims.subject))
    if known is not None:
        known.used_at = now
        return await db.get(Agent, known.agent_id)
    agent = await agent_by_address(db, claims.email) if claims.is_verified else None
    if agent is None or await identity_of(db, issuer, agent.id):
        return None
    db.add(
        ProviderIdentity(
            issuer=issuer,
            subject=claims.subject,
            agent_id=agent.id,
            address=claims.email,
            created_at=now,
            used_at=now,
        )
    )
    return agent


async def identity_of(db: Reader | Writer, issuer: str, agent_id: int) -> ProviderIdentity | None:
    """Who this person is at the provider, where that is known."""
    return await db.scalar(
        select(ProviderIdentity).where(
            ProviderIdentity.issuer == issuer, ProviderIdentity.agent_id == agent_id
        )
    )


async def forget_identities(db: Writer, agent_id: int) -> None:
    """Begin anew: their next visit from the provider is known by their address again."""
    await db.execute(delete(ProviderIdentity).where(ProviderIdentity.agent_id == agent_id))


async def has_identity(db: Reader, agent_id: int) -> bool:
    """Whether this person is known at any provider."""
    found = select(exists().where(ProviderIdentity.agent_id == agent_id))
    return bool(await db.scalar(found))
