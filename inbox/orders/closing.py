"""What stands behind `@close`: "category: Refund, solution: a new pair". Pure.

Each with its name, in any of our languages and with a slip of the pen; a comma that is followed by
no name is one of somebody's sentence. Whether the customer is told stands before them: "tell".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any, Final

from inbox.model.closing import Need
from inbox.orders.verbs import fold

# The first word of each language is the one that we tell people.
_WORDS: Final[dict[Need, dict[str, str]]] = {
    Need.CATEGORY: {
        "en": "category topic reason",
        "ru": "категория тема причина",
        "it": "categoria argomento motivo",
        "de": "kategorie thema grund",
        "ja": "カテゴリ カテゴリー 分類",
    },
    Need.ASSIGNEE: {
        "en": "who assignee holder owner",
        "ru": "кто исполнитель ответственный",
        "it": "chi assegnatario incaricato",
        "de": "wer zuständig bearbeiter",
        "ja": "担当 担当者",
    },
    Need.COMMENT: {
        "en": "comment note",
        "ru": "комментарий заметка",
        "it": "commento nota",
        "de": "kommentar notiz",
        "ja": "コメント メモ",
    },
    Need.SOLUTION: {
        "en": "solution resolution outcome",
        "ru": "решение итог",
        "it": "soluzione esito",
        "de": "lösung loesung ergebnis",
        "ja": "解決策 解決 解決方法",
    },
}
# Whether the customer is told, where it is not to be as the mailbox does.
_TELLS: Final[dict[bool, dict[str, str]]] = {
    True: {
        "en": "tell|tell them|tell the customer|tell customer",
        "ru": "сообщить|сообщить клиенту|уведомить|уведомить клиента",
        "it": "avvisa|avvisare|avvisa il cliente|avvisare il cliente",
        "de": "mitteilen|kunden mitteilen|dem kunden mitteilen|bescheid geben",
        "ja": "知らせる|お客様に知らせる|通知",
    },
    False: {
        "en": "quietly|silently|do not tell|don't tell|without telling",
        "ru": "тихо|молча|не сообщать|не уведомлять",
        "it": "senza avvisare|in silenzio|non avvisare",
        "de": "still|ohne mitteilung|nicht mitteilen",
        "ja": "知らせない|静かに|通知なし",
    },
}
_TELLS_BY_WORD: Final = {
    fold(phrase): tells
    for tells, languages in _TELLS.items()
    for phrases in languages.values()
    for phrase in phrases.split("|")
}
_BY_WORD: Final = {
    fold(word): need
    for need, languages in _WORDS.items()
    for words in languages.values()
    for word in words.split()
}
_NAME = re.compile(r"(?:^|[,;.、，；。]\s*|\s)([^\W\d_][\w-]{1,20})\s*[:：=]\s*")
_COMMA = re.compile(r"[,;、，；]\s*")
_EDGES: Final = " \t\xa0,;、，；"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says with closing; what is empty is not said."""

    category: str = ""
    assignee: str = ""
    comment: str = ""
    solution: str = ""
    tells: bool | None = None  # the customer is told; None as the mailbox does


def said_with(argument: str) -> Said | None:
    """What stands behind the order; None where something of it has no name, or no words."""
    first, *more = _COMMA.split(argument, maxsplit=1)
    tells = _TELLS_BY_WORD.get(fold(" ".join(first.split())))
    if tells is None:
        return _named(argument)
    rest = _named(more[0]) if more else Said()
    return rest and replace(rest, tells=tells)


def _named(argument: str) -> Said | None:
    """All that has a name."""
    found = [(one, need) for one in _NAME.finditer(argument) if (need := _need(one[1]))]
    if not found or found[0][0].start():
        return None
    ends = [*(one.start() for one, _ in found[1:]), len(argument)]
    said: dict[str, Any] = {}
    for (one, need), end in zip(found, ends, strict=True):
        words = argument[one.end() : end].strip(_EDGES)
        if not words or need.value in said:
            return None
        said[need.value] = words
    return Said(**said)


def told(need: Need, language: str) -> str:
    """The word that people are told for it."""
    languages = _WORDS[need]
    return languages.get(language, languages["en"]).split()[0]


def _need(word: str) -> Need | None:
    key = fold(word)
    near = get_close_matches(key, _BY_WORD, n=1, cutoff=0.8) if len(key) > 4 else []
    return _BY_WORD.get(key) or (_BY_WORD[near[0]] if near else None)
