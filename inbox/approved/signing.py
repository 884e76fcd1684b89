"""The signature below an answer: the mailbox's, with places for whoever has written it. Pure."""

from __future__ import annotations

import re
from typing import Final

# {{ agent.name }}, and {{ agent.lines }} for what a person signs with below it.
_PLACE: Final = re.compile(r"\{\{\s*agent\.(name|lines)\s*\}\}")


def signed(signature: str, *, name: str, lines: str) -> str:
    """The signature as it leaves; a line that holds nothing but an empty place is left out."""
    values = {"name": " ".join(name.split()), "lines": lines.strip()}
    kept = []
    for line in signature.split("\n"):
        filled = _PLACE.sub(lambda place: values[place[1]], line)
        if filled.strip() or not line.strip():
            kept.append(filled.rstrip())
    return "\n".join(kept).strip("\n")


def has_stray_place(signature: str) -> bool:
    """Whether something in it looks like a place, and nobody would fill it in."""
    return "{{" in _PLACE.sub("", signature)
