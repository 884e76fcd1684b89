"""What somebody means who writes a day or a time: "3 days", "nächsten Montag", "明日 9時". Pure.

Days without a time mean nine in the morning; hours and minutes count from now. Of two moments that
may be meant it is the nearer one, for to be reminded too early does no harm; whoever asked is told
what was understood. Never what is past: of what is past nothing is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from inbox.orders.calendar_joining import MORNING
from inbox.orders.calendar_pieces import LONGEST, Piece, pieces, plain
from inbox.orders.calendar_sense import END_OF_DAY, Said, sense
from inbox.orders.calendar_words import LANGUAGES
from inbox.orders.days import after_months, later_weekday, workdays
from inbox.orders.polite import unpolite
from inbox.orders.verbs import fold

FARTHEST: Final = timedelta(days=400)  # as long as notices can be answered
_NOW: Final = frozenset(
    map(
        fold,
        "now atonce immediately сейчас сразу ora adesso subito jetzt sofort 今 すぐ 今すぐ".split(),
    )
)
_ENDS_IN_DATE: Final = re.compile(r"\d\. ?\d{1,2}\.$")
# Where "next Friday" is the one of next week, also on a Monday.
_NEXT_WEEK: Final = frozenset({"en", "ru"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment that was understood; `at` is None where nothing can be planned for it."""

    at: datetime | None
    is_past: bool = False


def is_now(text: str) -> bool:
    """Whether somebody says that it is to be at once."""
    return fold(unpolite(text).strip(" .,;!。！")) in _NOW


def when(
    text: str, *, now: datetime, zone: ZoneInfo, language: str, hour: int = MORNING
) -> datetime | None:
    """The moment that a phrase means, in UTC; None for what is not understood, past or too far.

    A day without a time is meant at this `hour`.
    """
    found = moment(text, now=now, zone=zone, language=language, hour=hour)
    return found.at if found else None


def moment(
    text: str, *, now: datetime, zone: ZoneInfo, language: str, hour: int = MORNING
) -> Moment | None:
    """The same, telling what is past or too far from what is not understood (None)."""
    phrase = plain(unpolite(text[: LONGEST * 2])).strip(" ,;!")
    phrase = phrase if _ENDS_IN_DATE.search(phrase) else phrase.strip(" .,;!")
    if not phrase or len(phrase) > LONGEST:
        return None
    first = [language] if language in LANGUAGES else []
    for one in dict.fromkeys((*first, *LANGUAGES)):
        found = pieces(phrase, one)
        if found is None:
            continue
        try:
            at = _resolved(found, now.astimezone(zone), one, hour)
        except (ValueError, OverflowError):  # no day that there is
            continue
        if at is not None:
            return _judged(at, now)
    return None


def _judged(at: datetime, now: datetime) -> Moment:
    if at <= now:
        return Moment(at=None, is_past=True)
    return Moment(at=at if at - now <= FARTHEST else None)


def _resolved(found: Sequence[Piece], now: datetime, language: str, hour: int) -> datetime | None:
    """The moment in UTC, None where the pieces say none; ValueError where they say nonsense."""
    said = sense(found, now.date(), language)
    if said.is_past:
        return now.astimezone(UTC) - timedelta(days=1)
    clock = _clock(said)
    day = _day(said, now, clock, language)
    if said.spans.keys() & {"hour", "minute"}:
        return _hours_later(said, now, day)
    if day is None:
        if clock is None:
            return None
        day = now.date()
        if _at(day, clock, now) <= now:
            day += timedelta(days=1)
    elif said.ends_day or (clock == time(0) and day == now.date()):
        day += timedelta(days=1)  # today's midnight is at its end
    if clock is None and day == now.date() and _at(day, time(hour), now) <= now:
        clock = time(END_OF_DAY)  # by today
    return _at(day, clock or time(hour), now).astimezone(UTC)


def _at(day: date, clock: time, now: datetime) -> datetime:
    # Through UTC, so that an hour that a change of the clocks leaves out becomes one that there is.
    there = datetime.combine(day, clock, now.tzinfo)
    return there.astimezone(UTC).astimezone(now.tzinfo)


def _clock(said: Said) -> time | None:
    if said.clock is None:
        return time(said.part) if said.part is not None else None
    hour = said.clock.hour
    if not hour:  # midnight, whatever part of the day is named
        return said.clock
    if said.part is not None and said.part > 12 > hour:  # 9 in the evening
        hour += 12
    return said.clock.replace(hour=hour)


def _hours_later(said: Said, now: datetime, day: date | None) -> datetime | None:
    if said.clock is not None or said.weekday is not None:
        return None
    length = timedelta(hours=said.spans.get("hour", 0), minutes=said.spans.get("minute", 0))
    start = _at(day, now.time(), now) if day else now
    return (start.astimezone(UTC) + length).replace(second=0, microsecond=0)


def _day(said: Said, now: datetime, clock: time | None, language: str) -> date | None:
    today, spans = now.date(), said.spans
    if said.weekday is not None:
        return _weekday(said, said.weekday, now, clock, language)
    lengths = spans.keys() & {"day", "week", "month", "year", "workday"}
    if said.week is not None:
        if said.day is not None or lengths:
            raise ValueError("two days")
        # Sometime this week is at its end, and next week at its beginning.
        return today + timedelta(days=(7 * said.week or 4) - today.weekday())
    if "workday" in spans:
        if said.day is not None or len(lengths) > 1:
            raise ValueError("two days")
        return workdays(today, spans["workday"])
    if not lengths:
        return said.day
    return _after(said.day or today, spans)


def _after(day: date, spans: Mapping[str, int]) -> date:
    if "workday" in spans:
        return workdays(day, spans["workday"])
    days = spans.get("day", 0) + 7 * spans.get("week", 0)
    months = spans.get("month", 0) + 12 * spans.get("year", 0)
    return after_months(day, months) + timedelta(days=days)


def _weekday(said: Said, weekday: int, now: datetime, clock: time | None, language: str) -> date:
    today = now.date()
    if said.is_from:  # 2 weeks from Monday
        start = _weekday(replace(said, is_from=False, spans={}), weekday, now, clock, language)
        return _after(start, said.spans)
    if "workday" in said.spans:
        raise ValueError("two days")
    if said.day is not None:
        if said.day.weekday() != weekday:
            raise ValueError("no such day")
        return said.day
    monday = today - timedelta(days=today.weekday())
    week = said.week if said.week is not None else said.spans.get("week")
    if week is None and said.is_next and language in _NEXT_WEEK:
        week = 1
    if week is not None:
        return monday + timedelta(days=7 * week + weekday)
    is_ahead = clock is not None and _at(today, clock, now) > now
    return later_weekday(today, weekday, today_counts=is_ahead and not said.is_next)
