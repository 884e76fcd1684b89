"""What a mail that is too short to be sure of hints at: its greeting, its thanks, its letters.

Enough to choose between the languages in which we would answer anyway, and for nothing else.
"""

from __future__ import annotations

import re
from typing import Final

_LOOKED_AT: Final = 1000  # characters
_KANA: Final = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_RUSSIAN: Final = re.compile("[ыэё]")
_NOT_RUSSIAN: Final = re.compile("[іїєґўђјљњћџѓќѕ]")
# As text is when it is case-folded: of ß there are two s.
_SAID: Final = {
    "en": re.compile(
        r"\b(?:hello|dear|good (?:morning|afternoon|evening)|please|thanks|thank you|regards|my"
        r"|where|when)\b"
    ),
    "de": re.compile(
        r"\b(?:guten (?:tag|morgen|abend)|sehr geehrte\w?|bitte|danke|grüsse|gruss|mfg|ich|mein"
        r"|meine|nicht|wo|wann)\b"
    ),
    "it": re.compile(
        r"\b(?:buongiorno|buonasera|buon giorno|gentil[ei]|salve|grazie|saluti|cordiali|dove"
        r"|perché)\b"
    ),
    "ru": re.compile(
        r"\b(?:здравствуйте|здравствуй|привет|добрый (?:день|вечер)|доброе утро|спасибо|уважением"
        r"|пожалуйста|где|когда|что|мой|моя|меня|заказ)\b"
    ),
}


def hinted_language(text: str) -> str | None:
    """The only one of the languages that we speak at which a text hints; None for none or two."""
    text = text[:_LOOKED_AT].casefold()
    found = {language for language, said in _SAID.items() if said.search(text)}
    if _RUSSIAN.search(text):
        found.add("ru")
    if _NOT_RUSSIAN.search(text):
        found.discard("ru")
    if _KANA.search(text):
        found.add("ja")
    return found.pop() if len(found) == 1 else None
