"""Which of the approved texts somebody means, and in which language they are wanted. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from inbox.orders.verbs import fold

_LEAST = 2  # letters of a part of a name
_ALIKE = 0.78


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """An approved text that may be meant: of this mailbox (`is_own`), one's alone, or of all."""

    id: int
    name: str
    is_own: bool = False
    is_personal: bool = False


def key(name: str) -> str:
    """What makes two names the same: no case, accents, width, hyphens, spaces, underscores."""
    return fold(name.replace("_", " "))


def meant(said: str, texts: Sequence[Titled]) -> tuple[Titled, ...]:
    """Those that may be meant, by the plainest sign that fits any; one if it is clear.

    The number or whole name, its words, its beginning, a part of it, what is written nearly so. Of
    two with one name the person's own is meant, then the mailbox's.
    """
    wanted = said.strip().strip("\"'«»„“”‚‘’「」").strip()
    if not key(wanted):
        return ()
    for fits in _SIGNS:
        if found := [one for one in texts if fits(wanted, one.name)]:
            return _own_first(found)
    number = wanted.lstrip("#№")
    if number.isascii() and number.isdecimal():
        return tuple(one for one in texts if one.id == int(number))
    near = [(_alike(wanted, one.name), one) for one in texts]
    best = max((ratio for ratio, _ in near), default=0.0)
    return _own_first([one for ratio, one in near if ratio >= max(best - 0.05, _ALIKE)])


def language_for(written: Collection[str], wanted: Sequence[str | None]) -> str:
    """The first wanted language in which something is written, else the first of those written."""
    return next((one for one in wanted if one in written and one), min(written, default=""))


def _own_first(found: Sequence[Titled]) -> tuple[Titled, ...]:
    nearest: dict[str, int] = {}
    for one in found:
        nearest[key(one.name)] = max(nearest.get(key(one.name), 0), _nearness(one))
    return tuple(one for one in found if _nearness(one) == nearest[key(one.name)])


def _nearness(one: Titled) -> int:
    return 2 if one.is_personal else int(one.is_own)


def _whole(said: str, name: str) -> bool:
    return key(said) == key(name)


def _words(said: str, name: str) -> bool:
    return set(_split(said)) <= set(_split(name))


def _begins(said: str, name: str) -> bool:
    return len(key(said)) >= _LEAST and key(name).startswith(key(said))


def _part(said: str, name: str) -> bool:
    return len(key(said)) > _LEAST and key(said) in key(name)


def _alike(said: str, name: str) -> float:
    return SequenceMatcher(None, key(said)[:60], key(name)[:60]).ratio()


def _split(text: str) -> list[str]:
    return [fold(word) for word in text.replace("-", " ").replace("_", " ").split()]


_SIGNS: Final[tuple[Callable[[str, str], bool], ...]] = (_whole, _words, _begins, _part)
