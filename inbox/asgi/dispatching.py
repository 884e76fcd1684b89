"""Where a page of what nobody has begins, as an address or a cursor says it."""

from __future__ import annotations

from collections.abc import Iterable

from inbox.asgi.paging import read_cursor, write_cursor
from inbox.store.dispatch import BEGINNING, Place, place_after
from inbox.store.listed import Listed


def read_place(said: str) -> Place:
    """Where a page begins. Raises Invalid for what is none."""
    if not said:
        return BEGINNING
    priority, _, cursor = said.partition("~")
    found = read_cursor(cursor)
    known = priority.lstrip("-").isdecimal() and len(priority) <= 2
    return Place(int(priority), *found) if found and known else BEGINNING


def place_of_next(rows: Iterable[Listed]) -> str:
    """The same of the page after these rows; empty where there are none."""
    place = place_after(rows)
    return f"{place.priority}~{write_cursor(place.at, place.id)}" if place else ""
