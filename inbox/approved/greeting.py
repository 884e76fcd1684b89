"""Whether a text begins with a greeting, in the languages that we speak. Pure."""

from __future__ import annotations

import re
from typing import Final

_LONGEST = 240  # characters of a line that greets
_WORDS: Final = (
    *("hello", "hi", "hey", "dear", "good morning", "good afternoon", "good evening", "greetings"),
    *("здравствуй", "здравствуйте", "уважаемый", "уважаемая", "уважаемые", "добрый", "доброе"),
    *("привет", "приветствую", "дорогой", "дорогая"),
    *("buongiorno", "buonasera", "buon pomeriggio", "gentile", "gentilissimo", "gentilissima"),
    *("egregio", "egregia", "spettabile", "ciao", "salve", "caro", "cara", "cari"),
    *("hallo", "guten", "liebe", "lieber", "liebes", "sehr geehrte", "sehr geehrter", "moin"),
    *("servus", "grüß", "grüezi", "werte", "werter"),
)
_LATIN = re.compile(
    rf"(?:{'|'.join(map(re.escape, _WORDS))})\b(?:.*[,!:，！：]|[^.?]*)", re.IGNORECASE
)
_JAPANESE = re.compile(r"(?:拝啓|前略|こんにちは|.{1,40}(?:様|さま|御中|さん))[、,。!！]?")


def greeting_of(text: str) -> str:
    """The first line where it greets and stands by itself, or ends in a comma; else nothing."""
    line, _, rest = text.lstrip("\n").partition("\n")
    said = line.strip()
    if not 0 < len(said) <= _LONGEST or not (_LATIN.fullmatch(said) or _JAPANESE.fullmatch(said)):
        return ""
    stands_apart = not rest.partition("\n")[0].strip()
    return line if stands_apart or said.endswith((",", "!", "、", "！", "，", ":")) else ""


def without_greeting(text: str) -> str:
    """The text without the line that greets."""
    return text.lstrip("\n")[len(greeting_of(text)) :].lstrip("\n")
