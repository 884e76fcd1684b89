"""What the page of a conversation offers, because of what was said in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inbox.model.conversation import MessageKind, Status, Visibility
from inbox.model.event import EventName
from inbox.model.viewer import Viewer
from inbox.orders.promised import promised
from inbox.store.tables import Conversation
from inbox.store.timeline import Timeline
from inbox.web.dates import When
from inbox.web.pages import Reader

_OPEN: Final = frozenset({Status.OPEN, Status.WAITING, Status.SNOOZED})
_DECIDED: Final = frozenset({EventName.CONVERSATION_PROMISED, EventName.CONVERSATION_UNPROMISED})


@dataclass(frozen=True, slots=True)
class OfferView:
    """A date that an answer has given to the customer, to be kept with one click."""

    words: str
    when: When
    short: str  # the same on one line of a phone: day and time, or the time alone where it is today
    until: str  # as the form sends it


def offer_of(
    conversation: Conversation, timeline: Timeline, viewer: Viewer, reader: Reader
) -> OfferView | None:
    """The date that the reader's own last answer gives, where nobody has decided about it yet."""
    said = [one for one in timeline.messages if one.visibility == Visibility.PUBLIC]
    last = said[-1] if said else None
    if last is None or conversation.promised_until or conversation.status not in _OPEN:
        return None
    is_own = (last.author_kind, last.author_id) == ("agent", viewer.id)
    if last.kind != MessageKind.REPLY or not is_own:
        return None
    if any(one.name in _DECIDED and one.at >= last.received_at for one in timeline.events):
        return None
    calendar = reader.calendar
    found = promised(last.text, now=last.received_at, zone=calendar.zone)
    if found is None or found.at <= calendar.now:
        return None
    when, time = calendar.when(found.at), f"{found.at.astimezone(calendar.zone):%H:%M}"
    short = when.short if when.short == time else f"{when.short}, {time}"
    return OfferView(found.words, when, short, calendar.typed(found.at))
