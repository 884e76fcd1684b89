"""The lines on top of a mail that say to whom it is to go: `@to pat@shop.example`, `An: …`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(
    r"[ \t>]*[@＠]?(?P<word>to|cc|an|a|per|kopie|copia|кому|копия|宛先)"
    r"[ \t\u3000]*[:：]?[ \t\u3000]+(?P<rest>[^\n]*@[^\n]*)",
    re.IGNORECASE,
)
_MAILTO: Final = re.compile(r"[<\[(]mailto:[^>\])]*[>\])]", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+")
_COPIES: Final = frozenset({"cc", "kopie", "copia", "копия"})
_MOST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLines:
    """Whom the lines name, as written, and what stands below them."""

    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    rest: str = ""


def to_lines(text: str) -> ToLines:
    """Read the first lines of a text; a line with anything but addresses is none of them."""
    to: list[str] = []
    cc: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.strip():
            found = _LINE.fullmatch(line.rstrip()[:2000])
            named = _named(found["rest"]) if found else ()
            if not found or not named:
                break
            (cc if found["word"].lower() in _COPIES else to).extend(named)
        at += 1
    if not to and not cc:
        return ToLines(rest=text)
    return ToLines(to=tuple(to[:_MOST]), cc=tuple(cc[:_MOST]), rest="\n".join(lines[at:]))


def _named(rest: str) -> tuple[str, ...]:
    rest = _MAILTO.sub(" ", rest)
    found = tuple(dict.fromkeys(one.rstrip(".") for one in _ADDRESS.findall(rest)))
    # Names may stand beside addresses in brackets; a sentence that names an address is words.
    left = re.sub(r"<[^<>]*>", "", rest) if "<" in rest else _ADDRESS.sub("", rest)
    is_list = "<" in rest or not any(map(str.isalnum, left))
    return found if is_list and len(left.split()) <= 4 * len(found) else ()
