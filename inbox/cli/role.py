"""`inbox role`: one process of a service. Not for people: `inbox serve` starts these."""

from __future__ import annotations

from inbox.cli.options import Config, Misuse
from inbox.log import configure
from inbox.settings import load


def role(name: str, config: Config = None) -> None:
    """Run one role until told to stop."""
    from inbox.run.role import run_role
    from inbox.run.roles import ROLES

    roles = dict(ROLES)
    if name.startswith("demo-"):
        from inbox.demo.roles import ROLES as DEMO_ROLES

        roles.update(DEMO_ROLES)
    if name not in roles:
        raise Misuse(f"there is no role {name}")
    settings = load(config)
    configure(settings.log_style, settings.log_level)
    run_role(roles[name], settings)
