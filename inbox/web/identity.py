"""The people of a conversation as its page shows them."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from inbox.asgi.deps import Here
from inbox.store.engine import Reader as Session
from inbox.store.identity import Identity, KnownAddress, read_identity
from inbox.store.links import MOST_SHOWN, Other
from inbox.store.tables import Conversation
from inbox.web.dates import When
from inbox.web.pages import Reader
from inbox.web.ratings import NONE, RatingsView, read_ratings_view
from inbox.web.views import Place, state_names
from inbox.web.words import hue, initials, shown


@dataclass(frozen=True, slots=True)
class AddressView:
    """An address of the customer; `how` it became known, where that was not by a mail of theirs,
    and the address of the page that shows it.
    """

    address: str
    how: str
    can_go: bool
    url: str = ""


@dataclass(frozen=True, slots=True)
class OtherView:
    """Another conversation of the same customer."""

    url: str
    subject: str
    state: str
    when: When


@dataclass(frozen=True, slots=True)
class MergeView:
    """A merge with another customer that can be taken back."""

    url: str
    addresses: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What one of us noted about the customer."""

    who: str
    when: When
    words: Markup
    remove_url: str


@dataclass(frozen=True, slots=True)
class IdentityView:
    """Who the customer is, and who else takes part."""

    id: int | None
    url: str
    called: str  # by name, else by address
    initials: str
    hue: int
    names: list[str]
    addresses: list[AddressView]
    phones: list[str]
    organisations: list[str]
    others: list[OtherView]
    merges: list[MergeView]
    participants: list[str]
    mailboxes: list[str]
    asked: list[str]  # where they want to be answered, and which may be theirs
    notes: list[NoteView]
    all_url: str  # of a search for every conversation of theirs
    ratings: RatingsView = NONE


async def read_identity_view(
    db: Session,
    here: Here,
    conversation: Conversation,
    others: Sequence[Other],
    place: Place,
    reader: Reader,
) -> IdentityView:
    """What the page says of a conversation's people; only of what its reader may see."""
    known = await read_identity(db, here.viewer, conversation)
    url = f"/conversations/{conversation.id}/customer"
    address = known.addresses[0].address if known.addresses else ""
    return IdentityView(
        id=conversation.customer_id,
        url=url,
        called=known.name or address,
        initials=initials(known.names[0] if known.names else address),
        hue=hue(address),
        names=list(known.names),
        addresses=_addresses(known, place, reader.texts),
        phones=list(known.phones),
        organisations=sorted({one.organisation for one in known.addresses if one.organisation}),
        others=[_other(one, place, reader) for one in others[:MOST_SHOWN]],
        merges=[
            MergeView(place.url(f"{url}/merges/{one.id}"), ", ".join(one.addresses))
            for one in known.merges
        ],
        participants=[
            f"{one.name} <{one.address}>" if one.name else one.address for one in known.participants
        ],
        mailboxes=list(known.mailboxes),
        asked=list(known.asked),
        notes=[
            NoteView(
                who=one.agent_name,
                when=reader.calendar.when(one.created_at),
                words=shown(one.text),
                remove_url=place.url(f"{url}/notes/{one.id}", _method="delete"),
            )
            for one in known.notes
        ],
        all_url=_search_url(known) if len(others) >= MOST_SHOWN else "",
        ratings=(
            await read_ratings_view(db, here, conversation, place, reader)
            if known.is_rated
            else NONE
        ),
    )


def _search_url(known: Identity) -> str:
    words = " ".join(f"customer:{one.address}" for one in known.addresses[:1])
    return f"/search?{urlencode({'q': words})}"


def _addresses(known: Identity, place: Place, texts: gettext.NullTranslations) -> list[AddressView]:
    several = len(known.addresses) > 1
    return [
        AddressView(
            address=one.address,
            how=_how(one, known.tellers.get(one.agent_id or 0), texts),
            can_go=several and one.evidence != "from",
            url=_source(one, known, place),
        )
        for one in known.addresses
    ]


def _source(one: KnownAddress, known: Identity, place: Place) -> str:
    at = known.sources.get(one.message_id or 0)
    return f"{place.url(f'/conversations/{at}')}#message-{one.message_id}" if at else ""


def _how(address: KnownAddress, teller: str | None, texts: gettext.NullTranslations) -> str:
    _ = texts.gettext
    told = _("told by %(who)s") % {"who": teller} if teller else _("told by one of us")
    return {
        "told": told,
        "same_name": _("answered under the same name"),
        "reply_to": _("asked for answers there"),
        "answered": _("asked for answers there, and answered from there"),
    }.get(address.evidence, "")


def _other(one: Other, place: Place, reader: Reader) -> OtherView:
    return OtherView(
        url=place.url(f"/conversations/{one.id}"),
        subject=one.subject or reader.texts.gettext("(no subject)"),
        state=state_names(reader.texts)[one.status],
        when=reader.calendar.when(one.last_message_at),
    )
