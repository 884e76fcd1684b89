"""`inbox reprocess`: what the rules of today would make of the mails that are there."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from inbox.cli.database import on_database
from inbox.cli.options import AsJson, Config, Misuse
from inbox.settings import Settings
from inbox.store.engine import Database

if TYPE_CHECKING:
    from inbox.intake.replay import Move, Replay

# What a dry run does not need: it is thrown away anyway.
_CARELESS: Final = {"synchronous_commit": "off", "plan_cache_mode": "force_generic_plan"}


def reprocess(
    threads: Annotated[
        bool, typer.Option("--threads", help="Match all mails to conversations anew.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Change nothing; say what would move.")
    ] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say which mails would be in another conversation by the rules of today, and why."""
    if not (threads and dry_run):
        raise Misuse(
            "mails that are there are never moved by a rule, only by people: "
            "say --threads --dry-run to see what would move"
        )

    async def work(database: Database, settings: Settings) -> None:
        await _dry_run(database, settings, as_json)

    on_database(config, work)


async def _dry_run(archive: Database, settings: Settings, as_json: bool) -> None:
    from inbox.intake.replay import Replay
    from inbox.run.prepare import ensure_schema
    from inbox.run.worker import know_all_jobs
    from inbox.store.embedded import database_url
    from inbox.store.secrets import ensure_secret

    know_all_jobs()
    async with archive.write() as db:
        secret = await ensure_secret(db)
    with tempfile.TemporaryDirectory(prefix="inbox-reprocess-") as folder:
        own = settings.model_copy(update={"data": Path(folder), "database_url": None})
        with database_url(own) as url:
            await ensure_schema(url)
            scratch = Database(url, pool=1, settings=_CARELESS)
            try:
                replay = Replay(archive, scratch, settings, secret)
                await _go_through(replay)
                await _show(replay, as_json)
            finally:
                await scratch.close()


async def _go_through(replay: Replay) -> None:
    length = await replay.prepare()
    hidden = not sys.stderr.isatty()
    with typer.progressbar(length=length, label="archive", file=sys.stderr, hidden=hidden) as bar:
        async for done in replay.run():
            bar.update(done)


async def _show(replay: Replay, as_json: bool) -> None:
    count = 0
    async for move in replay.moves():
        count += 1
        typer.echo(json.dumps(move.as_dict(), ensure_ascii=False) if as_json else _readable(move))
    if not as_json:
        typer.echo(f"{count} would move; nothing was changed" if count else "all would stay")
    if replay.skipped:
        typer.echo(f"{replay.skipped} mails could not be read and were left out", err=True)


def _readable(move: Move) -> str:
    where = f"conversation {move.to}" if move.to is not None else f"a new one (group {move.group})"
    why = f"{move.rule} {move.detail}".strip() or "nothing leads to an earlier one"
    by_hand = "; people have put mails there by hand" if move.is_touched else ""
    subject = "".join(c if c.isprintable() else "\ufffd" for c in move.subject)
    return (
        f"message {move.message} ({subject}): conversation {move.was} -> {where} ({why}{by_hand})"
    )
