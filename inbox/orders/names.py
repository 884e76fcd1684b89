"""Whom somebody means who writes a name, or a part of one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from inbox.orders.polite import unpolite
from inbox.orders.sound import sound
from inbox.orders.verbs import fold

_POLITE = re.compile(r"(?<=\w)(?:(?:さん|様|氏)(?:[へに]|まで)?|(?<=[ぁ-ヿ一-鿿])[へに])$")
_TOWARDS = re.compile(
    r"^(?:to|for|an|für|nach|zu|zum|zur|in|a|ad|al|alla|allo|per|для|на|в|к)\s+"
    r"(?:(?:the|den|die|das|dem|der|il|la|lo)\s+)?",
    re.IGNORECASE,
)
_EDGES: Final = " \t\xa0,;:!()-–…"
_CASE = re.compile(r"[aeiou]+m?$")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_WORD = re.compile(r"[\s.,_-]+")
_NOBODY: Final = frozenset(
    map(
        fold,
        "nobody none noone никому никто нет nessuno niemand niemandem keiner 誰も なし".split(),
    )
)
_NOBODY_TOLD: Final = {"ru": "никому", "it": "nessuno", "de": "niemandem", "ja": "なし"}
_ME: Final = frozenset(
    map(fold, "me myself i mir mich ich себе мне меня я me stesso io 自分 私".split())
)
# By which people are told to name themselves.
_ME_TOLD: Final = {"ru": "мне", "de": "mir", "ja": "自分"}
_LEAST = 2  # letters of a part of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of us who may be meant."""

    id: int
    name: str
    addresses: tuple[str, ...] = ()


def is_me(said: str) -> bool:
    """Whether somebody means themselves."""
    return fold(said.removesuffix("が")) in _ME


def told_me(language: str) -> str:
    """The word by which somebody names themselves."""
    return _ME_TOLD.get(language, "me")


def is_nobody(said: str) -> bool:
    """Whether it is to be nobody's."""
    return fold(said) in _NOBODY


def told_nobody(language: str) -> str:
    """The word by which something is given to nobody."""
    return _NOBODY_TOLD.get(language, "nobody")


def is_literal(said: str, person: Person) -> bool:
    """Whether somebody wrote the whole name or an address: there is nothing to misunderstand."""
    wanted = _named(said)
    return _address(wanted, person) or _whole(wanted, person)


def meant(said: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who may be meant, by the plainest sign that fits anybody; one if it is clear.

    An address, a whole name, a word of it, what stands before the @, the beginning of a word, a
    part: what fits one person is not asked further, so that Ann is Ann though there is an Anna.
    """
    wanted = _named(said)
    # Who says to whom says it with a word before the name, or an ending behind it.
    for name in dict.fromkeys((wanted, _TOWARDS.sub("", wanted), _POLITE.sub("", wanted))):
        if found := _first(_SIGNS, name, people):
            return found
    return ()


def told_apart(people: Sequence[Person]) -> tuple[str, ...]:
    """What to write for each of them, so that nobody else is meant."""
    names = [one.name for one in people]
    return tuple(
        one.addresses[0] if names.count(one.name) > 1 and one.addresses else one.name
        for one in people
    )


def named(said: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those whose name, or a word of it, this is, in any of its cases; no parts."""
    return _first((*_WHOLE, _in_a_case), _named(said), people)


def _named(said: str) -> str:
    return _POLITE.sub("", unpolite(said).strip(_EDGES).lstrip("@\uff20").strip(_EDGES))


def _first(
    signs: Sequence[Callable[[str, Person], bool]], name: str, people: Sequence[Person]
) -> tuple[Person, ...]:
    if not fold(name):
        return ()
    for fits in signs:
        if found := tuple(one for one in people if fits(name, one)):
            return found
    return ()


def meant_whole(said: str, people: Sequence[Person]) -> tuple[Person, ...]:
    """Those who have this address, name, word of a name, or what stands before the @; no parts."""
    return _first(_WHOLE, _POLITE.sub("", said.strip()), people)


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


def _in_a_case(said: str, person: Person) -> bool:
    """Ивану is Иван, and Анне is Anna."""
    key = _CASE.sub("", sound(said))
    if len(key) < _LEAST or not _CYRILLIC.search(said):
        return False
    return any(key == _CASE.sub("", sound(word)) for word in _WORD.split(person.name) if word)


_WHOLE: Final[tuple[Callable[[str, Person], bool], ...]] = (_address, _whole, _word, _local_part)
_SIGNS: Final = (
    *_WHOLE,
    _begins,
    _part,
    _sounds_like_a_word,
    _in_a_case,
    _sounds_like_the_beginning,
)
