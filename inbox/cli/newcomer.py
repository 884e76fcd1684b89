"""`inbox agent confirm`, `inbox agent waiting`: who wrote as one of ours and is not known."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_rows
from inbox.clock import utcnow
from inbox.store.engine import Reader, Writer

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The address that answered.")]


def confirm(
    email: Email,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="Nobody of ours, also if they were confirmed before.")
    ] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Say who wrote as one of ours: a colleague from now on, or nobody of ours."""
    from inbox.desk.newcomers import confirm as confirm_newcomer
    from inbox.desk.newcomers import refuse as refuse_newcomer

    async def work(db: Writer) -> dict[str, Any]:
        if refuse:
            gone = await refuse_newcomer(db, email, by=None, now=utcnow())
            return {"email": gone.address, "state": gone.state}
        person = await confirm_newcomer(db, email, by=None, now=utcnow())
        return {"email": person.email, "name": person.name, "state": "confirmed"}

    row = writing(config, work)
    said = "is nobody of ours" if refuse else "is a colleague now"
    done(f"{row['email']} {said}", row, as_json=as_json)


def waiting(
    everybody: Annotated[
        bool, typer.Option("--all", help="Also who was confirmed or refused.")
    ] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Who answered for a department, or wrote to a customer, and waits to be confirmed."""
    from inbox.store.departments import newcomers

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [
            {
                "email": one.address,
                "name": one.name,
                "department": department.email if department else "",
                "state": one.state,
                "since": one.created_at,
            }
            for one, department in await newcomers(db, only_waiting=not everybody)
        ]

    show_rows(
        reading(config, work),
        ["email", "name", "department", "state", "since"],
        as_json=as_json,
        empty="nobody waits to be confirmed",
    )
