"""The new words of a mail → what its first lines ask for, and the words below. Pure, never raises.

Only the first lines are read, and only while each of them is nothing but orders. What comes from
the first other line on is left as it is, whatever it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from inbox.model.notices import Notices
from inbox.orders.closing import said_with
from inbox.orders.hearing import notices_of
from inbox.orders.polite import unpolite
from inbox.orders.verbs import TAKES, Takes, Verb, beginning, verb_of

_MOST = 10  # orders in a mail
_LONGEST = 500  # characters of a line in which orders are looked for
# What programs put between letters without showing it; `\s` knows all other spaces.
_GAP = r"[\s\u200b-\u200f\u2060\ufeff\xad]"
_AT = "[@\uff20\ufe6b]"
_MARK = re.compile(rf"(?:{_GAP}|[*_])*{_AT}{_GAP}*")
# With a space behind the sign, or a number, a line is more likely something that is said.
_IS_MEANT = re.compile(rf"(?:{_GAP}|[*_])*{_AT}[^\W\d_]")
_NEXT = re.compile(rf"(?<=[\s,;.]){_AT}")
_WORDS = tuple(
    re.compile(r"[^\W_][\w'’-]*" + r"(?:[ \t\xa0]+[^\W_][\w'’-]*)" * more) for more in (2, 1, 0)
)
_MARKS = " \t\r\n\xa0\u3000\u200b\ufeff*_.,:;!?、。，；！？：…\"'«»„“”‚‘’「」()<>[]"
_LEAD = " \t\xa0\u3000\u200b\ufeff*_:：,、.-–"
_LINKED = re.compile(r"<(?:mailto:|https?:)[^<>]*>", re.IGNORECASE)
_BLANK = re.compile(rf"{_GAP}*")
_FIELDS: Final = frozenset({Verb.CATEGORY, Verb.SOLUTION})
BY_ADDRESS = "+…@"  # how an address is shown, without its token


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing that is asked for; `line` as it was written."""

    verb: Verb
    argument: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """A line that looks like an order and is none: what stands behind the sign."""

    line: str
    said: str
    verb: Verb | None = None  # the one that it names, where only the rest is wrong
    is_too_much: bool = False  # longer than an order can be, or one more than a mail can have


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the first lines ask for. `rest`, an end of the text, begins with the unclear line.

    What stands below that one is told of, and is still among the words.
    """

    orders: tuple[Order, ...] = ()
    rest: str = ""
    unclear: Unclear | None = None
    further: tuple[Order | Unclear, ...] = ()


def read(text: str) -> Reading:
    """The orders above the first own words, and these words."""
    orders: list[Order] = []
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if not _BLANK.fullmatch(line):
            found = _line(line)
            if found is None:
                return Reading(orders=tuple(orders), rest=text[at:])
            if len(orders) + len(found.orders) > _MOST:
                # Never as words: what is asked of us is nothing for a customer to read.
                found = _too_much(found.orders[0].line, found.orders[0].verb)
            if found.unclear:
                below = text[end + 1 :]
                return Reading(
                    orders=tuple(orders),
                    rest=text[at:],
                    unclear=found.unclear,
                    further=tuple(_further(below, _MOST - len(orders))),
                )
            orders += found.orders
            if found.rest:  # what is said on the line of a note
                at = end - len(found.rest)
                return Reading(orders=tuple(orders), rest=text[at:])
        at = end + 1
    return Reading(orders=tuple(orders))


def without_blanks(text: str) -> str:
    """The text without the fields of closing that stand empty above a line that closes.

    Whether they are wanted is for closing to say, with all that can be said.
    """
    lines = text.split("\n")
    blank: list[int] = []
    for at, line in enumerate(lines):
        if _BLANK.fullmatch(line):
            continue
        found = _line(line)
        if found and any(one.verb is Verb.CLOSE for one in found.orders):
            return "\n".join(one for number, one in enumerate(lines) if number not in blank)
        if found is None or found.rest:
            break
        if found.unclear and found.unclear.verb in _FIELDS and verb_of(found.unclear.said):
            blank.append(at)
    return text


def note_below(text: str) -> str:
    """The line of the first note within words, where it is none; "" where there is none.

    Whoever greets first and then writes `@note` means the rest for us.
    """
    lines = map(_line, text.split("\n"))
    notes = (one.orders[0] for one in lines if one and one.orders)
    return next((one.line for one in notes if one.verb is Verb.NOTE), "")


def _further(text: str, most: int) -> list[Order | Unclear]:
    """What the lines below one that is unclear would have asked for, up to the first words."""
    further: list[Order | Unclear] = []
    for line in text.split("\n"):
        if _BLANK.fullmatch(line):
            continue
        found = _line(line)
        if found is None or len(further) >= most:
            break
        further += [found.unclear] if found.unclear else found.orders
        if found.rest:
            break
    return further


def by_address(word: str, argument: str = "") -> Order | Unclear:
    """What the address of a verb asks for: `assign-anna+…@`."""
    verb, line = Verb(word), f"{word}-{argument}" if argument else word
    if not _fits(verb, argument):
        return Unclear(line=f"{line}{BY_ADDRESS}", said=line, verb=verb)
    return Order(verb=verb, argument=argument, line=f"{line}{BY_ADDRESS}")


def by_written(word: str) -> Order | Unclear:
    """The same of an address whose verb is none in the form that we make: `warten-3d+…@`."""
    first, _, argument = word.partition("-")
    whole = verb_of(word)  # not-spam
    verb = whole or verb_of(first)
    if verb is None:
        return Unclear(line=f"{word}{BY_ADDRESS}", said=word.replace("-", " "))
    found = by_address(verb, "" if whole else argument)
    return replace(found, line=f"{word}{BY_ADDRESS}")


def _line(line: str) -> Reading | None:
    """What one line asks for; None where it is words."""
    whole, line = line, line[:_LONGEST]
    if not _MARK.match(line):
        return None
    shown = _LINKED.sub("", line).strip()
    orders: list[Order] = []
    at = 0
    while not orders or _MARK.match(line, at):
        mark = _MARK.match(line, at)
        start = mark.end() if mark else at
        verb, end = _verb(line, start)
        behind = _behind(line, end)
        if verb is Verb.NOTE and behind is None:
            orders.append(Order(verb=verb, line=shown))
            return Reading(orders=tuple(orders), rest=_said(whole[end:]))
        if verb and len(whole) > _LONGEST:
            return _too_much(shown, verb)
        following = len(line) if behind is None else behind
        argument = _argument(line[end:following])
        if verb and not _fits(verb, argument):
            argument = unpolite(argument)  # @close please
        if verb is None or not _fits(verb, argument):
            unclear = Unclear(line=shown, said=_argument(line[start:]), verb=verb)
            return Reading(unclear=unclear) if _IS_MEANT.match(line) else None
        orders.append(Order(verb=verb, argument=argument, line=shown))
        at = following
    return Reading(orders=tuple(orders))


def _too_much(line: str, verb: Verb) -> Reading:
    return Reading(unclear=Unclear(line=line, said="", verb=verb, is_too_much=True))


def _verb(line: str, at: int) -> tuple[Verb | None, int]:
    """The verb at this place, of up to three words, and where it ends."""
    for words in _WORDS:
        found = words.match(line, at)
        if found and (verb := verb_of(found[0])):
            return verb, found.end()
    if word := beginning(line[at:]):
        return verb_of(word), at + len(word)
    return None, at


def _behind(line: str, at: int) -> int | None:
    """Where the next order of the line begins; a sign before a name begins none."""
    for found in _NEXT.finditer(line, at):
        mark = _MARK.match(line, found.start())
        if mark and _verb(line, mark.end())[0]:
            return found.start()
    return None


def _said(behind: str) -> str:
    """The words on the line of a note, an end of it."""
    said = behind.lstrip(_LEAD)
    return said if said.strip(_MARKS) else ""


def _argument(behind: str) -> str:
    return " ".join(_LINKED.sub("", behind).strip(_MARKS).split())


def _fits(verb: Verb, argument: str) -> bool:
    """Whether the verb has what it needs, and no more."""
    match TAKES.get(verb, Takes.NOTHING):
        case Takes.NOTHING:
            return not argument
        case Takes.MUST:
            return bool(argument)
    return not argument or verb not in _ONLY or _ONLY[verb](argument)


def named(argument: str) -> int | None:
    """The conversation that somebody names: its number, or the address of its page."""
    found = re.search(r"(?:/conversations/|^#?)(\d{1,18})(?:$|[/?#]|\s*\()", argument, re.ASCII)
    return int(found[1]) if found else None


# What may stand behind a verb that needs nothing.
_ONLY: Final[dict[Verb, Callable[[str], bool]]] = {
    Verb.SPLIT: lambda said: notices_of(said) is Notices.ALL,
    Verb.CLOSE: lambda said: said_with(said) is not None,
}
