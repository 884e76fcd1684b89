"""What was said before that which a notice tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from inbox.mail.quote import Quoted
from inbox.model.address import Address
from inbox.model.conversation import MessageKind
from inbox.notify.asked import is_of_asked, said_before
from inbox.notify.links import Link
from inbox.notify.promising import newest_answer, promise_offers
from inbox.notify.reading import Reading
from inbox.notify.told import Besides
from inbox.outbound.scrub import scrubbed
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Reader
from inbox.store.tables import Message

_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Earlier:
    """As it is quoted, newest first; and what the reader's own last answer lets us offer them."""

    quoted: Sequence[Quoted]
    offers: Sequence[Link]


async def said_earlier(db: Reader, reading: Reading, more: Sequence[Besides]) -> Earlier:
    """What was said before, with what it offers."""
    told = [one.message for one in more]
    messages = list(
        await db.scalars(
            select(Message)
            .where(
                Message.conversation_id == reading.message.conversation_id,
                said_before(reading),
                # All that was known when it was told of, and the same at every try to send it:
                # what arrived before it and was taken in later has a notice of its own.
                Message.id < reading.message.id,
                Message.id.not_in([one.id for one in told]),
            )
            .order_by(*NEWEST_FIRST)
            .limit(_MOST)
        )
    )
    offers: list[Link] = []
    draft = reading.outbound.draft
    if not (is_of_asked(reading) or draft.get("ended") or draft.get("promised")):
        last = newest_answer([reading.message, *told, *messages])
        offers = await promise_offers(db, reading, last)
    return Earlier([_quoted(one, reading) for one in messages], offers)


def _quoted(message: Message, reading: Reading) -> Quoted:
    is_mail = message.kind == MessageKind.MAIL
    address = message.author_address if is_mail else reading.mailbox.address
    return Quoted(
        author=Address(name=message.author_name, address=address),
        date=message.date or message.received_at,
        text=scrubbed(message.text, reading.mailbox.address),
    )
