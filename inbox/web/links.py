"""Other conversations on the page of one: named and linked only where the reader may see them."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from inbox.asgi.corrections import moved_to
from inbox.asgi.deps import Here
from inbox.asgi.why import Reason, conversations_in, why
from inbox.desk.takeback import CORRECTIONS
from inbox.model.event import EventName
from inbox.store.engine import Reader as Session
from inbox.store.links import Linked, Other, linked, links_from, links_to, undone_of
from inbox.store.suggestions import Suggested, suggestions
from inbox.store.tables import Conversation, Event
from inbox.store.timeline import Timeline
from inbox.web.pages import Reader
from inbox.web.views import Place

_FRESH: Final = timedelta(minutes=10)  # how long what one did oneself is offered to be undone


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another conversation, by what people call it."""

    id: int
    title: str
    customer: str
    url: str


@dataclass(frozen=True, slots=True)
class WhyView:
    """A sentence about a mail's place, with the conversations that it is about."""

    text: str
    links: list[LinkView]
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A conversation that refers to this one or is referred to; one click makes both one."""

    text: str
    link: LinkView
    join_url: str
    into: int


@dataclass(frozen=True, slots=True)
class Links:
    """What a page knows of other conversations."""

    by_id: Mapping[int, LinkView]
    related: list[RelatedView]
    others: list[LinkView]  # of the same customer: where a mail may belong
    place: Place
    undone: frozenset[int] = frozenset()  # of what happened here: what was undone elsewhere

    def reasons(self, match: Mapping[str, Any], texts: gettext.NullTranslations) -> list[WhyView]:
        """Why a mail is where it is."""
        return [self._view(reason) for reason in why(match, texts)]

    def _view(self, reason: Reason) -> WhyView:
        found = [self.by_id[one] for one in reason.conversations if one in self.by_id]
        return WhyView(reason.text, list({one.id: one for one in found}.values()), reason.details)


NO_LINKS: Final = Links({}, [], [], Place())


async def read_links(
    db: Session,
    here: Here,
    conversation: Conversation,
    timeline: Timeline,
    others: Iterable[Other],
    place: Place,
    reader: Reader,
) -> Links:
    """All links of a conversation's page."""
    wanted: set[int] = set()
    for message in timeline.messages:
        wanted |= conversations_in(message.match)
    wanted |= {to for event in timeline.events if (to := moved_to(event))}
    found = await linked(db, here.viewer, wanted - {conversation.id})
    related = []
    if origin := await links_from(db, here.viewer, conversation):
        related.append(_refers(conversation, origin, place, reader))
    for one in await links_to(db, here.viewer, conversation):
        related.append(_referred(conversation, one, place, reader))
    known = {one.link.id for one in related}
    for suggestion in await suggestions(db, conversation.id, here.viewer.mailboxes):
        if suggestion.id not in known:
            related.append(_suggested(conversation, suggestion, place, reader))
    shown = {was: _link(one, place, reader) for was, one in found.items()}
    moved = [one.id for one in timeline.events if one.name == EventName.MESSAGE_MOVED]
    undone = await undone_of(db, moved)
    return Links(shown, related, [_link(one, place, reader) for one in others], place, undone)


def can_undo(event: Event, events: Sequence[Event], links: Links) -> bool:
    """Whether a correction still stands, as far as the page can tell."""
    later = [one for one in events if one.id > event.id]
    if "undoes" in event.payload or event.id in links.undone:
        return False  # nobody goes to and fro: what is wanted again is done again
    match event.name:
        case EventName.CONVERSATION_MERGED:
            parted = [one.payload.get("merge") for one in later]
            return "was" in event.payload and event.id not in parted
        case EventName.CONVERSATION_SPLIT | EventName.CONVERSATION_UNMERGED:
            to = moved_to(event)
            return to in links.by_id and to not in [one.payload.get("merged") for one in later]
        case EventName.MESSAGE_MOVED:
            return moved_to(event) in links.by_id
    return False


def undo_url(event: Event, place: Place) -> str:
    """The address that undoes a correction."""
    path = f"/conversations/{event.conversation_id}/corrections/{event.id}"
    return place.url(path, _method="delete")


async def newest_correction(
    db: Session, here: Here, conversation: Conversation, events: Iterable[Event]
) -> Event | None:
    """What the reader has put right a moment ago, if nothing happened since."""
    last = conversation.last_event_id
    event = next((one for one in events if one.id == last), None) or await db.get(Event, last)
    is_own = event is not None and (event.actor_kind, event.actor_id) == ("agent", here.viewer.id)
    if event is None or not is_own or event.name not in CORRECTIONS:
        return None
    return event if here.now - event.at <= _FRESH else None


def _link(one: Linked | Other, place: Place, reader: Reader) -> LinkView:
    title = one.subject or reader.texts.gettext("(no subject)")
    return LinkView(one.id, title, one.customer, place.url(f"/conversations/{one.id}"))


def _refers(here: Conversation, there: Linked, place: Place, reader: Reader) -> RelatedView:
    _ = reader.texts.gettext
    said = {
        "stranger": _("Refers to another conversation in which its sender is unknown:"),
        "unproved": _("Refers to another conversation; its sender could not be confirmed:"),
        "expired": _("Came to an answer address, no longer valid, of another conversation:"),
        "over": _("Continues a conversation that was closed long ago:"),
        "spam": _("Continues a conversation that is spam:"),
        "split": _("Was taken out of another conversation:"),
    }
    text = said.get(_cause(there.match, there.id), _("Refers to another conversation:"))
    return _related(text, there, place, reader, gone=here.id, into=there.id)


def _referred(here: Conversation, other: Linked, place: Place, reader: Reader) -> RelatedView:
    _ = reader.texts.gettext
    said = {
        "stranger": _("Somebody who is unknown here refers to this conversation:"),
        "unproved": _("Somebody who could not be confirmed refers to this conversation:"),
        "expired": _("A mail came to an answer address of this that is no longer valid:"),
        "over": _("Is continued in a new conversation:"),
        "spam": _("Is continued in a new conversation:"),
        "split": _("Mails were taken out of this conversation:"),
    }
    text = said.get(_cause(other.match, here.id), _("Another conversation refers to this one:"))
    return _related(text, other, place, reader, gone=other.id, into=here.id)


def _suggested(here: Conversation, one: Suggested, place: Place, reader: Reader) -> RelatedView:
    _ = reader.texts.gettext
    if one.is_unsure or one.wrote_at is None:
        text = _("It may belong to another conversation; which one could not be told:")
    else:
        when = {"when": reader.calendar.when(one.wrote_at).short}
        text = _("The same customer wrote about this before (%(when)s):") % when
    there = Linked(id=one.id, subject=one.subject, customer=one.customer)
    return _related(text, there, place, reader, gone=here.id, into=there.id)


def _related(
    text: str, other: Linked, place: Place, reader: Reader, *, gone: int, into: int
) -> RelatedView:
    join = place.url(f"/conversations/{gone}/merge")
    return RelatedView(text, _link(other, place, reader), join, into)


def _cause(match: Mapping[str, Any], conversation_id: int) -> str:
    """What the verdict says of the conversation to which a link goes."""
    corrected = match.get("corrected")
    if isinstance(corrected, Mapping):
        return str(corrected.get("how", ""))
    for one in match.get("rejected") or []:
        if one.get("conversation") == conversation_id:
            return str(one.get("why", ""))
    return ""
