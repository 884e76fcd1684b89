"""A date that somebody of ours gave in an answer, offered to them as a promise: never taken.

By mail it goes along with what goes to them anyway; no mail is written for it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from inbox.auth.permissions import Permission
from inbox.desk.subjects import reply_subject
from inbox.model.conversation import ActorKind, MessageKind, Visibility
from inbox.model.event import EventName
from inbox.notify.closing import begun
from inbox.notify.guests import allowed
from inbox.notify.links import Link, ready_letter
from inbox.notify.reading import Reading
from inbox.orders.promised import promised
from inbox.orders.verbs import Verb, told
from inbox.store.engine import Reader
from inbox.store.tables import Event, Message

_DECIDED: Final = (EventName.CONVERSATION_PROMISED, EventName.CONVERSATION_UNPROMISED)


async def promise_offers(db: Reader, reading: Reading, said: Message | None) -> list[Link]:
    """A mail that promises the date that the reader's own answer gives; none for most.

    It follows from what does not change once the mail has left, so that it can be made again.
    """
    outbound = reading.outbound
    if said is None or not _is_own(said, reading) or Permission.REST not in allowed(reading):
        return []
    found = promised(said.text, now=said.received_at, zone=reading.zone)
    if found is None or found.at <= outbound.created_at or await _is_decided(db, reading, said):
        return []
    _ = reading.texts.gettext
    there = found.at.astimezone(reading.zone)
    line = f"@{told(Verb.PROMISE, reading.language)} {there:%Y-%m-%d %H:%M}"
    wrote = _("You wrote “%(words)s”.") % {"words": found.words}
    offer = _("Promise an answer until %(when)s") % {"when": reading.moment(found.at)}
    does = _("Sending this mail promises an answer by then. What you write above stays inside.")
    link = ready_letter(
        f"{wrote} {offer}",
        reading.address("n"),
        reply_subject(reading.conversation.subject),
        does,
        line,
    )
    return [begun(reading, link, [line])]


def newest_answer(messages: list[Message]) -> Message | None:
    """The last that one of us wrote to the customer."""
    answers = [one for one in messages if one.kind == MessageKind.REPLY]
    return max(answers, key=lambda one: (one.received_at, one.id), default=None)


def _is_own(said: Message, reading: Reading) -> bool:
    is_public = (said.kind, said.visibility) == (MessageKind.REPLY, Visibility.PUBLIC)
    return is_public and (said.author_kind, said.author_id) == (ActorKind.AGENT, reading.agent.id)


async def _is_decided(db: Reader, reading: Reading, said: Message) -> bool:
    """Whether a time was promised, or given back, since then."""
    query = select(Event.id).where(
        Event.conversation_id == reading.conversation.id,
        Event.name.in_(_DECIDED),
        Event.at.between(said.received_at, reading.outbound.created_at),
    )
    return await db.scalar(query.limit(1)) is not None
