"""Page models of one conversation: messages, notes and events in the order they happened. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from markupsafe import Markup

from inbox.asgi.corrections import moved_to
from inbox.mail.invites import words_beside
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.model.proof import SUBMISSION
from inbox.model.viewer import Viewer
from inbox.store.tables import Conversation, Event, Held, Message
from inbox.store.timeline import Delivery, Timeline
from inbox.web.attachments import FilesView, files_view
from inbox.web.dates import When
from inbox.web.deliveries import DeliveryView, delivery_view
from inbox.web.events import TOLD_BY_MESSAGE, sentence
from inbox.web.frames import FrameView, frame_view
from inbox.web.held import DecisionView, decision_view, held_words, planned_words
from inbox.web.history import fact_of
from inbox.web.links import NO_LINKS, Links, LinkView, WhyView, can_undo, undo_url
from inbox.web.natures import (
    InvitationView,
    invitation_view,
    protection_words,
    signed_words,
)
from inbox.web.pages import Reader
from inbox.web.recipients import RecipientsView, recipients_of
from inbox.web.words import count_lines, hue, initials, one_line, shown


@dataclass(frozen=True, slots=True)
class PassedView:
    """What went along with words to somebody asked."""

    id: int
    who: str  # wrote it, where that is on this page
    when: When | None
    files: list[str]
    is_quoted: bool  # what it says went along


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as it is read."""

    id: int
    kind: str
    who: str
    address: str
    initials: str
    hue: int
    when: When
    recipients: RecipientsView
    snippet: str
    words: Markup
    quoted: Markup
    quoted_lines: int
    files: FilesView
    is_sealed: bool  # encrypted: what is aside is the seal
    warning: str
    signed: str
    invitation: InvitationView | None
    why: list[WhyView]
    split_url: str
    home_url: str
    delivery: DeliveryView | None
    frame: FrameView | None
    passed: PassedView | None
    raw_url: str
    head_url: str
    proved: str  # how sure it is who wrote it, where it is
    language: str  # by name, where its reader has another
    decision: DecisionView | None
    is_open: bool
    is_new: bool
    is_planned: bool = False  # leaves by itself, later
    is_event: bool = False

    @property
    def is_passable(self) -> bool:
        """Whether it can be passed on: a mail of the customer's side, or one of ours that left."""
        has_left = self.delivery is None or self.delivery.state in ("sent", "failed")
        return self.kind == "mail" or (self.kind == "reply" and has_left)


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a line."""

    id: int
    text: str
    when: When
    link: LinkView | None = None
    undo_url: str = ""
    undo_words: str = ""  # what undoing it is called, where it has a name
    is_new: bool = False
    is_event: bool = True


@dataclass(frozen=True, slots=True)
class Entries:
    """What a conversation's page lists, oldest first, and how many messages came before."""

    shown: list[MessageView | EventView]
    earlier: int = 0
    before: int = 0  # the oldest of these: what came before it is a page of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Which messages are open besides the newest work."""

    new_after: int | None = None  # what follows this event is marked new
    at: int = 0  # a message that is asked for
    everything: bool = False


DEFAULT = Opening()


def entries_of(
    conversation: Conversation,
    timeline: Timeline,
    viewer: Viewer,
    reader: Reader,
    people: Mapping[int, str],
    links: Links = NO_LINKS,
    shown_of: Collection[str] = (),
    *,
    opening: Opening = DEFAULT,
) -> Entries:
    """Messages and events in one order. `shown_of`: whose pictures from outside the reader sees."""
    new_after = opening.new_after
    told = {event.message_id: event.id for event in timeline.events if event.message_id}
    opened = _open_ones(timeline.messages) if not opening.everything else None
    found: list[tuple[tuple[datetime, int], MessageView | EventView]] = []
    for message in timeline.messages:
        is_new = new_after is not None and told.get(message.id, 0) > new_after
        view = _message(
            message,
            timeline,
            viewer,
            reader,
            links,
            shown_of,
            is_open=is_new or opened is None or message.id in opened or message.id == opening.at,
            is_new=is_new,
        )
        place = (message.received_at, told.get(message.id, 0))
        # Of one moment they stay as they are, whichever was told of first.
        found.append((max(place, found[-1][0]) if found else place, view))
    for event in timeline.events:
        is_new = new_after is not None and event.id > new_after
        if line := _event(event, viewer, reader, people, is_new=is_new):
            line = _corrected(line, event, timeline.events, links, reader)
            line = _thanked(line, event, conversation, links, reader)
            found.append(((event.at, event.id), line))
    found.sort(key=itemgetter(0))
    oldest = next(iter(timeline.messages), None)
    return Entries([view for _, view in found], timeline.earlier, oldest.id if oldest else 0)


def _open_ones(messages: Sequence[Message]) -> set[int]:
    """The newest mail, what came after it, and, before our own answer, what it answers."""
    opened: set[int] = set()
    for message in reversed(messages):
        opened.add(message.id)
        if message.kind == "mail":
            break
    return opened


def _message(
    message: Message,
    timeline: Timeline,
    viewer: Viewer,
    reader: Reader,
    links: Links,
    shown_of: Collection[str],
    *,
    is_open: bool,
    is_new: bool,
) -> MessageView:
    files = timeline.files.get(message.id, [])
    delivery, held = timeline.deliveries.get(message.id), timeline.held.get(message.id)
    url = f"/conversations/{message.conversation_id}/messages/{message.id}"
    who = message.author_name or message.author_address or reader.texts.gettext("Somebody")
    words = words_beside(message.text, message.invitation)
    has_raw = message.spool_id is not None
    return MessageView(
        id=message.id,
        kind=_kind(message),
        who=who,
        address=message.author_address if message.kind in ("mail", "auto") else "",
        initials=initials(who),
        hue=hue(message.author_address or who),
        when=reader.calendar.when(message.received_at),
        recipients=recipients_of(message, reader.texts),
        snippet=one_line(words),
        words=shown(words),
        quoted=shown(message.quoted),
        quoted_lines=count_lines(message.quoted),
        files=files_view(files, message.conversation_id, message.id),
        is_sealed=bool(protection_words(message.protection, reader.texts)),
        warning=_held(held, message, timeline, reader)
        if message.kind == "held"
        else _warning(message, reader),
        signed=signed_words(message.protection, reader.texts),
        invitation=invitation_view(message.invitation, reader),
        why=links.reasons(message.match, reader.texts),
        split_url=links.place.url(f"/conversations/{message.conversation_id}/splits"),
        home_url=links.place.url(f"{url}/home"),
        delivery=delivery_view(delivery, message, viewer, reader) if delivery else None,
        frame=frame_view(message, shown_of, is_sure=is_sure(message))
        if message.has_html and has_raw
        else None,
        passed=_passed(delivery, timeline, reader) if delivery else None,
        raw_url=f"{url}/raw" if has_raw else "",
        head_url=f"{url}/headers" if has_raw else "",
        proved=_proved(message, reader),
        language=_language(message, reader),
        decision=decision_view(
            held, viewer, f"{url}/release", reader.texts, links.place.url(url, _method="delete")
        )
        if held
        else None,
        is_planned=bool(held and held.send_at and held.state == "waiting"),
        is_open=is_open,
        is_new=is_new,
    )


def _kind(message: Message) -> str:
    # What somebody outside said whom one of us has asked: the customer does not see it.
    is_asked = (message.kind, message.visibility) == ("mail", "internal")
    return "asked" if is_asked else message.kind


def _held(held: Held | None, message: Message, timeline: Timeline, reader: Reader) -> str:
    if held is None or held.send_at is None:
        return held_words(held, reader.texts)
    # By id: what was taken in since, for its writer knew nothing of it, whenever it arrived.
    is_overtaken = any(one.kind == "mail" and one.id > message.id for one in timeline.messages)
    return planned_words(held, is_overtaken=is_overtaken, reader=reader)


def _passed(delivery: Delivery, timeline: Timeline, reader: Reader) -> PassedView | None:
    draft = delivery.outbound.draft
    if not draft.get("passes"):
        return None
    mail = next((one for one in timeline.messages if one.id == draft["mail"]), None)
    chosen = draft.get("files")
    files = [
        one.filename
        for one in timeline.files.get(draft["mail"], [])
        if not one.aside and (chosen is None or one.id in chosen)
    ]
    return PassedView(
        id=draft["mail"],
        who=(mail.author_name or mail.author_address) if mail else "",
        when=reader.calendar.when(mail.received_at) if mail else None,
        files=files,
        is_quoted=draft.get("quotes", True),
    )


def _warning(message: Message, reader: Reader) -> str:
    _ = reader.texts.gettext
    if message.kind not in ("mail", "auto"):
        return ""
    if unreadable := protection_words(message.protection, reader.texts):
        return unreadable
    if is_sure(message):
        return ""
    if (message.proof or {}).get("dmarc") == "fail":
        return _("Sender not confirmed: their domain says that this mail is not theirs.")
    return _("Sender not confirmed.")


def is_sure(message: Message) -> bool:
    """Whether nothing speaks against that it was written by whom it names."""
    proof = message.proof or {}
    if proof.get("dmarc") == "fail":
        return False
    is_known = proof.get("source", "none") in ("none", "", SUBMISSION)
    return is_known or proof.get("dmarc") == "pass"


def _proved(message: Message, reader: Reader) -> str:
    """How it is known who wrote it, where something says so."""
    _ = reader.texts.gettext
    proof = message.proof or {}
    if proof.get("source") == SUBMISSION:
        return _("Sender confirmed: they had signed in.")
    if proof.get("dmarc") == "pass":
        domain = message.author_address.rpartition("@")[2]
        return _("Sender confirmed by %(domain)s.") % {"domain": domain}
    return ""


def _language(message: Message, reader: Reader) -> str:
    if not message.language or message.language == reader.language:
        return ""
    return str(reader.calendar.locale.languages.get(message.language, ""))


def _event(
    event: Event, viewer: Viewer, reader: Reader, people: Mapping[int, str], *, is_new: bool
) -> EventView | None:
    if event.name in TOLD_BY_MESSAGE or (
        event.name == "conversation.opened" and event.message_id is not None
    ):
        return None
    fact = fact_of(event, people, viewer.id, reader)
    text = sentence(event.name, fact, reader.texts)
    if not text:
        return None
    return EventView(event.id, text, reader.calendar.when(event.at), is_new=is_new)


def _corrected(
    line: EventView, event: Event, events: Sequence[Event], links: Links, reader: Reader
) -> EventView:
    """The line of a correction leads to where the mails are, and back."""
    if event.id in links.undone:  # which is told where the mails were meanwhile
        undone = reader.texts.gettext("%(what)s, and this was taken back")
        return replace(line, text=undone % {"what": line.text})
    undo = undo_url(event, links.place) if can_undo(event, events, links) else ""
    return replace(line, link=links.by_id.get(moved_to(event) or 0), undo_url=undo)


def _thanked(
    line: EventView, event: Event, conversation: Conversation, links: Links, reader: Reader
) -> EventView:
    """Who heard thanks where there was more takes it up again with one click."""
    if event.name != EventName.MESSAGE_THANKED or conversation.status != Status.CLOSED:
        return line
    path = f"/conversations/{conversation.id}/closure"
    url = links.place.url(path, _method="delete")
    return replace(line, undo_url=url, undo_words=reader.texts.gettext("Reopen"))
