"""Dates as people say them, in their language and time zone."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_skeleton, format_timedelta

from inbox.i18n import day_in_full
from inbox.model.zones import zone_called


@dataclass(frozen=True, slots=True)
class When:
    """A moment in three forms: short to see, exact to hover and hear, ISO 8601 for programs."""

    short: str
    exact: str
    iso: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """How one person reads dates at one moment."""

    now: datetime
    zone: ZoneInfo
    locale: Locale
    texts: gettext.NullTranslations

    def when(self, at: datetime) -> When:
        """ "10:42", "yesterday 17:05", "Mon 09:15", "12 May", "12 May 2024"."""
        local = at.astimezone(self.zone)
        exact = f"{_in_full(local.date(), self.locale)}, {local:%H:%M}"
        return When(self._short(local), exact, at.astimezone(UTC).isoformat())

    def last_of(self, until: datetime) -> When:
        """The last moment before one: of a time that ends with a day, that day."""
        return self.when(until - timedelta(seconds=1))

    def said(self, iso: str) -> str:
        """A moment of an event in full; as it stands where it is none."""
        try:
            return self.when(datetime.fromisoformat(iso)).exact
        except ValueError:
            return iso

    def typed(self, at: datetime) -> str:
        """As a person may type it, and as it is read again."""
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def duration(self, length: timedelta) -> str:
        """ "3 hrs", "2 weeks": one unit, rounded down as people do."""
        is_short = length < timedelta(days=7)  # "mth" and "wk" are no words
        return str(
            format_timedelta(
                max(length, timedelta(minutes=1)),
                threshold=1,
                granularity="minute",
                format="short" if is_short else "long",
                locale=self.locale,
            )
        )

    def _short(self, local: datetime) -> str:
        days = (self.now.astimezone(self.zone).date() - local.date()).days
        if days == 0:
            return f"{local:%H:%M}"
        if days == 1:
            return self.texts.gettext("yesterday %(time)s") % {"time": f"{local:%H:%M}"}
        if 1 < days < 7:
            return f"{self._skeleton('EEE', local)} {local:%H:%M}"
        is_this_year = local.year == self.now.astimezone(self.zone).year
        return self._skeleton("MMMd" if is_this_year else "yMMMd", local)

    def _skeleton(self, skeleton: str, local: datetime) -> str:
        return in_short(skeleton, local.date(), self.locale)


# A page has sixty moments of few days, and looking up how a language writes one takes 0.3 ms.
@lru_cache(maxsize=5_000)
def _in_full(day: date, locale: Locale) -> str:
    return day_in_full(day, locale)


@lru_cache(maxsize=5_000)
def in_short(skeleton: str, day: date, locale: Locale) -> str:
    """A day with what `skeleton` names of it (UTS 35), in the order in which a language says it."""
    return str(format_skeleton(skeleton, datetime.combine(day, time(), UTC), locale=locale))


def calendar(
    now: datetime, time_zone: str, language: str, texts: gettext.NullTranslations
) -> Calendar:
    """The calendar of a person; an unknown time zone is UTC."""
    zone = zone_called(time_zone)
    # English with days before months and hours to 24, as the people here write.
    return Calendar(now, zone, Locale.parse("en_GB" if language == "en" else language), texts)
