"""The tags behind an order: "vip, big client". Pure."""

from __future__ import annotations

import re

from inbox.model.marks import tag_of

_BETWEEN = re.compile(r"\s*[,;、，；]\s*|\s+(?=[#\uff03])")


def tags_of(said: str) -> tuple[str, ...] | None:
    """The tags that somebody names, each once; None where one of them can be none."""
    found = [tag_of(one.lstrip("#\uff03")) for one in _BETWEEN.split(said.strip()) if one]
    return tuple(dict.fromkeys(found)) if found and all(found) else None
