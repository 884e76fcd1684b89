"""Approved texts as whoever asks may see and change them, on a page or by a program."""

from __future__ import annotations

from inbox.auth.permissions import Permission, may
from inbox.errors import Forbidden, NotFound
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.store.approved import Written, written
from inbox.store.engine import Reader, Writer
from inbox.store.people import find_mailbox


async def text_of(db: Reader | Writer, viewer: Viewer, template_id: int) -> Written:
    """A text of their mailboxes, of their own, or of all. Raises NotFound."""
    found = await written(db, mailboxes=viewer.mailboxes, agent_id=viewer.id, id=template_id)
    if not found:
        raise NotFound(Refusal.NO_SUCH_TEXT)
    return found[0]


async def must_edit(
    db: Reader | Writer, viewer: Viewer, mailbox: str, *, is_personal: bool = False
) -> None:
    """Texts of one's own mailboxes, or of all: then as an administrator. Raises Forbidden.

    What is one's alone, everybody writes who may write at all.
    """
    if is_personal or viewer.role == Role.ADMIN:
        return
    if not may(viewer, Permission.TEMPLATES):
        raise Forbidden(Refusal.FORBIDDEN)
    found = await find_mailbox(db, mailbox) if mailbox else None
    if found is None or found.id not in viewer.mailboxes:
        raise Forbidden(Refusal.FORBIDDEN)
