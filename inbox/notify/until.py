"""By when, as a customer reads it: in their own time where their mail says it, else in ours."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from inbox.notify.days import day_in_words, moment_in_full

_FARTHEST: Final = timedelta(hours=14)


def zone_of(written: datetime | None, ours: ZoneInfo) -> str:
    """How the zone of somebody is kept whose mail says that it was written then.

    Nothing where theirs is ours, also after a change of the clocks; our zone's name where theirs is
    not known. Many programs write +0000 wherever they are: that says nothing.
    """
    offset = written.utcoffset() if written else None
    if written is None or not offset or abs(offset) > _FARTHEST:
        return ours.key
    if offset == written.astimezone(ours).utcoffset():
        return ""
    return str(int(offset.total_seconds()) // 60)


def until_in_words(until: datetime, language: str, zone: str, ours: ZoneInfo) -> str:
    """Day and time in a zone that `zone_of` has kept, named where it is not plain which it is."""
    if not zone:
        return day_in_words(until, language, ours)
    if zone == ours.key:
        return moment_in_full(until, language, ours, ours.key)
    theirs = timezone(timedelta(minutes=int(zone)))
    return moment_in_full(until, language, theirs, _named(theirs, until))


def _named(zone: tzinfo, at: datetime) -> str:
    minutes = int((zone.utcoffset(at) or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
