"""The very first start: who holds the token that `inbox serve` prints makes the administrator."""

from __future__ import annotations

import hmac
from hashlib import sha256

from sqlalchemy import exists, select, text

from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent


def setup_token(secret: bytes) -> str:
    """The token of the set-up page: known to who can read our log or database, to nobody else."""
    # Always asked for, also of loopback: behind a proxy on this machine everybody is that, and a
    # page elsewhere can reach loopback through its visitor's browser (DNS rebinding).
    return hmac.new(secret, b"set-up", sha256).hexdigest()[:32]


def is_setup_token(secret: bytes, given: str) -> bool:
    """Whether this is the token of the set-up page."""
    return hmac.compare_digest(setup_token(secret).encode(), given.encode())


async def is_first_start(db: Reader | Writer) -> bool:
    """Whether there is nobody of ours yet."""
    return not await db.scalar(select(exists().where(Agent.id.is_not(None))))


async def claim_first_start(db: Writer) -> bool:
    """The same, but only one transaction at a time gets to ask."""
    await db.execute(text("select pg_advisory_xact_lock(7210011)"))
    return await is_first_start(db)
