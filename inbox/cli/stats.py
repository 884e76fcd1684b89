"""`inbox stats`: how much came, how fast it was answered, and how reliably."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from inbox.cli.database import reading
from inbox.cli.options import AsJson, Config
from inbox.cli.output import show_rows
from inbox.clock import utcnow
from inbox.store.engine import Reader


def stats(
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="Such as 2026-11-01.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Without it: today.")] = "",
    by: Annotated[str, typer.Option(help="day, week, month, mailbox or person.")] = "day",
    mailbox: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Of this one; else of all.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="For a spreadsheet.")] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say what was counted of the last thirty days, or of others."""
    from inbox.desk.mailboxes import the_mailbox
    from inbox.reports.asked import Report, question, report
    from inbox.reports.sheet import HEAD, values
    from inbox.reports.sheet import as_csv as sheet

    now = utcnow()

    async def work(db: Reader) -> Report:
        ids = [(await the_mailbox(db, one)).id for one in mailbox or ()]
        asked = question(first=first, last=last, by=by, mailboxes=ids, today=now.date())
        return await report(db, None, asked, now=now)

    found = reading(config, work)
    if as_csv:
        sys.stdout.write(sheet(found))
        return
    rows: list[dict[str, Any]] = [{by: one.name, **values(one.figures)} for one in found.lines]
    rows.append({by: "total", **values(found.total)})
    show_rows(rows, [by, *HEAD], as_json=as_json, empty="nothing is counted yet")
