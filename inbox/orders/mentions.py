"""The words of a comment → whom of us it speaks to: `@anna`, `@Anna Rossi`, an address. Pure.

Only what fits a person whole counts, for a comment is read by people: `@home` and half a name are
words. A sign within a word, as in an address, is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from inbox.orders.names import Person, meant_whole

_MOST = 20
_SIGN = re.compile(r"(?<![\w.+-])[@\uff20\ufe6b](?=[^\W_])")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NAME = re.compile(r"[^\W_][\w'’.-]*(?:[ \xa0][^\W\d_][\w'’-]*){0,2}")


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is spoken to, each once; and what may be one of several, as it was written."""

    people: tuple[Person, ...] = ()
    unclear: tuple[tuple[str, tuple[Person, ...]], ...] = ()


def mentions(text: str, people: Sequence[Person]) -> Mentions:
    """Who of these people the text speaks to."""
    found: dict[int, Person] = {}
    unclear: dict[str, tuple[Person, ...]] = {}
    for sign in islice(_SIGN.finditer(text), _MOST):
        said, fits = _fitting(text, sign.end(), people)
        if len(fits) == 1:
            found[fits[0].id] = fits[0]
        elif fits:
            unclear[f"@{said}"] = fits
    return Mentions(tuple(found.values()), tuple(unclear.items()))


def _fitting(text: str, at: int, people: Sequence[Person]) -> tuple[str, tuple[Person, ...]]:
    """The longest name at this place that is somebody's: of several words before one of them."""
    if address := _ADDRESS.match(text, at):
        said = address[0].rstrip(".")
        return said, meant_whole(said, people)
    name = _NAME.match(text, at)
    words = re.split(r"[ \xa0]", name[0]) if name else []
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count]).rstrip(".-'’")
        if fits := meant_whole(said, people):
            return said, fits
    return "", ()
