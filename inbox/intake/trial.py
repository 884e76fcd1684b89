"""A test mail of a mailbox that came back: noted, and no conversation."""

from __future__ import annotations

from sqlalchemy import text

from inbox.intake.arrival import Arrival
from inbox.model.mail import ParsedMail
from inbox.store.engine import Writer
from inbox.store.trials import note_arrival

_DONE = text("update spool set state = 'done', error = null where id = :spool_id")


async def take_trial(db: Writer, mail: ParsedMail, arrived: Arrival) -> bool:
    """Whether it was one; asked only of mails of our own that came back."""
    if not mail.message_id or not await note_arrival(db, mail.message_id, arrived.received_at):
        return False
    await db.execute(_DONE, {"spool_id": arrived.spool_id})
    return True
