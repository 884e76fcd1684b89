"""What somebody wants to hear of a mailbox, in the languages that we speak. Pure."""

from __future__ import annotations

import re
from typing import Final

from inbox.model.notices import HOUR, SELDOM, Notices
from inbox.orders.verbs import fold

# The first word of each language is the one that we tell people.
_WORDS: Final[dict[Notices, dict[str, str]]] = {
    Notices.ALL: {
        "en": "all everything",
        "ru": "все всё",
        "it": "tutto tutte tutti",
        "de": "alles alle",
        "ja": "すべて 全部 全て",
    },
    Notices.MINE: {
        "en": "mine my",
        "ru": "мои моё мое",
        "it": "mie mio miei mia",
        "de": "meine meins",
        "ja": "自分 自分の",
    },
    Notices.MENTIONS: {
        "en": "mentions mentioned",
        "ru": "упоминания упоминание",
        "it": "menzioni menzione",
        "de": "erwähnungen erwaehnungen erwähnung",
        "ja": "言及 メンション",
    },
    Notices.NONE: {
        "en": "none nothing off no",
        "ru": "ничего нет",
        "it": "nulla niente nessuna no",
        "de": "nichts keine aus",
        "ja": "なし 無し",
    },
}
_BY_WORD: Final = {
    fold(word): wanted
    for wanted, languages in _WORDS.items()
    for words in languages.values()
    for word in words.split()
}

# What may stand around the minutes between two lists: "every 75 minutes", "alle 75 Minuten".
_EVERY: Final = "|".join(
    fold(word)
    for word in "every each minutes minute mins min каждые минут минуты мин ogni minuti minuto"
    " alle minuten 分ごと 分毎 分おき 分".split()
)
_MINUTES: Final = re.compile(rf"(?:{_EVERY})?(\d\d)(?:{_EVERY})?", re.ASCII)


def notices_of(said: str) -> Notices | None:
    """What somebody wants to hear who says this, or None."""
    return _BY_WORD.get(fold(said))


def minutes_of(said: str) -> int | None:
    """The minutes between two lists that come all day long, or None."""
    found = _MINUTES.fullmatch(fold(said))
    if found is None:
        return None
    minutes = int(found[1])
    return minutes if HOUR <= minutes <= SELDOM else None


def said_as(wanted: Notices, language: str) -> str:
    """The word that people are told for it."""
    languages = _WORDS[wanted]
    return languages.get(language, languages["en"]).split()[0]
