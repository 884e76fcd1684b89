"""The page model of one conversation, read in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from secrets import token_urlsafe

from inbox.approved.signing import signed
from inbox.asgi.deps import Here
from inbox.desk.away import is_away
from inbox.model.conversation import Status
from inbox.model.viewer import Viewer
from inbox.store import conversations as store
from inbox.store.engine import Reader as Session
from inbox.store.followers import ByMail, by_mail
from inbox.store.following import following
from inbox.store.links import others_of_customer
from inbox.store.people import mailbox_of, names_besides
from inbox.store.pictures_shown import shown_of
from inbox.store.tables import Conversation, Event
from inbox.store.timeline import Timeline, read_timeline, window_of
from inbox.web.closing import ClosingView, closing_of
from inbox.web.composing import Composer
from inbox.web.dates import When
from inbox.web.deliveries import DeliveryView
from inbox.web.entries import Entries, MessageView, Opening, entries_of
from inbox.web.events import sentence
from inbox.web.facts import Fact, holders_in
from inbox.web.forms import number_of
from inbox.web.identity import IdentityView, read_identity_view
from inbox.web.links import NO_LINKS, Links, newest_correction, read_links, undo_url
from inbox.web.marks import pressing
from inbox.web.offers import OfferView, offer_of
from inbox.web.pages import Reader, reader_of
from inbox.web.sorting import SortingView, read_sorting
from inbox.web.views import Place, state_names
from inbox.web.writing import read_tools


@dataclass(frozen=True, slots=True)
class DueView:
    """By when an answer, or a solution, is due."""

    when: When
    pressing: str  # late, or soon to be
    is_promise: bool  # which is said by itself


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What the reader has just put right, and how to undo it, which an undoing cannot be."""

    text: str
    undo_url: str


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as its page shows it."""

    id: int
    subject: str
    customer: str
    addresses: list[str]
    mailbox: str
    card_url: str
    signature: str
    status: str
    state: str
    assignee_id: int | None
    assignee: str
    is_mine: bool
    away: dict[int, When]  # by agent: until when
    members: list[store.Colleague]  # who may be given it
    by_mail: list[ByMail]
    is_answered_by_mail: bool  # by whoever of them has it; else what they write is a comment
    since: When
    waiting: str
    promised: When | None
    due: DueView | None
    entries: Entries
    is_earlier: bool  # a page of an earlier time, without what is new
    last_event: int
    place: Place
    composer: Composer
    undo: DeliveryView | None
    offer: OfferView | None
    url: str
    news_url: str
    history_url: str
    identity: IdentityView
    sorting: SortingView
    closing: ClosingView
    followers: list[str]  # by name
    is_followed: bool  # by the reader
    links: Links = NO_LINKS
    corrected: CorrectionView | None = None
    fault: str = ""

    @property
    def colleagues(self) -> list[store.Colleague | ByMail]:
        """Who takes part."""
        return [*self.members, *self.drawn_in]

    @property
    def drawn_in(self) -> list[ByMail]:
        """Who hears of it because one of us wanted it."""
        return [one for one in self.by_mail if one.is_drawn_in]

    @property
    def offered_by_mail(self) -> list[ByMail]:
        """Colleagues who may be given it."""
        return [one for one in self.by_mail if one.is_colleague]

    @property
    def is_spam(self) -> bool:
        """Whether it lies among the spam."""
        return self.status == Status.SPAM

    @property
    def is_closed(self) -> bool:
        """Whether it is done."""
        return self.status == Status.CLOSED


async def read_conversation(
    db: Session, here: Here, conversation: Conversation, place: Place, *, after: int | None = None
) -> ConversationView:
    """All that the page of a conversation needs; entries after event `after` are marked as new."""
    viewer, reader = here.viewer, reader_of(here)
    at, before = await _window(db, here, conversation)
    by_mail, followers, members = await _ours(db, conversation)
    timeline = await read_timeline(db, conversation.id, before=before)
    named = {one.id: one.name for one in members} | {one.id: one.name for one in by_mail}
    holders = {conversation.assignee_id, *holders_in(timeline.events)}
    people = await names_besides(db, named, holders)
    mailbox = await mailbox_of(db, conversation)
    others = await others_of_customer(db, viewer, conversation)
    links = await read_links(db, here, conversation, timeline, others, place, reader)
    identity = await read_identity_view(db, here, conversation, others, place, reader)
    shown = await shown_of(db, viewer.id, _pictured(timeline))
    entry_args = (conversation, timeline, viewer, reader, people, links, shown)
    entries = entries_of(*entry_args, opening=Opening(new_after=after, at=at))
    newest = await newest_correction(db, here, conversation, timeline.events)
    customer = identity.called or reader.texts.gettext("the customer")
    return ConversationView(
        id=conversation.id,
        subject=conversation.subject or reader.texts.gettext("(no subject)"),
        customer=customer,
        addresses=[one.address for one in identity.addresses],
        mailbox=mailbox.name,
        card_url=f"/mailboxes/{mailbox.id}/card.vcf",
        signature=signed(mailbox.signature, name=viewer.name, lines=_lines(members, viewer.id)),
        status=conversation.status,
        state=state_names(reader.texts)[conversation.status],
        assignee_id=conversation.assignee_id,
        assignee=people.get(conversation.assignee_id or 0, ""),
        is_mine=conversation.assignee_id == viewer.id,
        members=members,
        away=_away(members, reader),
        by_mail=by_mail,
        is_answered_by_mail=mailbox.colleagues_answer != "never",
        since=reader.calendar.when(conversation.created_at),
        waiting=_waiting(conversation, reader),
        promised=reader.calendar.when(until) if (until := conversation.promised_until) else None,
        due=_due(conversation, reader),
        entries=entries,
        is_earlier=before is not None,
        last_event=conversation.last_event_id,
        place=place,
        composer=await _composer(db, conversation, viewer, customer),
        undo=_undo(entries),
        offer=offer_of(conversation, timeline, viewer, reader),
        url=place.url(f"/conversations/{conversation.id}"),
        news_url=place.url(f"/conversations/{conversation.id}/news"),
        history_url=place.url(f"/conversations/{conversation.id}/history"),
        identity=identity,
        sorting=await read_sorting(db, conversation, reader),
        closing=closing_of(conversation, mailbox),
        followers=list(followers.values()),
        is_followed=viewer.id in followers,
        links=links,
        corrected=_corrected(newest, viewer, people, place, reader) if newest else None,
    )


async def _composer(
    db: Session, conversation: Conversation, viewer: Viewer, customer: str
) -> Composer:
    url = f"/conversations/{conversation.id}"
    return Composer(
        token_urlsafe(12),
        conversation.last_event_id,
        customer,
        is_markdown=viewer.markdown,
        tools=await read_tools(db, conversation.mailbox_id, url, viewer_id=viewer.id),
    )


def _pictured(timeline: Timeline) -> set[str]:
    return {one.author_address for one in timeline.messages if one.has_html}


def _away(members: Iterable[store.Colleague], reader: Reader) -> dict[int, When]:
    now = reader.calendar.now
    return {
        one.id: reader.calendar.last_of(one.away_until)
        for one in members
        if one.away_until and is_away(one.away_until, now)
    }


async def _window(db: Session, here: Here, conversation: Conversation) -> tuple[int, int | None]:
    """Which message is asked for, and before which one the page ends where it is an earlier one."""
    query = here.request.query_params
    at, before = number_of(query.get("at")) or 0, number_of(query.get("before"))
    if at and not before:
        before = await window_of(db, conversation.id, at) or 0
    return at, before or None


def with_composer(view: ConversationView, **changes: object) -> ConversationView:
    """The same page with another state of its form."""
    return replace(view, composer=replace(view.composer, **changes))  # type: ignore[arg-type] # names of fields


def _corrected(
    event: Event, viewer: Viewer, people: dict[int, str], place: Place, reader: Reader
) -> CorrectionView:
    fact = Fact(viewer.name, True, event.payload, people, viewer.id, reader.calendar.said)
    undo = "" if "undoes" in event.payload else undo_url(event, place)
    return CorrectionView(sentence(event.name, fact, reader.texts), undo)


def _lines(members: Iterable[store.Colleague], viewer_id: int) -> str:
    return next((one.own_lines for one in members if one.id == viewer_id), "")


def _undo(entries: Entries) -> DeliveryView | None:
    for entry in reversed(entries.shown):
        delivery = entry.delivery if isinstance(entry, MessageView) else None
        if delivery and delivery.undo_url and not delivery.is_later:
            return delivery
    return None


async def _ours(
    db: Session, conversation: Conversation
) -> tuple[list[ByMail], dict[int, str], list[store.Colleague]]:
    """Who of us was drawn in or can be, who follows it, and who takes part in its mailbox."""
    return (
        await by_mail(db, conversation.id),
        await following(db, conversation.id),
        await store.colleagues(db, conversation.mailbox_id),
    )


def _due(conversation: Conversation, reader: Reader) -> DueView | None:
    due = conversation.due_at
    if due is None:
        return None
    is_promise = due == conversation.promised_until
    return DueView(reader.calendar.when(due), pressing(due, reader.calendar.now), is_promise)


def _waiting(conversation: Conversation, reader: Reader) -> str:
    if conversation.status != Status.OPEN or conversation.waiting_since is None:
        return ""
    length = reader.calendar.duration(reader.calendar.now - conversation.waiting_since)
    return reader.texts.gettext("waiting %(time)s") % {"time": length}
