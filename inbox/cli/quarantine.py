"""`inbox quarantine`: mails that could not be understood, with the reason."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_rows
from inbox.store.engine import Reader, Writer

app = typer.Typer(help="Mails that were set aside after five tries.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """The mails that wait for a person's look, newest first."""
    from inbox.intake.quarantine import list_set_aside

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [asdict(found) for found in await list_set_aside(db, limit=1000)]

    show_rows(
        reading(config, work),
        ["id", "received_at", "sender", "recipients", "size", "error"],
        as_json=as_json,
        empty="nothing was set aside",
    )


@app.command()
def show(number: Number, as_json: AsJson = False, config: Config = None) -> None:
    """The original of one mail, as it came; with --json what is understood of it."""
    import json

    from inbox.intake.quarantine import original
    from inbox.mail.inspection import inspect
    from inbox.threading.subject import base_subject

    raw = reading(config, lambda db: original(db, number))
    if as_json:
        seen = inspect(raw, str(number), base_subject=lambda text: base_subject(text).text)
        sys.stdout.write(f"{json.dumps(seen)}\n")
    else:
        sys.stdout.buffer.write(raw)


@app.command()
def retry(
    numbers: Annotated[list[int], typer.Argument(metavar="ID…", min=1, max=2**63 - 1)],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Try mails again, with as many tries as new ones."""
    from inbox.intake.quarantine import retry as again

    async def work(db: Writer) -> None:
        for number in numbers:
            await again(db, number)

    writing(config, work)
    sentence = f"tried again: {' '.join(map(str, numbers))}"
    done(sentence, {"retried": numbers}, as_json=as_json)
