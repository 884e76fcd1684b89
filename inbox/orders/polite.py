"""What people say around what they ask for: "please", "I'll", "thanks". Pure."""

from __future__ import annotations

import re
from typing import Final

_KIND: Final = (
    "please|pls|plz|thanks|thank you|thx|bitte|danke|vielen dank|per favore|per piacere|grazie"
    "|пожалуйста|плиз|спасибо|お願いします|お願い致します|お願いいたします|お願い|ください|下さい"
)
_LONGEST: Final = 40  # letters of what is looked at
_AT_END = re.compile(
    rf"(?:^|(?<=[\s,.、。!])|(?<=[ぁ-ヿ一-鿿]))(?:{_KIND})[\s.!,。！]*$", re.IGNORECASE
)
_AROUND: Final = frozenset(
    "i ill i'll i’ll will it them this ich es sie das io lo la li le я это его её их"
    " please pls bitte пожалуйста прошу hi hello".split()
)
_EDGES: Final = " \t\xa0,.;!:-)(…"


def unpolite(said: str) -> str:
    """The words without a "please" or "thanks" at their end."""
    for _ in range(3):
        from_ = max(0, len(said) - _LONGEST)
        if (found := _AT_END.search(said[from_:])) is None:
            break
        said = said[: from_ + found.start()].rstrip(" \t\xa0,.;!、。")
    return said


def plainly(said: str) -> str:
    """The words without those that only carry them: "I'll take it" is "take"."""
    return " ".join(one for one in said.split() if one.casefold().strip(_EDGES) not in _AROUND)
