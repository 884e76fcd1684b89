"""`inbox migrate`: bring the database's schema up to date."""

from __future__ import annotations

import asyncio

import typer

from inbox.cli.options import Config
from inbox.log import configure
from inbox.settings import load


def migrate(config: Config = None) -> None:
    """Bring the database's schema up to date; does nothing when it is."""
    from inbox.run.prepare import prepare
    from inbox.store.embedded import database_url

    settings = load(config)
    configure(settings.log_style, "WARNING")
    with database_url(settings) as url:
        asyncio.run(prepare(url, settings, may_migrate=True))
    typer.echo("the schema is up to date")
