"""A message → what the index keeps of it, as PostgreSQL reads a `tsvector`. Pure.

A token with a field before it (`f:` who wrote, `t:` to whom, `s:` subject, `n:` names of files,
`b:` who of us) is found by asking for that field alone; the others by asking for the word. `#d` and
`#m` are the day and the month, by which a search that goes back in time reads what it needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from inbox.mail.language import language_of
from inbox.search.forms import LATIN
from inbox.search.words import words

VERSION: Final = 1  # of all that is kept; with another one the whole index is made anew
_MOST_WORDS: Final = 12_000  # PostgreSQL counts no further than 16,383
_MOST_CHARACTERS: Final = 120_000
_MOST_PLACES: Final = 40  # of one token
_GAP: Final = 8  # between fields, so that no phrase reaches over
_UNSAFE: Final = re.compile(r"['\\\x00\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is known of a message."""

    at: datetime
    subject: str = ""
    text: str = ""
    author_name: str = ""
    author_address: str = ""
    agent_id: int | None = None  # who of us wrote it
    to: tuple[tuple[str, str], ...] = ()  # names and addresses, of Cc as well
    files: tuple[str, ...] = ()


class _Kept:
    """Tokens with their places, as they come."""

    def __init__(self) -> None:
        self.places: dict[str, list[str]] = {}
        self._at = 0

    def add(self, text: str, languages: tuple[str, ...], field: str = "", weight: str = "") -> None:
        """The words of a field; with a `field` under its name as well."""
        self._at += _GAP
        for word in islice(words(composed(text), languages), _MOST_WORDS):
            self._at += word.moves
            place = f"{self._at}{weight}"
            for token in word.tokens:
                self._put(token, place)
                if field:
                    self._put(field + token, place)

    def only(self, text: str, field: str) -> None:
        """The words of a field that are found by asking for it alone."""
        self._at += _GAP
        for word in islice(words(composed(text), ()), _MOST_WORDS):
            self._at += word.moves
            for token in word.tokens:
                self._put(field + token, str(self._at))

    def mark(self, token: str) -> None:
        """A token without a place."""
        self.places.setdefault(token, [])

    def _put(self, token: str, place: str) -> None:
        places = self.places.setdefault(token, [])
        if len(places) < _MOST_PLACES:
            places.append(place)


def vector(document: Document) -> str:
    """The tokens with their places, as text of PostgreSQL's type `tsvector`."""
    kept = _Kept()
    languages = _languages(document)
    kept.add(document.subject, languages, "s:", "A")
    kept.add(document.author_name, (), "f:", "B")
    kept.add(document.author_address, (), "f:", "B")
    for name in document.files:
        kept.add(name.replace("_", " "), languages, "n:", "B")
    for name, address in document.to:
        # What everybody writes to is found by asking for it; whom we write to in any case.
        if document.agent_id is None:
            kept.only(f"{name} {address}", "t:")
        else:
            kept.add(f"{name} {address}", (), "t:", "B")
    kept.add(document.text, languages)
    if document.agent_id is not None:
        kept.mark(f"b:{document.agent_id}")
    for token in (day_token(document.at), month_token(document.at)):
        kept.mark(token)
    return " ".join(_written(kept.places.items()))


def composed(text: str) -> str:
    """As much of a text as is read, with each letter as one sign."""
    return unicodedata.normalize("NFC", text[:_MOST_CHARACTERS])


def day_token(at: datetime) -> str:
    """The token of the day, in UTC."""
    return f"#d{at.astimezone(UTC):%Y%m%d}"


def month_token(at: datetime) -> str:
    """The token of the month, in UTC."""
    return f"#m{at.astimezone(UTC):%Y%m}"


def quoted(token: str) -> str:
    """A token as `tsvector` and `tsquery` read it."""
    return f"'{_UNSAFE.sub('', token)}'"


def _written(places: Iterable[tuple[str, list[str]]]) -> Iterable[str]:
    for token, found in places:
        yield quoted(token) + (f":{','.join(found)}" if found else "")


def _languages(document: Document) -> tuple[str, ...]:
    found = (language_of(f"{document.subject}\n{document.text}") or "").partition("-")[0]
    return (found,) if found in LATIN else LATIN
