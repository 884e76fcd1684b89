"""Time zones by their name."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

UTC: Final = "UTC"


def zone_called(name: str) -> ZoneInfo:
    """The time zone of this name, or UTC: one that was given up stops nobody from writing."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such zone, no name, a folder of zones
        return ZoneInfo(UTC)
