"""How commands print: aligned columns for people, JSON for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]


def show_rows(rows: Sequence[Row], columns: Sequence[str], *, as_json: bool, empty: str) -> None:
    """A list: a JSON array of whole rows, or the named columns, or a line for an empty one."""
    if as_json:
        _write(_json(list(rows)))
    elif not rows:
        _write(empty)
    else:
        _write(_table([columns, *([plain(row[name]) for name in columns] for row in rows)]))


def show_one(row: Row, meanings: Mapping[str, str] | None = None, *, as_json: bool) -> None:
    """One thing: a JSON object, or a line for each of its values, with what it means where said."""
    if as_json:
        _write(_json(row))
        return
    said = meanings or {}
    _write(_table([[name, plain(value), said.get(name, "")] for name, value in row.items()]))


def done(sentence: str, row: Row, *, as_json: bool) -> None:
    """What was done: a sentence, or the thing itself as JSON."""
    _write(_json(row) if as_json else sentence)


def _write(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_as_json)


def _as_json(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def plain(value: Any) -> str:
    """A value on one line, with nothing in it that drives a terminal."""
    match value:
        case None:
            return "-"
        case bool():
            return "on" if value else "off"
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S")
        case list() | tuple():
            return " ".join(plain(item) for item in value) or "-"
    # A sender chooses what is printed here: nothing of it may drive the terminal.
    return "".join(c if c.isprintable() else "�" for c in str(value).replace("\n", "\\n")) or "-"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
