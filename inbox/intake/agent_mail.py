"""Mail of our own people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from inbox.desk.letter import Kept, Letter
from inbox.intake.arrival import MailboxFacts
from inbox.jobs.registry import Context
from inbox.store.engine import Writer


async def take_from_agent(
    db: Writer,
    letter: Letter,
    mailbox: MailboxFacts,
    *,
    context: Context,
    now: datetime,
    rng: Callable[[int], bytes],
) -> Kept | None:
    """None for mail of everybody else."""
    return None
