"""`inbox channels`: which ways home customers' mail programs leave whole."""

from __future__ import annotations

from dataclasses import asdict

import typer

from inbox.cli.database import reading
from inbox.cli.options import AsJson, Config
from inbox.cli.output import show_rows

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

    found = reading(config, read_channels)
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
