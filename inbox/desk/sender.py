"""From which address an answer leaves."""

from __future__ import annotations

from inbox.errors import Invalid
from inbox.model.address import normalize
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.people import senders_of
from inbox.store.tables import Agent, Mailbox


async def sender_of(
    db: Reader | Writer, home: Mailbox, wanted: str, by: Agent
) -> tuple[str, Mailbox]:
    """The address, and the mailbox in whose name and with whose signature it is.

    `home` is the conversation's, from whose address everybody answers who may answer. Any other
    has to be of a mailbox that `by` takes part in. Raises Invalid.
    """
    address = normalize(wanted)
    if not address or address == home.address:
        return home.address, home
    mailbox_id = (await senders_of(db, by.id)).get(address)
    if mailbox_id is None:
        raise Invalid(Refusal.FOREIGN_SENDER, address=address[:100])
    return address, await db.get_one(Mailbox, mailbox_id)
