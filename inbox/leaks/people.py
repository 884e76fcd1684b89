"""Whose an address is, by how companies make addresses of names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_PARTS = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS: Final = 4  # of a name that stands alone, but for an initial


def may_be_of(address: str, names: Iterable[str]) -> bool:
    """Whether the address is made of one of the names: `karen.miller`, `k.miller`, `kmiller`,
    `millerk`, `karenm`, `miller`; a first name alone may be anybody's, or a machine's.
    """
    local = address.rpartition("@")[0].partition("+")[0].casefold()
    parts = _PARTS.findall(local)
    return any(_is_made_of(parts, "".join(parts), name) for name in names)


def _is_made_of(parts: list[str], glued: str, name: str) -> bool:
    words = _PARTS.findall(name.casefold())
    if len(words) < 2:
        return False
    first, last = words[0], words[-1]
    forms = {f"{first}{last}", f"{last}{first}", f"{first[0]}{last}", f"{last}{first[0]}"}
    if len(first) >= _FEWEST_LETTERS:
        forms.add(f"{first}{last[0]}")
    if len(last) >= _FEWEST_LETTERS:
        forms.add(last)
        if last in parts and len(parts) > 1:
            return all(len(one) == 1 or one in words for one in parts)
    return glued in forms
