"""What somebody typed is read with what they know: our people, their mailboxes, their time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all

from inbox.model.viewer import Viewer
from inbox.model.zones import zone_called
from inbox.orders.names import Person
from inbox.search.reading import Known, read
from inbox.search.tree import Question
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, AgentAddress, Mailbox, MailboxAddress


async def question_of(db: Reader | Writer, viewer: Viewer, text: str, *, now: datetime) -> Question:
    """What a person looks for who types this. Of mailboxes that are not theirs nothing is known."""
    return read(text, await known_to(db, viewer, now=now))


async def known_to(db: Reader | Writer, viewer: Viewer, *, now: datetime) -> Known:
    """What a person's questions are understood with."""
    people, mailboxes = await _known(db, viewer)
    return Known(
        now=now,
        zone=zone_called(viewer.time_zone),
        language=viewer.language,
        me=viewer.id,
        people=people,
        mailboxes=mailboxes,
    )


async def _known(
    db: Reader | Writer, viewer: Viewer
) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Everybody of ours, those who have left as well: what they wrote is there."""
    agents = _named("agent", Agent, AgentAddress.address, AgentAddress.agent_id)
    mailboxes = _named("mailbox", Mailbox, MailboxAddress.address, MailboxAddress.mailbox_id).where(
        Mailbox.id.in_(viewer.mailboxes)
    )
    found: dict[str, list[Person]] = {"agent": [], "mailbox": []}
    for kind, one, name, addresses in await db.execute(union_all(agents, mailboxes)):
        found[kind].append(Person(id=one, name=name, addresses=tuple(addresses or ())))
    return tuple(found["agent"]), tuple(found["mailbox"])


def _named(kind: str, table: Any, address: Any, owner: Any) -> Any:
    addresses = select(func.array_agg(address)).where(owner == table.id).scalar_subquery()
    return select(literal(kind), table.id, table.name, addresses)
