"""What the page of a search shows: the question, what was found, and what was not understood."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from inbox.asgi.deps import Here
from inbox.asgi.paging import read_cursor, write_cursor
from inbox.model.lists import Folder
from inbox.model.marks import Urgency
from inbox.orders.names import meant
from inbox.search.asked import Marks, marks
from inbox.search.marking import Piece, has_hit, marked, snippet
from inbox.search.reading import Known, read
from inbox.search.telling import meant as meant_by
from inbox.search.telling import sentences
from inbox.search.tree import Question
from inbox.search.vocabulary import Part, State
from inbox.search.writing import Wider, fields, wider
from inbox.store.conversations import mailboxes_of
from inbox.store.engine import Reader as Session
from inbox.store.found import Found, Results
from inbox.store.questions import known_to
from inbox.store.search import search
from inbox.store.tables import Mailbox
from inbox.web.dates import When
from inbox.web.lists import RowView, row_of
from inbox.web.marks import urgency_names
from inbox.web.pages import Reader, reader_of
from inbox.web.sorting import Choice
from inbox.web.views import Place, state_names

_MOST = 200  # people who are offered by name


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
    meant: tuple[str, str] | None  # what was perhaps meant, and where it is
    until: str
    further_url: str
    is_asked: bool
    fields: Mapping[str, str]
    people: list[str]
    mailboxes: list[Choice]
    states: list[Choice]
    parts: list[Choice]
    wider: list[tuple[str, str]]  # what else could be asked, and where


async def read_search(db: Session, here: Here, typed: str, cursor: str) -> SearchView:
    """Whatever was typed: there is always a page. Raises Invalid for a cursor that is none."""
    reader = reader_of(here)
    known = await known_to(db, here.viewer, now=here.now)
    question = read(typed, known)
    results = await search(db, here.viewer, question, now=here.now, after=read_cursor(cursor))
    mailboxes = await mailboxes_of(db, here.viewer)
    names = {one.id: one for one in mailboxes}
    what, place = marks(question), Place(Folder.ALL, found=typed)
    asked = fields(typed, known)
    mine = [one for one in mailboxes if one.removed_at is None]
    return SearchView(
        typed=typed,
        found=[_found(one, place, what, names, here) for one in results.items],
        told=sentences(question, reader.texts),
        meant=_known_words(question),
        until=_until(results.until, reader),
        further_url=_further(typed, results),
        is_asked=not question.is_empty,
        fields=asked,
        people=sorted({one.name for one in known.people}) if len(known.people) <= _MOST else [],
        mailboxes=_choices([(one.address, one.name) for one in mine], _meant(asked, known)),
        states=_choices(_states(reader.texts), asked.get("is", "")),
        parts=_choices(_parts(reader.texts), asked.get("has", "")),
        wider=_wider(asked, reader.texts),
    )


def _choices(found: Sequence[tuple[str, str]], current: str) -> list[Choice]:
    """What can be chosen, and what was typed besides."""
    known = [Choice(value, name, value == current) for value, name in found]
    if not current or any(one.is_current for one in known):
        return known
    return [*known, Choice(current, current, is_current=True)]


def _meant(asked: Mapping[str, str], known: Known) -> str:
    """The mailbox by its address, however it was named."""
    said = asked.get("in", "")
    found = meant(said, known.mailboxes) if said else ()
    return found[0].addresses[0] if len(found) == 1 and found[0].addresses else said


def _wider(asked: Mapping[str, str], texts: gettext.NullTranslations) -> list[tuple[str, str]]:
    _ = texts.gettext
    names = {
        Wider.ANY_WORD: _("One of the words is enough"),
        Wider.BEGINNING: _("Words that begin so"),
        Wider.ANY_TIME: _("At any time"),
        Wider.WORDS_ALONE: _("The words alone"),
        Wider.SPAM: _("Among the spam"),
    }
    found = wider(asked)
    return [(name, _url(found[one])) for one, name in names.items() if one in found]


def _url(typed: str, **more: str) -> str:
    return f"/search?{urlencode({'q': typed, **more})}"


def _found(
    found: Found, place: Place, what: Marks, names: Mapping[int, Mailbox], here: Here
) -> FoundView:
    best, reader = found.best, reader_of(here)
    at = best.id if best else None
    row = row_of(found.listed, place, names, here.viewer, reader, best=at)
    if page := here.request.query_params.get("page"):
        row = replace(row, url=f"{row.url}&{urlencode({'page': page})}")  # the list beside it
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


def _known_words(question: Question) -> tuple[str, str] | None:
    found = meant_by(question)
    return (found, _url(found)) if found else None


def _until(until: datetime | None, reader: Reader) -> str:
    return reader.calendar.when(until).exact if until else ""


def _further(typed: str, results: Results) -> str:
    if results.next is None:
        return ""
    return _url(typed, page=write_cursor(*results.next))


def _states(texts: gettext.NullTranslations) -> list[tuple[str, str]]:
    _ = texts.gettext
    others = {State.UNREAD: _("Unread"), State.LATE: _("Late"), State.MINE: _("Mine")}
    others |= {State.UNHAPPY: _("Customer not content"), State.HAPPY: _("Customer content")}
    names = state_names(texts)
    return [
        *((state, name) for state, name in names.items()),
        (State.UNASSIGNED.value, _("Unassigned")),
        (State.ASSIGNED.value, _("Somebody has it")),
        *((state.value, name) for state, name in others.items()),
        (State.HELD.value, _("Set aside")),
        *((word, name) for word, name in urgency_names(texts).items() if Urgency.of(word)),
    ]


def _parts(texts: gettext.NullTranslations) -> list[tuple[str, str]]:
    _ = texts.gettext
    return [
        (Part.FILE.value, _("a file")),
        (Part.NOTE.value, _("a comment")),
        (Part.REPLY.value, _("an answer of ours")),
        (Part.TAG.value, _("a tag")),
        (Part.PROMISE.value, _("a promised time")),
        (Part.DRAFT.value, _("a draft of mine")),
    ]
