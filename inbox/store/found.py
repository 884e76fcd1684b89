"""What a search gives: conversations with the message that says most, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from inbox.store.listed import Listed, listed_row

Place = tuple[datetime, int]  # of a message, or of a conversation where no words are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The message of a conversation that says most of what is looked for."""

    id: int
    at: datetime
    kind: str
    subject: str
    text: str
    author: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A conversation that was found; `best` is None where no words were asked for."""

    listed: Listed
    best: Best | None = None


@dataclass(slots=True, kw_only=True)
class Results:
    """A page of what was found, and where the next begins; None at the end.

    `until`: how far back the search has come, where it has not come to the end.
    """

    items: list[Found] = field(default_factory=list)
    next: Place | None = None
    until: datetime | None = None


def found_row(row: Any) -> Found:
    """A row of what is listed, with the columns `best_*` of a message."""
    best = Best(
        id=row.best_id,
        at=row.best_at,
        kind=row.best_kind,
        subject=row.best_subject,
        text=row.best_text,
        author=row.best_name or row.best_address,
        files=tuple(row.best_files or ()),
    )
    return Found(listed=listed_row(row._mapping), best=best)
