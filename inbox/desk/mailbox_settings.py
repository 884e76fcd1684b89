"""What can be set on a mailbox, and how each value is read: `KEY=VALUE` → columns. Pure."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from inbox.approved.signing import has_stray_place
from inbox.errors import Invalid
from inbox.i18n import LANGUAGES
from inbox.model.address import normalize
from inbox.model.closing import Need
from inbox.sla.targets import read_targets, targets_in_words
from inbox.sla.week import days_in_words, read_days, read_week, week_in_words

_MOST_CATEGORIES: Final = 50
_ALWAYS: Final = ("", "always", "24/7")
_CODE: Final = re.compile(r"[A-Za-z0-9 .'-]{1,60}")

Value = str | int | bool | list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One thing that can be set: where it is kept, how it is read, what it means."""

    column: str
    read: Callable[[str], Value]
    expects: str
    meaning: str


def read_values(given: Mapping[str, str]) -> dict[str, Value]:
    """Columns and their values. Raises Invalid with what is expected instead."""
    return {KEYS[key].column: _read(key, value) for key, value in given.items() if _known(key)}


def _known(key: str) -> bool:
    if key not in KEYS:
        raise Invalid(f"a mailbox has no setting {key}; there are {', '.join(KEYS)}")
    return True


def _read(key: str, value: str) -> Value:
    try:
        return KEYS[key].read(value)
    except ValueError as error:
        raise Invalid(f"{key} expects {KEYS[key].expects}, not {value!r}") from error


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            raise ValueError(value)
        return value

    return read


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value)
        if not low <= number <= high:
            raise ValueError(value)
        return number

    return read


def _switch(value: str) -> bool:
    return _one_of("on", "off")(value) == "on"


def _time_zone(value: str) -> str:
    # Not by opening it: the value would be a path.
    return _one_of(*zoneinfo.available_timezones())(value)


def one_line(value: str) -> str:
    """A name as one line of storable text. Raises ValueError for an empty one."""
    text = " ".join(value.split())
    if not text or not text.isprintable() or len(text) > 200:
        raise ValueError(value)
    return text


def _signature(value: str) -> str:
    if has_stray_place(value):
        raise ValueError(value)
    return lines(value)


def lines(value: str) -> str:
    """Text of several lines. Raises ValueError for what is too long, or cannot be shown."""
    text = value.replace("\\n", "\n").replace("\r\n", "\n").strip()
    if len(text) > 4000 or not all(c.isprintable() or c in "\n\t" for c in text):
        raise ValueError(value)
    return text


def _categories(value: str) -> list[str]:
    found = list(dict.fromkeys(one_line(part) for part in value.split(",") if part.strip()))
    if len(found) > _MOST_CATEGORIES or any(len(one) > 80 for one in found):
        raise ValueError(value)
    return found


def _needs(value: str) -> list[str]:
    wanted = {part.strip() for part in value.split(",")} - {"", "nothing"}
    return [need.value for need in Need if need in {Need(one) for one in wanted}]


def _week(value: str) -> str:
    always = value.strip().lower() in _ALWAYS
    return "" if always else week_in_words(read_week(value))


def _own_days(value: str) -> str:
    return days_in_words(read_days(value))


def _targets(value: str) -> str:
    return targets_in_words(read_targets(value))


def _code(value: str) -> str:
    if value and not _CODE.fullmatch(value):
        raise ValueError(value)
    return value


def _nobody_or_address(value: str) -> str:
    return normalize(value)


def _addresses(value: str) -> list[str]:
    return list(dict.fromkeys(normalize(one) for one in value.split(",") if one.strip()))


KEYS: Final[dict[str, Key]] = {
    "name": Key(
        column="name", read=one_line, expects="a name", meaning="what customers see beside From"
    ),
    "signature": Key(
        column="signature",
        read=_signature,
        expects="text, with \\n between lines; no {{ but of {{ agent.name }} and {{ agent.lines }}",
        meaning="below each answer; {{ agent.name }} and {{ agent.lines }} are who answers",
    ),
    "footer": Key(
        column="footer",
        read=lines,
        expects="text, with \\n between lines",
        meaning="what the law wants below every mail to customers: firm, register, seat",
    ),
    "language": Key(
        column="language",
        read=_one_of(*LANGUAGES),
        expects=f"one of {', '.join(LANGUAGES)}",
        meaning="of what the service itself writes",
    ),
    "time_zone": Key(
        column="time_zone",
        read=_time_zone,
        expects="a name such as Europe/Rome",
        meaning="of the dates in mails",
    ),
    "confirm": Key(
        column="confirm",
        read=_one_of("off", "proved", "all"),
        expects="off, proved or all",
        meaning="who gets a confirmation: off: nobody; proved: whose mail is proved, or who was"
        " answered before; all: everybody",
    ),
    "confirm_daily": Key(
        column="confirm_daily",
        read=_between(1, 50),
        expects="a number from 1 to 50",
        meaning="how many confirmations one address gets within a day at most",
    ),
    "hours": Key(
        column="hours",
        read=_week,
        expects="days and times such as mo-th 9:00-12:30 13:30-18:00, fr 9-15; nothing for always",
        meaning="when somebody is there: deadlines count in these hours",
    ),
    "own_days": Key(
        column="own_days",
        read=_own_days,
        expects="dates such as 2026-12-24 9-12, 2026-12-31 closed",
        meaning="days that have hours of their own, holidays or not",
    ),
    "country": Key(
        column="country",
        read=lambda value: _code(value.strip().upper()),
        expects="two letters, such as IT, or nothing",
        meaning="whose holidays are closed days; without hours none are",
    ),
    "region": Key(
        column="region",
        read=lambda value: _code(value.strip()),
        expects="its code in that country, such as BY, or nothing",
        meaning="whose own holidays are closed days as well",
    ),
    "targets": Key(
        column="targets",
        read=_targets,
        expects="such as first 4h next 8h solution 40h; urgent: first 30m; none is no target",
        meaning="in how much of its hours a customer gets the first answer, the next, a solution;"
        " behind a priority what holds for that one",
    ),
    "manager": Key(
        column="manager",
        read=_nobody_or_address,
        expects="the address of somebody who takes part, or nothing",
        meaning="who is told at once of what is late; nobody named: its managers",
    ),
    "above": Key(
        column="above",
        read=_nobody_or_address,
        expects="the address of somebody who takes part, or nothing",
        meaning="who is told when it still is after a quarter of the time once more",
    ),
    "critical": Key(
        column="critical",
        read=_addresses,
        expects="addresses of people who take part, with commas between",
        meaning="who is told at once of what is urgent, at any hour",
    ),
    "same_day": Key(
        column="same_day",
        read=_switch,
        expects="on or off",
        meaning="a list when the day is over, of what came that day and has no answer",
    ),
    "undo_seconds": Key(
        column="undo_seconds",
        read=_between(0, 3600),
        expects="a number from 0 to 3600",
        meaning="how long an answer can be taken back",
    ),
    "reopen_days": Key(
        column="reopen_days",
        read=_between(0, 3650),
        expects="a number from 0 to 3650",
        meaning="how long an answer opens a closed conversation again; later it opens a new one",
    ),
    "quote": Key(
        column="quotes",
        read=_switch,
        expects="on or off",
        meaning="whether customers' own words stand below an answer",
    ),
    "customer_token": Key(
        column="customer_token",
        read=_switch,
        expects="on or off",
        meaning="a token in the Reply-To of answers to customers",
    ),
    "join": Key(
        column="join_policy",
        read=_one_of("participants", "anyone"),
        expects="participants or anyone",
        meaning="whose answer joins a conversation",
    ),
    "proof": Key(
        column="proof",
        read=_one_of("learned", "strict"),
        expects="learned or strict",
        meaning="what an agent's answer by mail needs: what passed before, or always DMARC",
    ),
    "colleagues_answer": Key(
        column="colleagues_answer",
        read=_one_of("never", "assigned", "always"),
        expects="never, assigned or always",
        meaning="whether colleagues may answer customers: never, what they have, all they are in",
    ),
    "categories": Key(
        column="categories",
        read=_categories,
        expects="names with commas between",
        meaning="what a conversation can be about; anything where there are none",
    ),
    "close_needs": Key(
        column="close_needs",
        read=_needs,
        expects=f"nothing, or some of {', '.join(Need)}",
        meaning="what has to be said before a conversation is closed",
    ),
    "tell_closed": Key(
        column="tells_closing",
        read=_switch,
        expects="on or off",
        meaning="whether customers are told when one of you has closed their conversation",
    ),
    "remind_days": Key(
        column="remind_days",
        read=_between(0, 365),
        expects="a number from 0 to 365",
        meaning="after how many open days without an answer a customer is reminded; 0: never",
    ),
    "close_days": Key(
        column="close_days",
        read=_between(0, 365),
        expects="a number from 0 to 365",
        meaning="after how many open days more theirs is closed, and they are told; 0: never",
    ),
    "ask_satisfaction": Key(
        column="asks_satisfaction",
        read=_switch,
        expects="on or off",
        meaning="whether customers are asked, once a matter is closed, if we have helped",
    ),
    "satisfaction_hours": Key(
        column="satisfaction_hours",
        read=_between(0, 1000),
        expects="a number from 0 to 1000",
        meaning="how many hours after closing they are asked",
    ),
    "satisfaction_days": Key(
        column="satisfaction_days",
        read=_between(1, 3650),
        expects="a number from 1 to 3650",
        meaning="for how many days nobody is asked again",
    ),
}


def shown(value: Value) -> str:
    """A value as it is written on the command line."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ",".join(value)
    return str(value).replace("\n", "\\n")
