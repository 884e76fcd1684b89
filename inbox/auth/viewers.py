"""A person as every request is asked with them: read anew each time, so that rights end at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from inbox.model.conversation import Role
from inbox.model.lists import Density, Order
from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
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
    .label("mailbox_zone")
)
# What a query has to read of the person whom it finds.
VIEWER: Final = (
    Agent.id,
    Agent.name,
    Agent.email,
    Agent.role,
    Agent.language,
    Agent.time_zone,
    Agent.sound,
    Agent.desktop,
    Agent.markdown,
    Agent.list_order,
    Agent.list_density,
    _MAILBOXES,
    _ZONE,
)
_ONE: Final = Statement.of(select(*VIEWER).where(Agent.id == bindparam("agent")))


async def viewer_of_agent(db: Reader | Writer, agent_id: int) -> Viewer:
    """The person as they are at this moment."""
    [row] = await _ONE.rows(db, agent=agent_id)
    return viewer_of(row)


def viewer_of(row: Mapping[str, Any]) -> Viewer:
    """The person in a row that has the columns of `VIEWER`."""
    # Whatever memberships they have: a colleague sees what they are drawn into, by mail.
    mailboxes = () if row["role"] == Role.COLLEAGUE else row["mailbox_ids"] or ()
    return Viewer(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        role=Role(row["role"]),
        language=row["language"],
        time_zone=row["time_zone"] or row["mailbox_zone"] or "UTC",
        sound=row["sound"],
        desktop=row["desktop"],
        markdown=row["markdown"],
        order=Order(row["list_order"]),
        density=Density(row["list_density"]),
        mailboxes=frozenset(mailboxes),
    )
