"""`inbox queue`: mail on its way in and out."""

from __future__ import annotations

import os
from getpass import getuser
from typing import Annotated, Any

import typer

from inbox.cli.database import on_database, reading, writing
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import done, show_rows
from inbox.errors import NotFound
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind
from inbox.settings import Settings
from inbox.store.engine import Database, Reader, Writer

app = typer.Typer(help="Mail on its way in and out.", no_args_is_help=True)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """Mails that came and are not in a conversation yet, and mails that have not left."""
    from inbox.intake.waiting import list_unkept
    from inbox.outbound.waiting import list_unsent

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [
            *(_row("in", found) for found in await list_unkept(db)),
            *(_row("out", found) for found in await list_unsent(db)),
        ]

    show_rows(
        reading(config, work),
        ["mail", "state", "sender", "recipients", "next_try_at", "error"],
        as_json=as_json,
        empty="nothing waits",
    )


@app.command()
def retry(
    mails: Annotated[list[str], typer.Argument(metavar="MAIL…", help="in-12, out-7, or all.")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Try mails again now instead of later."""
    from inbox.intake.waiting import list_unkept
    from inbox.outbound.waiting import list_unsent

    wanted = [] if mails == ["all"] else [_read(mail) for mail in mails]

    async def work(database: Database, settings: Settings) -> list[str]:
        async with database.write() as db:
            chosen = wanted or [
                *(("in", found["id"]) for found in await list_unkept(db)),
                *(("out", found["id"]) for found in await list_unsent(db)),
            ]
            for direction, number in chosen:
                await _again(db, direction, number, settings)
        return [f"{direction}-{number}" for direction, number in chosen]

    tried = on_database(config, work)
    done(f"tried again: {' '.join(tried) or 'nothing'}", {"retried": tried}, as_json=as_json)


@app.command()
def drop(
    mails: Annotated[list[str], typer.Argument(metavar="MAIL…", help="in-12 or out-7.")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Take mails out of the queue for good; the bytes of one that came are kept."""
    from inbox.clock import utcnow
    from inbox.desk.delivery_dropped import drop_delivery
    from inbox.intake.waiting import drop as drop_incoming

    wanted = [_read(mail) for mail in mails]

    async def work(db: Writer) -> None:
        for direction, number in wanted:
            if direction == "in":
                await drop_incoming(db, number)
            else:
                await drop_delivery(db, number, by=_me(), now=utcnow())

    writing(config, work)
    done(f"dropped: {' '.join(mails)}", {"dropped": mails}, as_json=as_json)


async def _again(db: Writer, direction: str, number: int, settings: Settings) -> None:
    from inbox.intake import waiting as incoming
    from inbox.outbound import waiting as outgoing

    if direction == "in":
        await incoming.try_again(db, number)
    else:
        await outgoing.try_again(db, number, settings)


def _me() -> Actor:
    """Whoever types this, by the name that the machine knows them by."""
    return Actor(kind=ActorKind.SYSTEM, name=os.environ.get("SUDO_USER") or getuser())


def _row(direction: str, found: dict[str, Any]) -> dict[str, Any]:
    return {"mail": f"{direction}-{found['id']}", "direction": direction, **found}


def _read(mail: str) -> tuple[str, int]:
    direction, _, number = mail.partition("-")
    if direction not in ("in", "out") or not (number.isascii() and number.isdigit()):
        raise Misuse(f"expected in-NUMBER or out-NUMBER, not {mail!r}")
    if len(number) > 18:
        raise NotFound(f"there is no mail {mail}")
    return direction, int(number)
