"""`inbox doctor`: is everything around the service as it has to be?"""

from __future__ import annotations

from dataclasses import asdict

import typer

from inbox.cli.options import AsJson, Config
from inbox.cli.output import show_rows
from inbox.log import configure
from inbox.settings import load


def doctor(as_json: AsJson = False, config: Config = None) -> None:
    """Look at settings, ports, database, relay and DNS, and say what to do about each."""
    from inbox.mail_auth.dns import resolver
    from inbox.run.doctor import examine
    from inbox.run.finding import State

    settings = load(config)
    configure(settings.log_style, "ERROR")
    findings = examine(settings, resolver())
    if as_json:
        show_rows([asdict(finding) for finding in findings], [], as_json=True, empty="")
    else:
        for finding in findings:
            typer.echo(f"{_MARKS[finding.state]}  {finding.what}: {finding.says}")
            if finding.do:
                typer.echo(f"          → {finding.do}")
    if any(finding.state is State.BROKEN for finding in findings):
        raise typer.Exit(1)


_MARKS = {"good": "good    ", "doubtful": "doubtful", "broken": "BROKEN  "}
