"""What can be chosen from: languages in their own words, time zones."""

from __future__ import annotations

from functools import cache
from typing import Final
from zoneinfo import available_timezones

# Each in its own language: who looks for theirs may not read the page.
LANGUAGE_NAMES: Final = {
    "de": "Deutsch",
    "en": "English",
    "it": "Italiano",
    "ja": "日本語",
    "ru": "Русский",
}


@cache
def zones() -> list[str]:
    """The names of all places, and UTC."""
    known = [name for name in available_timezones() if "/" in name and not name.startswith("Etc/")]
    return [*sorted(known), "UTC"]
