"""How all mails about one conversation become one thread in the reader's program.

First stands the conversation's own first mail, which is the same for everybody and for ever, then
the newest mails that this reader had from us: some programs thread only by what they have.
"""

from __future__ import annotations

from sqlalchemy import select

from inbox.mail.ids import new_message_id
from inbox.mail.wire import is_id
from inbox.outbound.keyed import derived
from inbox.store.engine import Reader
from inbox.store.tables import Message, Outbound

_MOST = 10
_KINDS = ("notice", "asked", "held", "failure", "here", "held_more", "outcome", "done")


async def lineage(db: Reader, outbound: Outbound, secret: bytes) -> tuple[str, ...]:
    """The References of a mail to one of us, oldest first, without its own id."""
    first = await db.scalar(
        select(Message.message_id)
        .where(Message.conversation_id == outbound.conversation_id)
        .order_by(Message.id)
        .limit(1)
    )
    rows = await db.scalars(
        select(Outbound.header_id)
        .where(
            Outbound.conversation_id == outbound.conversation_id,
            Outbound.agent_id == outbound.agent_id,
            Outbound.kind.in_(_KINDS),
            Outbound.id < outbound.id,
        )
        .order_by(Outbound.id.desc())
        .limit(_MOST)
    )
    return (_root(first or "", outbound, secret), *reversed(list(rows)))


def _root(first: str, outbound: Outbound, secret: bytes) -> str:
    if is_id(first):
        return first
    domain = outbound.header_id.rpartition("@")[2]
    return new_message_id(domain, secret, derived(secret, "root", outbound.conversation_id or 0))
