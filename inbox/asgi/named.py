"""People and mailboxes of the house by the number in an address."""

from __future__ import annotations

from inbox.errors import NotFound
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox


async def person_of(db: Reader | Writer, agent_id: int) -> Agent:
    """One of ours. Raises NotFound."""
    agent = await db.get(Agent, agent_id) if 0 < agent_id < 1 << 62 else None
    if agent is None:
        raise NotFound
    return agent


async def mailbox_of(db: Reader | Writer, mailbox_id: int) -> Mailbox:
    """A mailbox that takes mail. Raises NotFound."""
    mailbox = await db.get(Mailbox, mailbox_id) if 0 < mailbox_id < 1 << 62 else None
    if mailbox is None or mailbox.removed_at is not None:
        raise NotFound
    return mailbox
