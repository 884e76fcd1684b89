"""Departments behind one address: who answers for them, and who waits to be confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import and_, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from inbox.model.conversation import Role
from inbox.store.engine import Reader, Writer
from inbox.store.tables import (
    Agent,
    AgentAddress,
    Held,
    ListMember,
    Mailbox,
    Message,
    Newcomer,
)

_MOST_ASKED: Final = 5  # administrators, of whom the first to decide does


async def remember_speaker(db: Writer, list_id: int, agent_id: int, *, now: datetime) -> bool:
    """From now on this person speaks for the department; False for who was removed from it."""
    row = {"list_id": list_id, "agent_id": agent_id, "created_at": now}
    await db.execute(insert(ListMember).values(row).on_conflict_do_nothing())
    member = await db.get_one(ListMember, (list_id, agent_id), populate_existing=True)
    return member.removed_at is None


async def speakers(db: Reader | Writer, list_id: int) -> list[Agent]:
    """Who has answered for a department, and may still, by name."""
    return list(
        await db.scalars(
            select(Agent)
            .join(ListMember, ListMember.agent_id == Agent.id)
            .where(
                ListMember.list_id == list_id,
                ListMember.removed_at.is_(None),
                Agent.disabled_at.is_(None),
            )
            .order_by(Agent.name)
        )
    )


async def once_speakers(db: Reader | Writer, list_id: int) -> list[tuple[ListMember, Agent]]:
    """Who speaks for a department and who did, by name."""
    rows = await db.execute(
        select(ListMember, Agent)
        .join(Agent, ListMember.agent_id == Agent.id)
        .where(ListMember.list_id == list_id)
        .order_by(Agent.name, Agent.id)
    )
    return [(row.ListMember, row.Agent) for row in rows]


async def departments(db: Reader | Writer) -> list[tuple[Agent, list[Agent]]]:
    """All of them that are not disabled, by name, each with who speaks for it."""
    speaker = aliased(Agent)
    rows = await db.execute(
        select(Agent, speaker)
        .outerjoin(
            ListMember, and_(ListMember.list_id == Agent.id, ListMember.removed_at.is_(None))
        )
        .outerjoin(speaker, and_(speaker.id == ListMember.agent_id, speaker.disabled_at.is_(None)))
        .where(Agent.is_list, Agent.disabled_at.is_(None))
        .order_by(Agent.name, Agent.id, speaker.name, speaker.id)
    )
    found: dict[int, tuple[Agent, list[Agent]]] = {}
    for department, person in rows:
        _, theirs = found.setdefault(department.id, (department, []))
        theirs += filter(None, [person])  # nobody may speak for it
    return list(found.values())


async def newcomer_of(
    db: Writer, address: str, name: str, list_id: int, *, now: datetime
) -> Newcomer:
    """The newcomer with this address, locked; made where there is none."""
    row = {"address": address, "name": name, "list_id": list_id, "created_at": now}
    await db.execute(insert(Newcomer).values(row).on_conflict_do_nothing())
    newcomer = await db.get_one(Newcomer, address, with_for_update=True, populate_existing=True)
    newcomer.list_id = newcomer.list_id or list_id  # who wrote to a customer before answers now
    return newcomer


async def newcomers(
    db: Reader | Writer, *, only_waiting: bool = True
) -> list[tuple[Newcomer, Agent | None]]:
    """Who waits to be confirmed, or whoever did, the oldest first, each with their department; None
    for who wrote to a customer, and waits until they are added.
    """
    wanted = (
        select(Newcomer, Agent)
        .outerjoin(Agent, Agent.id == Newcomer.list_id)
        .outerjoin(AgentAddress, AgentAddress.address == Newcomer.address)
        .where(or_(Newcomer.list_id.is_not(None), AgentAddress.address.is_(None)))
    )
    if only_waiting:
        wanted = wanted.where(Newcomer.state == "waiting")
    rows = await db.execute(wanted.order_by(Newcomer.created_at))
    return [(row.Newcomer, row.Agent) for row in rows]


async def stranger_of(
    db: Writer, address: str, name: str, message_id: int, *, now: datetime
) -> Newcomer:
    """Who wrote to a customer from an address of ours and is unknown; made where there is none."""
    row = {"address": address, "name": name, "message_id": message_id, "created_at": now}
    await db.execute(insert(Newcomer).values(row).on_conflict_do_nothing())
    return await db.get_one(Newcomer, address, populate_existing=True)


async def asked_since(db: Reader | Writer, since: datetime) -> int:
    """About how many newcomers administrators were asked since then."""
    return await db.scalar(select(func.count()).where(Newcomer.asked_at > since)) or 0


async def held_since(db: Reader | Writer, list_id: int, since: datetime) -> int:
    """How many answers to a department's notices were held since then."""
    found = select(func.count()).where(Held.agent_id == list_id, Held.created_at > since)
    return await db.scalar(found) or 0


async def administrators(db: Reader | Writer) -> list[Agent]:
    """Who is asked about newcomers."""
    return list(
        await db.scalars(
            select(Agent)
            .where(Agent.role == Role.ADMIN, Agent.disabled_at.is_(None))
            .order_by(Agent.id)
            .limit(_MOST_ASKED)
        )
    )


async def held_of(db: Writer, newcomer: Newcomer) -> list[tuple[Held, Message]]:
    """The answers of a newcomer that wait, the oldest first."""
    rows = await db.execute(
        select(Held, Message)
        .join(Message, Message.id == Held.message_id)
        .where(
            Held.agent_id == newcomer.list_id,
            Held.state == "waiting",
            Held.reasons.contains(["newcomer"]),
            Message.author_address == newcomer.address,
        )
        .order_by(Held.id)
        .with_for_update(of=Held)
    )
    return [(row.Held, row.Message) for row in rows]


async def house_addresses(db: Reader | Writer, list_id: int) -> list[str]:
    """Addresses that say which organisation a department is of: its own, and all mailboxes'."""
    rows = await db.scalars(
        select(Mailbox.address)
        .where(Mailbox.removed_at.is_(None))
        .union(select(Agent.email).where(Agent.id == list_id))
    )
    return list(rows)
