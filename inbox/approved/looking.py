"""What somebody looks for → patterns that find other forms of it as well. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MOST = 8  # words that are looked for
_WORD = re.compile(r"[\w@.+-]+")
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
# What is cut off, so that "refunds" finds "refund" and "возврата" "возврат".
_LONG, _MIDDLE = 8, 5
_SPECIAL: Final = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def patterns(query: str) -> tuple[str, ...]:
    """For `like`, in small letters, all of which must be found; none where nothing is asked for."""
    text = unicodedata.normalize("NFKC", query).lower()[:200]
    found: dict[str, None] = {}
    for word in _WORD.findall(text):
        for part in _parts(word.strip(".-+_")):
            found[f"%{part.translate(_SPECIAL)}%"] = None
    return tuple(found)[:_MOST]


def _parts(word: str) -> list[str]:
    runs = _SPACELESS.findall(word)
    if runs:
        # Nothing stands between Japanese words: each two letters that follow each other.
        return [run[i : i + 2] for run in runs for i in range(max(len(run) - 1, 1))]
    if not word or "@" in word or any(sign.isdigit() for sign in word):
        return [word] if word else []
    cut = 2 if len(word) >= _LONG else 1 if len(word) >= _MIDDLE else 0
    return [word[: len(word) - cut]]
