"""The words for how urgent something is, in the languages that we speak. Pure."""

from __future__ import annotations

from typing import Final

from inbox.model.marks import Urgency
from inbox.orders.verbs import fold

# The first word of each language is the one that we tell people.
WORDS: Final[dict[Urgency, dict[str, str]]] = {
    Urgency.LOW: {
        "en": "low lowest minor",
        "ru": "низкий низкая низко",
        "it": "bassa basso",
        "de": "niedrig niedrige gering",
        "ja": "低 低い",
    },
    Urgency.NORMAL: {
        "en": "normal medium none",
        "ru": "обычный обычная нормальный средний",
        "it": "normale media",
        "de": "normal normale mittel",
        "ja": "通常 普通 中",
    },
    Urgency.HIGH: {
        "en": "high important",
        "ru": "высокий высокая важно",
        "it": "alta alto importante",
        "de": "hoch hohe wichtig",
        "ja": "高 高い 重要",
    },
    Urgency.URGENT: {
        "en": "urgent critical highest asap",
        "ru": "срочный срочно срочная критичный",
        "it": "urgente critica",
        "de": "dringend dringende kritisch eilig",
        "ja": "緊急 至急 最優先",
    },
}
_BY_WORD: Final = {
    fold(word): urgency
    for urgency, languages in WORDS.items()
    for words in languages.values()
    for word in words.split()
}


def urgency_of(said: str) -> Urgency | None:
    """How urgent somebody says that it is, None for no such word."""
    return _BY_WORD.get(fold(said))


def told(urgency: Urgency, language: str) -> str:
    """The word that people are told for it."""
    languages = WORDS[urgency]
    return languages.get(language, languages["en"]).split()[0]
