"""`inbox serve`: the service, all of it or one role."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer

from inbox.cli.options import Config
from inbox.log import configure
from inbox.settings import load


class Role(StrEnum):
    """What can be served alone, on as many hosts as one likes."""

    ALL = "all"
    SMTP = "smtp"
    WEB = "web"
    WORKER = "worker"


# One for each processor, but two are enough until somebody says otherwise: they take 45 MB more.
WORKERS = min(2, os.cpu_count() or 1)


def serve(
    role: Annotated[Role, typer.Option(help="Serve everything, or this alone.")] = Role.ALL,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="How many worker processes.")
    ] = WORKERS,
    no_migrate: Annotated[
        bool, typer.Option("--no-migrate", help="Refuse an older schema instead of updating it.")
    ] = False,
    config: Config = None,
) -> None:
    """Receive mail, show it, send answers; prints one line `ready …` once it does."""
    from inbox.run import serve as supervisor
    from inbox.run.ports import Ports

    settings = load(config)
    configure(settings.log_style, settings.log_level)
    roles = [Role.SMTP, Role.WEB, *[Role.WORKER] * workers]
    if role is not Role.ALL:
        roles = [each for each in roles if each is role]
    plan = supervisor.Plan(first=["check" if no_migrate else "prepare"], then=roles)
    with Ports() as ports:
        supervisor.serve(plan, settings, ports, config=config)
