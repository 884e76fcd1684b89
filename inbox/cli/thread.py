"""`inbox thread`: which mails of a stream belong together, without keeping any."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from inbox.errors import Invalid
from inbox.log import configure
from inbox.settings import Settings, refuse_unknown
from inbox.threading.verdict import Join

if TYPE_CHECKING:
    from inbox.intake.rehearsal import Item, Placed

# What a dry run does not need: it is thrown away anyway.
_CARELESS: Final = {"synchronous_commit": "off", "plan_cache_mode": "force_generic_plan"}


def thread(
    stream: Annotated[Path, typer.Argument(help="One JSON object a line; - is standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    domain: Annotated[
        list[str] | None, typer.Option("--domain", help="A domain of ours; may be repeated.")
    ] = None,
    join: Annotated[
        Join, typer.Option("--join", help="Who may join a conversation by a matching header.")
    ] = Join.PARTICIPANTS,
) -> None:
    """Say in which conversation each mail of a stream would be, and why."""
    refuse_unknown(os.environ)
    configure("text", "ERROR")
    try:
        lines = sys.stdin.readlines() if str(stream) == "-" else stream.read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Invalid(f"{stream}: {reason}") from error
    folder = Path() if str(stream) == "-" else stream.parent
    domains = tuple(one.lower().lstrip("@") for one in domain or ())
    with tempfile.TemporaryDirectory(prefix="inbox-thread-") as data:
        _on_a_throwaway(Path(data), folder, lines, domains, join, as_json)


def _on_a_throwaway(
    data: Path, folder: Path, lines: list[str], domains: tuple[str, ...], join: Join, as_json: bool
) -> None:
    # Only here, so that --help is quick.
    from inbox.intake.rehearsal import items
    from inbox.store.embedded import database_url

    wanted = list(items(lines))
    settings = Settings(
        data=data, database_url=None, blobs=None, domain=None, mail_auth="none", relay_url=None
    )
    with database_url(settings) as url:
        placed = asyncio.run(_rehearse(url, settings, folder, wanted, domains, join))
    for one in placed:
        typer.echo(json.dumps(one.as_dict()) if as_json else _readable(one))


async def _rehearse(
    url: str,
    settings: Settings,
    folder: Path,
    wanted: list[Item],
    domains: tuple[str, ...],
    join: Join,
) -> list[Placed]:
    from inbox.intake.rehearsal import Rehearsal
    from inbox.jobs.registry import Context
    from inbox.mail_auth.dns import resolver
    from inbox.run.prepare import ensure_schema
    from inbox.run.worker import know_all_jobs
    from inbox.store.engine import Database
    from inbox.store.secrets import ensure_secret

    await ensure_schema(url)
    know_all_jobs()
    database = Database(url, pool=1, settings=_CARELESS)
    try:
        async with database.write() as db:
            secret = await ensure_secret(db)
        context = Context(settings=settings, database=database, secret=secret)
        rehearsal = Rehearsal(database, context, resolver(), folder, domains, join)
        await rehearsal.prepare()
        hidden = not sys.stderr.isatty()
        with typer.progressbar(wanted, label="mails", file=sys.stderr, hidden=hidden) as shown:
            for item in shown:
                await rehearsal.take(item)
        return await rehearsal.places()
    finally:
        await database.close()


def _readable(one: Placed) -> str:
    why = ", ".join(f"{each.rule.value} {each.detail}".strip() for each in one.evidence)
    where = "set aside" if one.conversation is None else f"conversation {one.conversation}"
    return f"{one.id}: {one.outcome.value}, {where}" + (f" ({why})" if why else "")
