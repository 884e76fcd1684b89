"""Names across alphabets: how a name sounds, roughly, so that "Ivan" finds "Иван". Pure."""

from __future__ import annotations

import re
from typing import Final

from inbox.orders.verbs import fold

# As passports and keyboards spell them; й and ё come folded to и and е.
_LETTERS: Final = str.maketrans(
    {
        **dict(zip("абвгдезиклмнопрстуфхыэіў", "abvgdeziklmnoprstufhieiu", strict=True)),
        **{"ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia"},
        **{"ь": "", "ъ": "", "ґ": "g", "є": "ie", "ї": "i", "ł": "l", "ø": "o", "æ": "a"},
    }
)
_ALIKE: Final = tuple(
    (re.compile(one), other)
    for one, other in (
        ("sch|tch", "sh"),
        ("shch|shsh", "sh"),
        ("kh", "h"),
        ("ph", "f"),
        ("tz|ts", "c"),
        ("ch", "q"),
        ("ck|k", "c"),
        ("x", "cs"),
        ("w", "v"),
        ("[yj]", "i"),
        ("ae", "a"),
        ("oe", "o"),
        ("ue", "u"),
        (r"(.)\1+", r"\1"),
    )
)


def sound(name: str) -> str:
    """A key that is equal for what may be two spellings of one name."""
    key = fold(name).translate(_LETTERS)
    for pattern, instead in _ALIKE:
        key = pattern.sub(instead, key)
    return key
