"""A mailbox for one's address book."""

from __future__ import annotations

from fastapi import APIRouter, Response
from sqlalchemy import select

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.desk.cards import cards_of
from inbox.errors import NotFound
from inbox.store.tables import Mailbox, Membership

router = APIRouter()


@router.get("/mailboxes/{mailbox_id}/card.vcf", dependencies=[allow(Permission.READ)])
async def card(here: HereNow, mailbox_id: int) -> Response:
    """The cards of a mailbox of theirs, as a file."""
    async with here.house.database.read() as db:
        mailbox = await db.scalar(
            select(Mailbox)
            .join(Membership, Membership.mailbox_id == Mailbox.id)
            .where(
                Mailbox.id == mailbox_id % (1 << 62),
                Mailbox.removed_at.is_(None),
                Membership.agent_id == here.viewer.id,
            )
        )
        if mailbox is None:
            raise NotFound
        cards = cards_of(mailbox)
    return Response(
        cards.encode(),
        media_type="text/vcard; charset=utf-8",
        headers={
            "content-disposition": "attachment; filename=mailbox.vcf",
            "x-content-type-options": "nosniff",
        },
    )
