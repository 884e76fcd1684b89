"""The verbs by which people come to speak for a department behind one address, and cease to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from inbox.errors import Invalid, NotFound
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent, ListMember


async def the_department(db: Reader | Writer, address: str) -> Agent:
    """The department with this address. Raises NotFound."""
    found = await agent_by_address(db, address)
    if found is None or not found.is_list:
        raise NotFound(Refusal.NO_SUCH_DEPARTMENT, address=address)
    return found


async def add_speaker(db: Writer, department: Agent, person: Agent, *, now: datetime) -> None:
    """Whoever it is speaks for the department from now on, also who was removed before.

    Raises Invalid for a department.
    """
    if person.is_list:
        raise Invalid(Refusal.A_LIST, address=person.email)
    row = {"list_id": department.id, "agent_id": person.id, "created_at": now}
    await db.execute(
        insert(ListMember)
        .values(row)
        .on_conflict_do_update(
            index_elements=[ListMember.list_id, ListMember.agent_id], set_={"removed_at": None}
        )
    )


async def remove_speaker(db: Writer, department: Agent, person: Agent, *, now: datetime) -> None:
    """They speak for the department no more, and do not again by answering what it gets.

    Raises NotFound for who does not.
    """
    gone = await db.execute(
        update(ListMember)
        .where(
            ListMember.list_id == department.id,
            ListMember.agent_id == person.id,
            ListMember.removed_at.is_(None),
        )
        .values(removed_at=now)
        .returning(ListMember.agent_id)
    )
    if gone.scalar_one_or_none() is None:
        raise NotFound(Refusal.NO_SPEAKER, address=person.email, department=department.name)
