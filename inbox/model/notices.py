"""Of what somebody of ours wants to hear by mail, and when. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

_TIME = r"([01]?\d|2[0-3]):([0-5]\d)"
_QUIET = re.compile(rf"{_TIME}\s*[-–]\s*{_TIME}")
_CLOCK = re.compile(_TIME)
MORNING: Final = "08:00"
HOUR: Final = 60  # minutes
SELDOM: Final = 90  # between two lists that come all day long, at most


class Notices(StrEnum):
    """What is told about the conversations of a mailbox, from the least on."""

    NONE = "none"
    MENTIONS = "mentions"  # given to them, or they are asked
    MINE = "mine"  # they have it, or take part in it; and what is told with MENTIONS
    ALL = "all"


class Rhythm(StrEnum):
    """How often a digest comes."""

    OFF = "off"
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours in which no notice comes, by the clock on the wall; they may go over midnight."""

    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"

    def covers(self, at: time) -> bool:
        """Whether this time of day lies in them; the last minute is free again."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def read_quiet(value: str) -> Quiet | None:
    """`22:00-07:00`; None for none. Raises ValueError for anything else."""
    if value in ("", "off"):
        return None
    found = _QUIET.fullmatch(value.strip())
    if not found:
        raise ValueError(value)
    hours = [int(one) for one in found.groups()]
    quiet = Quiet(time(hours[0], hours[1]), time(hours[2], hours[3]))
    if quiet.begins == quiet.ends:
        raise ValueError(value)
    return quiet


def read_clock(value: str) -> time:
    """`08:00`. Raises ValueError for anything else."""
    found = _CLOCK.fullmatch(value.strip())
    if not found:
        raise ValueError(value)
    return time(int(found[1]), int(found[2]))


def after_quiet(at: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """This moment, or the end of the quiet hours that it falls into."""
    local = at.astimezone(zone)
    if quiet is None or not quiet.covers(local.time()):
        return at
    return _next(at, quiet.ends, zone)


def next_digest(
    after: datetime, rhythm: Rhythm, clock: time, zone: ZoneInfo, every: int = HOUR
) -> datetime | None:
    """When the next digest comes: at the full hour, or at this time of the person's day.

    Where it comes not each hour but after so many minutes, always at the same of all of time.
    """
    match rhythm:
        case Rhythm.HOURLY if every != HOUR:
            step = 60 * every
            return datetime.fromtimestamp((after.timestamp() // step + 1) * step, after.tzinfo)
        case Rhythm.HOURLY:
            # In UTC: an hour that comes twice, or not at all, has no other number of digests.
            hour = after.astimezone(zone).replace(minute=0, second=0, microsecond=0)
            return (hour.astimezone(after.tzinfo)) + timedelta(hours=1)
        case Rhythm.DAILY:
            # Once a day, also where its time comes twice.
            return _next(after, clock, zone, folds=(0,))
    return None


def _next(
    after: datetime, clock: time, zone: ZoneInfo, *, folds: tuple[int, ...] = (0, 1)
) -> datetime:
    """The first moment after this one at which the clock on the wall shows that time.

    A time that is left out in spring comes as much later as the clock jumps; of one that comes
    twice in autumn the first that lies ahead is taken.
    """
    day = after.astimezone(zone).date()
    for days in (0, 1, 2):
        for fold in folds:
            local = datetime.combine(day + timedelta(days=days), clock, zone).replace(fold=fold)
            moment = local.astimezone(after.tzinfo)
            if moment > after:
                return moment
    raise AssertionError("no day is as long")
