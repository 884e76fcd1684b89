"""Who wrote as one of ours and is unknown, as far as whoever asks may know of it."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.auth.permissions import Permission, may
from inbox.model.viewer import Viewer
from inbox.store.departments import newcomers
from inbox.store.engine import Reader, Writer
from inbox.store.identity import messages_shown
from inbox.store.tables import Agent, Newcomer


@dataclass(frozen=True, slots=True)
class Known:
    """One of them; `home` is the conversation of whom they wrote to, where the viewer sees it."""

    newcomer: Newcomer
    department: Agent | None
    home: int | None


async def newcomers_for(
    db: Reader | Writer, viewer: Viewer, *, only_waiting: bool = True
) -> list[Known]:
    """The oldest first, as far as it is for this viewer to say who they are.

    Administrators decide about all; others about who wrote to a customer in a conversation that
    they see, and has not answered for a department as well: what they said there may be of any
    mailbox.
    """
    found = await newcomers(db, only_waiting=only_waiting)
    homes = await messages_shown(db, viewer, [one.message_id for one, _ in found if one.message_id])
    known = [Known(one, department, homes.get(one.message_id or 0)) for one, department in found]
    sees_all = may(viewer, Permission.PEOPLE)
    return [one for one in known if sees_all or (one.home and one.department is None)]
