"""`inbox role`: one process of a service. Not for people: `inbox serve` starts these."""

from __future__ import annotations

from typing import Annotated

import typer

from inbox.cli.options import Config, Misuse
from inbox.log import configure
from inbox.settings import load


def role(
    name: str,
    processes: Annotated[int, typer.Option(min=1, help="How many of them: workers alone.")] = 1,
    config: Config = None,
) -> None:
    """Run one role until told to stop."""
    from inbox.run.role import run_role
    from inbox.run.roles import ROLES, load_worker
    from inbox.run.several import fork_several

    roles = dict(ROLES)
    if name.startswith("demo-"):
        from inbox.demo.roles import ROLES as DEMO_ROLES

        roles.update(DEMO_ROLES)
    if name not in roles:
        raise Misuse(f"there is no role {name}")
    settings = load(config)
    configure(settings.log_style, settings.log_level)
    if processes > 1:
        load_worker()
        fork_several(name, processes)
    run_role(roles[name], settings)
