"""`inbox agent away` and `inbox agent back`: who is not there, and until when."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from inbox.cli.database import writing
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import done
from inbox.clock import utcnow
from inbox.model.zones import zone_called
from inbox.store.engine import Writer

_Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's own address.")]


def away(
    email: _Email,
    until: Annotated[
        str,
        typer.Argument(metavar="DAY", help="The last day away, such as 2026-12-05; else a day."),
    ] = "",
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say that a person is away; what they have is offered to those who give out the work."""
    from inbox.desk.away import mark_away
    from inbox.desk.people import the_agent
    from inbox.mail.absence import back_on

    async def work(db: Writer) -> dict[str, Any]:
        agent = await the_agent(db, email)
        zone = zone_called(agent.time_zone or "UTC")
        now = utcnow()
        back = back_on(f"until {until}", now.astimezone(zone).date()) if until else None
        if until and back is None:
            raise Misuse(f"expected a day that is to come, such as 2026-12-05, not {until!r}")
        at = datetime.combine(back, datetime.min.time(), zone) if back else None
        ends = await mark_away(db, agent.id, at, now=now)
        return {
            "email": agent.email,
            "away_until": ends.isoformat() if ends else None,
            "away": last_day(ends, zone),
        }

    row = writing(config, work)
    done(f"{row['email']} is away until {row['away']}", row, as_json=as_json)


def last_day(until: datetime | None, zone: ZoneInfo) -> str | None:
    """The last day away; with the time, where it ends within a day."""
    if until is None:
        return None
    there = until.astimezone(zone)
    if there.time() == time():
        return f"{there.date() - timedelta(days=1)}"
    return f"{there:%Y-%m-%d %H:%M}"


def back(email: _Email, as_json: AsJson = False, config: Config = None) -> None:
    """Say that a person is here again."""
    from inbox.desk.away import come_back
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, Any]:
        agent = await the_agent(db, email)
        await come_back(db, agent.id)
        return {"email": agent.email, "away_until": None}

    row = writing(config, work)
    done(f"{row['email']} is here", row, as_json=as_json)
