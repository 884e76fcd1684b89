"""What the page of a search shows: the question, what was found, and what was not understood."""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from inbox.asgi.deps import Here
from inbox.asgi.paging import read_cursor, write_cursor
from inbox.search.asked import Marks, marks
from inbox.search.marking import Piece, has_hit, marked, snippet
from inbox.search.telling import sentences
from inbox.search.vocabulary import State
from inbox.store.conversations import Folder, mailboxes_of
from inbox.store.engine import Reader as Session
from inbox.store.found import Found, Results
from inbox.store.questions import question_of
from inbox.store.search import search
from inbox.store.tables import Mailbox
from inbox.web.dates import When
from inbox.web.lists import RowView, row_of
from inbox.web.pages import Reader, reader_of
from inbox.web.views import Place, state_names

_PLACE = Place(Folder.ALL)


@dataclass(frozen=True, slots=True)
class FoundView:
    """A conversation that was found, with the words that say it."""

    row: RowView
    url: str
    subject: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    author: str
    when: When
    files: list[tuple[Piece, ...]]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The whole page."""

    typed: str
    found: list[FoundView]
    told: list[str]
    until: str
    further_url: str
    is_asked: bool
    mailboxes: list[Mailbox]
    states: list[tuple[str, str]]


async def read_search(db: Session, here: Here, typed: str, cursor: str) -> SearchView:
    """Whatever was typed: there is always a page. Raises Invalid for a cursor that is none."""
    reader = reader_of(here)
    question = await question_of(db, here.viewer, typed, now=here.now)
    results = await search(db, here.viewer, question, now=here.now, after=read_cursor(cursor))
    mailboxes = await mailboxes_of(db, here.viewer)
    names = {one.id: one for one in mailboxes}
    what = marks(question)
    return SearchView(
        typed=typed,
        found=[_found(one, what, names, here, reader) for one in results.items],
        told=sentences(question, reader.texts),
        until=_until(results.until, reader),
        further_url=_further(typed, results),
        is_asked=not question.is_empty,
        mailboxes=[one for one in mailboxes if one.removed_at is None],
        states=_states(reader.texts),
    )


def _found(
    found: Found, what: Marks, names: Mapping[int, Mailbox], here: Here, reader: Reader
) -> FoundView:
    row = row_of(found.listed, _PLACE, names, here.viewer, reader)
    best = found.best
    if best is None:
        plain = (Piece(row.snippet),)
        return FoundView(row, row.url, (Piece(row.subject),), plain, "", row.when, [])
    named = [marked(name, what) for name in best.files]
    return FoundView(
        row=row,
        url=f"{row.url}#message-{best.id}",
        subject=marked(row.subject, what),
        snippet=snippet(best.text, what),
        author=best.author,
        when=reader.calendar.when(best.at),
        files=[pieces for pieces in named if has_hit(pieces)],
    )


def _until(until: datetime | None, reader: Reader) -> str:
    return reader.calendar.when(until).exact if until else ""


def _further(typed: str, results: Results) -> str:
    if results.next is None:
        return ""
    return f"/search?{urlencode({'q': typed, 'page': write_cursor(*results.next)})}"


def _states(texts: gettext.NullTranslations) -> list[tuple[str, str]]:
    _ = texts.gettext
    others = {State.UNREAD: _("Unread"), State.LATE: _("Late"), State.MINE: _("Mine")}
    names = state_names(texts)
    return [
        *((state, name) for state, name in names.items()),
        (State.UNASSIGNED.value, _("Unassigned")),
        *((state.value, name) for state, name in others.items()),
    ]
