"""How all mails about one conversation become one thread in the reader's program.

First stands the conversation's own first mail, which is the same for everybody and for ever, then
the newest mails that this reader had from us: some programs thread only by what they have.
"""

from __future__ import annotations

from inbox.mail.ids import new_message_id
from inbox.mail.wire import is_id
from inbox.outbound.keyed import derived
from inbox.store.engine import Reader
from inbox.store.statement import Statement
from inbox.store.tables import Outbound

_MOST = 10
_KINDS = ("notice", "asked", "held", "failure", "here", "held_more", "outcome", "done")

# Not the one that arrived first: an older mail may be taken in later, and this is for ever.
_FIRST = Statement("""
select message_id from message where conversation_id = :conversation_id order by id limit 1
""")
_EARLIER = Statement("""
select header_id from outbound
 where conversation_id = :conversation_id and agent_id = :agent_id and id < :id
   and kind = any(cast(:kinds as text[]))
 order by id desc limit :most
""")


async def lineage(db: Reader, outbound: Outbound, secret: bytes) -> tuple[str, ...]:
    """The References of a mail to one of us, oldest first, without its own id."""
    conversation_id = outbound.conversation_id
    first = await _FIRST.rows(db, conversation_id=conversation_id)
    earlier = await _EARLIER.rows(
        db,
        conversation_id=conversation_id,
        agent_id=outbound.agent_id,
        kinds=list(_KINDS),
        id=outbound.id,
        most=_MOST,
    )
    root = first[0]["message_id"] if first else ""
    return (_root(root, outbound, secret), *(row["header_id"] for row in reversed(earlier)))


def _root(first: str, outbound: Outbound, secret: bytes) -> str:
    if is_id(first):
        return first
    domain = outbound.header_id.rpartition("@")[2]
    return new_message_id(domain, secret, derived(secret, "root", outbound.conversation_id or 0))
