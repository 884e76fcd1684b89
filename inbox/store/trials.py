"""Test mails, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Outbound, OutboundRecipient, Spool

_ARRIVED = Statement("""
update outbound set draft = draft || jsonb_build_object('arrived_at', cast(:at as text))
 where header_id = :header_id and kind = 'trial' and not draft ? 'arrived_at'
returning id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A test mail: asked for, taken by the relay, back here."""

    id: int
    to: str
    asked_at: datetime
    state: str
    words: str  # of the relay, or why it could not be reached
    sent_at: datetime | None
    arrived_at: datetime | None
    comes_back: bool  # it went to a mailbox, and not to a person


async def trial_of(db: Reader, mailbox_id: int, trial_id: int) -> Trial | None:
    """A test mail of a mailbox."""
    found = select(Outbound).where(
        Outbound.id == trial_id, Outbound.mailbox_id == mailbox_id, Outbound.kind == "trial"
    )
    row = await db.scalar(found)
    if row is None:
        return None
    recipient = await db.scalar(
        select(OutboundRecipient).where(OutboundRecipient.outbound_id == row.id)
    )
    arrived = row.draft.get("arrived_at")
    return Trial(
        id=row.id,
        to=row.draft["to"],
        asked_at=row.created_at,
        state=recipient.state if recipient and recipient.state != "waiting" else row.state,
        words=(recipient.reply if recipient else None) or row.error or "",
        sent_at=row.sent_at,
        arrived_at=datetime.fromisoformat(arrived) if arrived else None,
        comes_back=bool(row.draft["comes_back"]),
    )


async def note_arrival(db: Writer, header_id: str, at: datetime) -> bool:
    """A mail with this Message-ID came in; whether it is a test mail of ours."""
    return bool(await _ARRIVED.rows(db, header_id=header_id, at=at.isoformat()))


async def newest_mail(db: Reader) -> int:
    """The number of the newest mail that came in, whoever's it is."""
    return await db.scalar(select(func.max(Spool.id))) or 0


async def came_in(db: Reader, mailbox_id: int, *, after: int) -> datetime | None:
    """When the first mail for a mailbox came in that is newer than this number."""
    return await db.scalar(
        select(func.min(Spool.received_at)).where(
            Spool.id > after, Spool.mailboxes.contains([mailbox_id])
        )
    )
