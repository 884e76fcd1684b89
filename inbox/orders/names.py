"""Whom somebody means who writes a name, or a part of one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from inbox.orders.sound import sound
from inbox.orders.verbs import fold

_POLITE = re.compile(r"(?<=\w)(?:さん|様|氏)$")
_WORD = re.compile(r"[\s.,_-]+")
_NOBODY: Final = frozenset(
    map(
        fold,
        "nobody none noone никому никто нет nessuno niemand niemandem keiner 誰も なし".split(),
    )
)
_ME: Final = frozenset(map(fold, "me myself mir mich себе мне меня a me me stesso 自分 私".split()))
_LEAST = 2  # letters of a part of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of us who may be meant."""

    id: int
    name: str
    addresses: tuple[str, ...] = ()


def is_me(said: str) -> bool:
    """Whether somebody means themselves."""
    return fold(said) in _ME


def is_nobody(said: str) -> bool:
    """Whether it is to be nobody's."""
    return fold(said) in _NOBODY


def is_literal(said: str, person: Person) -> bool:
    """Whether somebody wrote the whole name or an address: there is nothing to misunderstand."""
    wanted = _POLITE.sub("", said.strip().lstrip("@\uff20").strip())
    return _address(wanted, person) or _whole(wanted, person)


def meant(said: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who may be meant, by the plainest sign that fits anybody; one if it is clear.

    An address, a whole name, a word of it, what stands before the @, the beginning of a word, a
    part: what fits one person is not asked further, so that Ann is Ann though there is an Anna.
    """
    wanted = _POLITE.sub("", said.strip().lstrip("@\uff20").strip())
    if not fold(wanted):
        return ()
    for fits in _SIGNS:
        if found := tuple(one for one in people if fits(wanted, one)):
            return found
    return ()


def meant_whole(said: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who have this address, name, word of a name, or what stands before the @; no parts."""
    wanted = _POLITE.sub("", said.strip())
    if not fold(wanted):
        return ()
    for fits in _WHOLE:
        if found := tuple(one for one in people if fits(wanted, one)):
            return found
    return ()


def is_name(said: str, names: Sequence[str]) -> bool:
    """Whether a line begins with the name of one of them, or with a word of it."""
    first = _WORD.split(said.strip(), maxsplit=1)[0]
    key = fold(_POLITE.sub("", first))
    return any(key in map(fold, _WORD.split(name)) for name in names) if key else False


def _address(said: str, person: Person) -> bool:
    return said.casefold() in map(str.casefold, person.addresses)


def _whole(said: str, person: Person) -> bool:
    one, other = (sorted(map(fold, _WORD.split(each))) for each in (said, person.name))
    return one == other or fold(said) == fold(person.name)


def _word(said: str, person: Person) -> bool:
    words = set(map(fold, _WORD.split(person.name)))
    return set(map(fold, _WORD.split(said))) <= words


def _local_part(said: str, person: Person) -> bool:
    return any(fold(said) == fold(one.partition("@")[0]) for one in person.addresses)


def _begins(said: str, person: Person) -> bool:
    key = fold(said)
    words = [*map(fold, _WORD.split(person.name)), fold(person.name)]
    return len(key) >= _LEAST and any(word.startswith(key) for word in words)


def _part(said: str, person: Person) -> bool:
    key = fold(said)
    parts = [fold(person.name), *(fold(one.partition("@")[0]) for one in person.addresses)]
    return len(key) > _LEAST and any(key in part for part in parts)


def _sounds_like_a_word(said: str, person: Person) -> bool:
    key = sound(said)
    words = [*_WORD.split(person.name), person.name]
    return len(key) >= _LEAST and any(key == sound(word) for word in words)


def _sounds_like_the_beginning(said: str, person: Person) -> bool:
    key = sound(said)
    words = [*_WORD.split(person.name), person.name]
    return len(key) > _LEAST and any(sound(word).startswith(key) for word in words)


_WHOLE: Final[tuple[Callable[[str, Person], bool], ...]] = (_address, _whole, _word, _local_part)
_SIGNS: Final = (*_WHOLE, _begins, _part, _sounds_like_a_word, _sounds_like_the_beginning)
