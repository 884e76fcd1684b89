"""`inbox channels`: which ways home customers' mail programs leave whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from inbox.cli.database import on_database
from inbox.cli.options import AsJson, Config
from inbox.cli.output import show_rows
from inbox.settings import Settings
from inbox.store.engine import Database

if TYPE_CHECKING:
    from inbox.store.channels import Channel

_COLUMNS = (
    "mailbox",
    "domain",
    "program",
    "answers",
    "in_reply_to",
    "refs",
    "thread_index",
    "token",
    "quote",
    "subject",
    "without_header",
)


def channels(as_json: AsJson = False, config: Config = None) -> None:
    """Say what answers from each domain and mail program bring back of the thread."""
    from inbox.store.channels import advice, read_channels

    async def work(database: Database, _settings: Settings) -> list[Channel]:
        async with database.read() as db:
            return await read_channels(db)

    found = on_database(config, work)
    rows = [asdict(one) for one in found]
    show_rows(rows, _COLUMNS, as_json=as_json, empty="no customer has answered an answer yet")
    if as_json:
        return
    for one in advice(found):
        typer.echo(
            f"{one.without_header} of {one.answers} answers to {one.mailbox} came without a header "
            f"that leads home: inbox mailbox set {one.mailbox} customer_token=on gives customers "
            "an answer address that does"
        )
