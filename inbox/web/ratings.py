"""What a customer says of our help, as the page of a conversation shows it."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.asgi.deps import Here
from inbox.desk.satisfaction import rated_names
from inbox.model.satisfaction import Rating
from inbox.store.engine import Reader as Session
from inbox.store.ratings import ratings_of
from inbox.store.tables import Conversation
from inbox.web.dates import When
from inbox.web.pages import Reader
from inbox.web.views import Place


@dataclass(frozen=True, slots=True)
class RatingView:
    """One answer of theirs."""

    rated: str
    name: str
    words: str
    when: When
    subject: str = ""
    url: str = ""  # of another conversation; none for the one that is shown


@dataclass(frozen=True, slots=True)
class RatingsView:
    """All that they said, as far as the reader may know it."""

    here: RatingView | None = None
    all: tuple[RatingView, ...] = ()  # the newest
    share: str = ""  # how many of them are good


NONE = RatingsView()


async def read_ratings_view(
    db: Session, here: Here, conversation: Conversation, place: Place, reader: Reader
) -> RatingsView:
    """What the customer of a conversation has said of it, and of others."""
    found = await ratings_of(db, here.viewer, conversation)
    own = _view(found.here, reader) if found.here else None
    others = [
        _view(
            one.rating,
            reader,
            one.subject or reader.texts.gettext("(no subject)"),
            place.url(f"/conversations/{one.rating.conversation_id}"),
        )
        for one in found.others
    ]
    share = reader.texts.ngettext(
        "%(good)s of %(num)s answer was good", "%(good)s of %(num)s answers were good", found.said
    )
    return RatingsView(
        here=own,
        all=(*([own] if own else []), *others),
        share=share % {"good": found.good, "num": found.said} if found.said else "",
    )


def _view(one: Rating, reader: Reader, subject: str = "", url: str = "") -> RatingView:
    return RatingView(
        rated=one.rated.value,
        name=rated_names(reader.texts)[one.rated],
        words=one.words,
        when=reader.calendar.when(one.at),
        subject=subject,
        url=url,
    )
