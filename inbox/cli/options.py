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


def pairs(given: list[str]) -> dict[str, str]:
    """`KEY=VALUE` words as a mapping. Wrong usage (exit 2) for a word without `=`."""
    found = {}
    for word in given:
        key, equals, value = word.partition("=")
        if not equals or not key:
            raise typer.BadParameter(f"expected KEY=VALUE, not {word!r}")
        found[key.strip()] = value
    return found
