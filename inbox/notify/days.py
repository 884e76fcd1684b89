"""Days and times as the readers of our mails say them."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time


def day_in_words(when: datetime, language: str, zone: ZoneInfo) -> str:
    """The day, with its weekday, and the time where it is not midnight."""
    locale = Locale.parse("en_GB" if language == "en" else language)
    there = when.astimezone(zone)
    day = format_date(there, "full", locale=locale)
    return day if there.time() == time() else f"{day} {format_time(there, 'HH:mm', locale=locale)}"
