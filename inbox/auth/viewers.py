"""A person as every request is asked with them: read anew each time, so that rights end at once."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row, func, select

from inbox.model.conversation import Role
from inbox.model.lists import Density, Order
from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox, Membership

_MAILBOXES: Final = (
    select(func.array_agg(Membership.mailbox_id))
    .where(Membership.agent_id == Agent.id)
    .scalar_subquery()
    .label("mailbox_ids")
)
_ZONE: Final = (
    select(Mailbox.time_zone)
    .join(Membership, Membership.mailbox_id == Mailbox.id)
    .where(Membership.agent_id == Agent.id)
    .order_by(Mailbox.id)
    .limit(1)
    .scalar_subquery()
    .label("time_zone")
)
# What a query has to read of the person whom it finds.
VIEWER: Final = (Agent, _MAILBOXES, _ZONE)


async def viewer_of_agent(db: Reader | Writer, agent_id: int) -> Viewer:
    """The person as they are at this moment."""
    row = (await db.execute(select(*VIEWER).where(Agent.id == agent_id))).one()
    return viewer_of(row)


def viewer_of(row: Row[Any]) -> Viewer:
    """The person in a row that begins with the columns of `VIEWER`."""
    agent = row.Agent
    # Whatever memberships they have: a colleague sees what they are drawn into, by mail.
    mailboxes = () if agent.role == Role.COLLEAGUE else row.mailbox_ids or ()
    return Viewer(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        role=Role(agent.role),
        language=agent.language,
        time_zone=agent.time_zone or row.time_zone or "UTC",
        sound=agent.sound,
        desktop=agent.desktop,
        markdown=agent.markdown,
        order=Order(agent.list_order),
        density=Density(agent.list_density),
        mailboxes=frozenset(mailboxes),
    )
