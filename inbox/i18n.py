"""The languages that we speak: catalogues of `locale/*.po`, and which one a person wants.

Catalogues are read as they were written (`.po`) and kept in memory; there is no compiled form that
could be out of date. English is the language of the source and has no catalogue.
"""

from __future__ import annotations

import gettext
import io
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = ("en", "ru", "it", "de", "ja")
_RUSSIAN: Final = "d MMMM y 'г.' (EEEE)"
CATALOGUES: Final = Path(__file__).parent / "locale"


def translations(language: str) -> gettext.NullTranslations:
    """The texts of a language or its base (`de-AT`: `de`); English for one that we do not speak."""
    return _catalogue(_spoken(language) or LANGUAGES[0])


@cache
def texts_of(folder: str) -> tuple[str, ...]:
    """Every text that the files below a folder say, in every language, as the catalogues name it
    (`inbox/notify/`); English as it stands there.
    """
    texts: dict[str, None] = {}
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=path.stem, abort_invalid=True):
                if not any(where.startswith(folder) for where, _line in message.locations):
                    continue
                for one in (message.id, message.string):
                    texts |= dict.fromkeys([one] if isinstance(one, str) else one or ())
    return tuple(text for text in texts if text)


def day_in_full(day: date, locale: Locale) -> str:
    """A day with its weekday, as it can stand behind "until", "since" and "on"."""
    # In Russian the name of a weekday changes with the word before it; that of a day does not.
    return format_date(day, _RUSSIAN if locale.language == "ru" else "full", locale=locale)


def negotiate(accept_language: str | None) -> str:
    """The best of `LANGUAGES` for an Accept-Language header (RFC 9110 §12.5.4), else English."""
    for tag in _by_preference(accept_language or ""):
        if tag == "*":
            break
        if spoken := _spoken(tag):
            return spoken
    return LANGUAGES[0]


def _spoken(tag: str) -> str | None:
    base = tag.strip().replace("_", "-").partition("-")[0].lower()
    return base if base in LANGUAGES else None


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _by_preference(header: str) -> list[str]:
    """Language tags, best first; those with q=0 or an unreadable weight are left out."""
    weighted = [_weighted(item) for item in header[:1000].split(",")]
    wanted = [(weight, tag) for weight, tag in weighted if tag and weight > 0]
    return [tag for _, tag in sorted(wanted, key=lambda pair: -pair[0])]


def _weighted(item: str) -> tuple[float, str]:
    tag, _, parameter = item.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip().lower() != "q":
        return 1.0, tag.strip()
    try:
        return float(value), tag.strip()
    except ValueError:
        return 0.0, tag.strip()
