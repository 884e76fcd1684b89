"""What a department has said of its hours and targets, read from words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.model.marks import Urgency
from inbox.sla.calendar import WHOLE_DAY, Day, Hours
from inbox.sla.deadlines import Targets
from inbox.sla.targets import ByUrgency, read_targets
from inbox.sla.week import read_days, read_week


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """When a department is there, and in how much of that time it does what."""

    hours: Hours
    targets: ByUrgency
    is_always: bool  # it counts time as every clock does: it has said nothing of its hours

    def of(self, priority: int) -> Targets:
        """The targets of this priority."""
        return self.targets[Urgency(priority)]


def read_policy(
    *, time_zone: str, hours: str, own_days: str, targets: str, holidays: Mapping[str, str]
) -> Policy:
    """The policy that columns of a mailbox say; holidays by their date. Raises ValueError.

    A holiday is closed unless the department has said something of that day itself. Where it has
    no hours it is there on every day, holidays too, but for the days that it says.
    """
    week = read_week(hours) if hours else (WHOLE_DAY,) * 7
    closed: dict[date, Day] = {date.fromisoformat(day): () for day in holidays} if hours else {}
    return Policy(
        hours=Hours(ZoneInfo(time_zone), week, {**closed, **read_days(own_days)}),
        targets=read_targets(targets),
        is_always=not hours,
    )


# Of each column what says nothing, and hours for which holidays are read.
_NOTHING: Final[Mapping[str, Any]] = {
    "time_zone": "UTC",
    "hours": "",
    "own_days": "",
    "targets": "",
    "holidays": {},
}
_SOME_HOURS: Final = "mo 9-17"


def unreadable(**said: Any) -> dict[str, Any]:
    """Of the columns that `read_policy` takes those that it cannot read: a zone that was given up,
    words of another version. With what they count as instead: nothing.
    """
    return {name: _NOTHING[name] for name, value in said.items() if not _reads(name, value)}


def _reads(name: str, value: Any) -> bool:
    try:
        read_policy(**{**_NOTHING, "hours": _SOME_HOURS, name: value})
    except (KeyError, ValueError, OSError):  # as zones are unknown, and all else is wrong
        return False
    return True
