"""The dispatcher's page: what nobody has, most urgent first, and who has how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inbox.asgi.deps import Here
from inbox.asgi.dispatching import place_of_next, read_place
from inbox.model.heard import Heard
from inbox.model.lists import Folder
from inbox.store import conversations as store
from inbox.store.dispatch import NEVER, PAGE, Busy, busy, unassigned
from inbox.store.engine import Reader as Session
from inbox.store.listed import Listed
from inbox.store.news import heard_by_now
from inbox.web.dates import When
from inbox.web.lists import RowView, nowhere, row_of
from inbox.web.marks import pressing
from inbox.web.pages import Reader, reader_of
from inbox.web.views import Place as Beside
from inbox.web.views import bounded

# One key for each person; those that go up and down, open and mark are the list's, and `g`, `c` and
# `u` those of every page.
KEYS: Final = "1234567890qwertyipasdfhlzvbnm"


@dataclass(frozen=True, slots=True)
class FreeRow:
    """A conversation that nobody has, and by when it is due."""

    row: RowView
    due: When | None
    pressing: str  # late, or soon to be
    left: str  # until then, or since then


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody to whom it can be given, with their key."""

    id: int
    name: str
    key: str
    is_me: bool
    open: str
    late: str
    away: When | None


@dataclass(frozen=True, slots=True)
class DispatchView:
    """The whole page."""

    rows: list[FreeRow]
    people: list[PersonView]
    at_once: bool
    empty: str
    further_url: str
    first_url: str
    news_url: str
    heard: Heard


async def read_dispatch(db: Session, here: Here, *, at_once: bool, page: str) -> DispatchView:
    """A page of what nobody has, and everybody's load. Raises Invalid for a page that is none."""
    heard = await heard_by_now(db)
    found = await unassigned(db, here.viewer, after=read_place(page), at_once=at_once)
    people = await busy(db, here.viewer, now=here.now)
    mailboxes = {one.id: one for one in await store.mailboxes_of(db, here.viewer)}
    reader = reader_of(here)
    beside = Beside(Folder.UNASSIGNED, pile="quick" if at_once else "all")
    rows = [
        _free(one, row_of(one, beside, mailboxes, here.viewer, reader), reader)
        for one in found[:PAGE]
    ]
    further = place_of_next(found[:PAGE]) if len(found) > PAGE else ""
    return DispatchView(
        rows=rows,
        people=[_person(one, key, here) for one, key in zip(people, _keys(), strict=False)],
        at_once=at_once,
        empty=_empty(here, reader, at_once=at_once),
        further_url=url(at_once=at_once, page=further) if further else "",
        first_url=url(at_once=at_once) if page else "",
        news_url=url("/dispatch/news", at_once=at_once, page=page),
        heard=heard,
    )


def url(path: str = "/dispatch", *, at_once: bool = False, page: str = "") -> str:
    """The address of a pile, and of a page of it."""
    said = [*(["pile=quick"] if at_once else []), *([f"page={page}"] if page else [])]
    return "?".join([path, *(["&".join(said)] if said else [])])


def _empty(here: Here, reader: Reader, *, at_once: bool) -> str:
    _ = reader.texts.gettext
    if not here.viewer.mailboxes:
        return nowhere(here.viewer, reader)
    return _("Nothing here is solved at once.") if at_once else _("Everything has found somebody.")


def _free(one: Listed, row: RowView, reader: Reader) -> FreeRow:
    at = one.at if one.at and one.at < NEVER else None
    now = reader.calendar.now
    return FreeRow(
        row=row,
        due=reader.calendar.when(at) if at else None,
        pressing=pressing(at, now),
        left=_left(at, now, reader) if at else "",
    )


def _left(at: datetime, now: datetime, reader: Reader) -> str:
    _ = reader.texts.gettext
    said = _("late by %(time)s") if at < now else _("%(time)s left")
    return said % {"time": reader.calendar.duration(abs(at - now))}


def _person(one: Busy, key: str, here: Here) -> PersonView:
    calendar = reader_of(here).calendar
    return PersonView(
        id=one.id,
        name=one.name,
        key=key,
        is_me=one.id == here.viewer.id,
        open=bounded(one.open) or "0",
        late=bounded(one.late),
        away=calendar.last_of(one.away_until) if one.away_until else None,
    )


def _keys() -> list[str]:
    return [*KEYS, *([""] * 200)]
