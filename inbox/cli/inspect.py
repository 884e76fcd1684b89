"""`inbox inspect`: what the service understands of a mail, without a database."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from inbox.mail.inspection import inspect as understanding
from inbox.settings import refuse_unknown
from inbox.threading.subject import base_subject


def inspect(
    files: Annotated[
        list[Path], typer.Argument(help="Mails as files; - reads one from standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show what the service understands of each mail."""
    refuse_unknown(os.environ)
    missing = 0
    for file in files:
        try:
            raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        except OSError as error:
            typer.echo(f"{file}: {error.strerror}", err=True)
            missing += 1
            continue
        seen = understanding(raw, str(file), base_subject=lambda text: base_subject(text).text)
        typer.echo(json.dumps(seen, ensure_ascii=True) if as_json else _readable(seen))
    if missing:
        raise typer.Exit(1)


def _readable(seen: dict[str, Any]) -> str:
    author = seen["from"] or {"name": "", "address": "nobody"}
    lines = [
        seen["file"],
        f"  {seen['kind']} ({', '.join(seen['reasons'])})",
        f"  from     {author['name']} <{author['address']}>",
        f"  subject  {seen['subject']}",
        f"  date     {seen['date'] or 'unusable'}",
        *(f"  file     {one['filename']} ({one['size']} bytes)" for one in seen["attachments"]),
        *([f"  protect  {seen['protection']}, not checked"] if seen["protection"] else []),
        *([f"  tracking {len(seen['tracking_images'])}"] if seen["tracking_images"] else []),
        *(f"  defect   {one['code']} {one['detail']}" for one in seen["defects"]),
        "",
        *(f"  | {line}" for line in seen["new_text"].splitlines()),
        "",
    ]
    return "\n".join(lines)
