"""What happened since a mail was written that its writer did not know, in words."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from inbox.model.address import Address
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.event import MOVES, EventName
from inbox.notify.reading import Reading, name_of
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import Event, Message

_MOST: Final = 10  # changes that are told
_LONGEST: Final = 2000  # characters of what was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A sentence, with the words of whoever spoke."""

    said: str
    words: str = ""


async def changes_in_words(db: Reader, reading: Reading, ids: Sequence[int]) -> list[Change]:
    """The events with these ids, the oldest first; of many those with words, and the last ones."""
    rows = await db.execute(
        select(Event, Message)
        .outerjoin(Message, Message.id == Event.message_id)
        .where(Event.id.in_(ids))
        .order_by(Event.message_id.is_(None), Event.id.desc())
        .limit(_MOST)
    )
    told = sorted(rows, key=lambda row: row.Event.id)
    return [_change(reading, row.Event, row.Message) for row in told]


def _change(reading: Reading, event: Event, message: Message | None) -> Change:
    _ = reading.texts.gettext
    about = {"name": event.actor_name, "when": at_time(reading, event.at)}
    if message is not None and message.kind in (MessageKind.MAIL, MessageKind.REPLY):
        person = Address(name=message.author_name, address=message.author_address)
        about["name"] = name_of(person) or _("The customer")
        is_ours = message.author_kind == ActorKind.AGENT
        said = _("%(name)s answered %(when)s.") if is_ours else _("%(name)s wrote %(when)s.")
        return Change(said=said % about, words=_words(reading, message))
    if event.actor_kind != ActorKind.AGENT:
        about["name"] = _("The inbox")
    is_here = event.payload.get("to") == reading.conversation.id
    sentence = _undone(event, reading.texts) or _done(event.name, reading.texts, is_here=is_here)
    return Change(said=sentence % about)


def _undone(event: Event, texts: gettext.NullTranslations) -> str:
    """What took something back, where the opposite does not say so by itself."""
    _ = texts.gettext
    match event.payload.get("undid"):
        case EventName.CONVERSATION_SPLIT | EventName.CONVERSATION_UNMERGED:
            return _("%(name)s brought mails back that had become another conversation %(when)s.")
        case EventName.MESSAGE_MOVED:
            return _("%(name)s moved mails back to where they were %(when)s.")
        case EventName.CONVERSATION_MOVED:
            return _("%(name)s moved it back to the mailbox where it was %(when)s.")
    return ""


def _done(name: str, texts: gettext.NullTranslations, *, is_here: bool) -> str:
    """`is_here`: the mails that were moved are in the conversation that the reader is told of."""
    _ = texts.gettext
    match name:
        case EventName.CONVERSATION_CLOSED:
            return _("%(name)s closed it %(when)s.")
        case EventName.CONVERSATION_SPAM:
            return _("%(name)s put it among the spam %(when)s.")
        case EventName.CONVERSATION_MERGED:
            return _("%(name)s joined it with another conversation %(when)s.")
        case EventName.CONVERSATION_MOVED:
            return _("%(name)s moved it to another mailbox %(when)s.")
        case EventName.CONVERSATION_UNMERGED:
            return _("%(name)s took back %(when)s that it was joined with another conversation.")
        case name if name in MOVES and is_here:
            return _("%(name)s moved mails here from another conversation %(when)s.")
        case name if name in MOVES:
            return _("%(name)s moved mails to another conversation %(when)s.")
    return _("%(name)s changed it %(when)s.")


def at_time(reading: Reading, when: datetime) -> str:
    """When it was, in the reader's zone: the time, with the day if that was another one."""
    _ = reading.texts.gettext
    there, here = (one.astimezone(reading.zone) for one in (when, reading.outbound.created_at))
    time = f"{there:%H:%M}"
    if there.date() == here.date():
        return _("at %(time)s") % {"time": time}
    return _("on %(day)s at %(time)s") % {"day": reading.day(when), "time": time}


def _words(reading: Reading, message: Message) -> str:
    words = scrubbed(message.text, reading.mailbox.address).strip()
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"
