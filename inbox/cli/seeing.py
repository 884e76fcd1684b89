"""What a command sees: everything, or what one of us may."""

from __future__ import annotations

from sqlalchemy import select

from inbox.auth.viewers import viewer_of_agent
from inbox.desk.people import the_agent
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Mailbox


async def seen_by(db: Reader | Writer, email: str) -> Viewer:
    """The person of this address, as they see it; without one, nobody who sees all mailboxes."""
    if email:
        return await viewer_of_agent(db, (await the_agent(db, email)).id)
    everywhere = frozenset(await db.scalars(select(Mailbox.id)))
    return Viewer(id=0, name="", email="", role=Role.ADMIN, mailboxes=everywhere)
