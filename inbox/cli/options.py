"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings file; without it ./inbox.toml."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


class Misuse(typer.BadParameter):
    """A command was used wrongly (exit 2); the sentence says how it is used."""

    def format_message(self) -> str:
        """The sentence alone: it says itself what it is about."""
        return self.message


def pairs(given: list[str]) -> dict[str, str]:
    """`KEY=VALUE` words as a mapping. Wrong usage (exit 2) for a word without `=`."""
    found = {}
    for word in given:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise Misuse(f"expected KEY=VALUE, not {word!r}")
        found[key.strip()] = value
    return found
