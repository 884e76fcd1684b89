"""Days and times as the readers of our mails say them."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_time

from inbox.i18n import day_in_full


def day_in_words(when: datetime, language: str, zone: ZoneInfo) -> str:
    """The day, with its weekday, and the time where it is not midnight."""
    locale = Locale.parse("en_GB" if language == "en" else language)
    there = when.astimezone(zone)
    day = day_in_full(there, locale)
    return day if there.time() == time() else f"{day} {format_time(there, 'HH:mm', locale=locale)}"


def moment_in_full(when: datetime, language: str, zone: tzinfo, name: str) -> str:
    """Weekday, day, time and the name of the zone: nothing can be taken for something else."""
    locale = Locale.parse("en_GB" if language == "en" else language)
    there = when.astimezone(zone)
    day = day_in_full(there, locale)
    clock = format_time(there, "HH:mm", locale=locale)
    if language == "ja":  # with its own marks, and none between day and time
        return f"{day} {clock}（{name}）"
    return f"{day}, {clock} ({name})"


def end_in_words(end: datetime, language: str, zone: ZoneInfo) -> str:
    """Until when something lasts: as people say it, with the last day, where it ends with a day."""
    is_midnight = end.astimezone(zone).time() == time()
    return day_in_words(end - timedelta(days=1) if is_midnight else end, language, zone)


def just_the_day(when: datetime, language: str, zone: ZoneInfo) -> str:
    """The day with its weekday, whatever the time."""
    locale = Locale.parse("en_GB" if language == "en" else language)
    return day_in_full(when.astimezone(zone), locale)
