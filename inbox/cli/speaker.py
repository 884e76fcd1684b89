"""`inbox agent speaker`: who answers for a department behind one address."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_rows
from inbox.clock import utcnow
from inbox.store.engine import Reader, Writer

app = typer.Typer(help="Who speaks for a department.", no_args_is_help=True)

Department = Annotated[str, typer.Argument(metavar="DEPARTMENT", help="The department's address.")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's own address.")]


@app.command("list")
def list_(department: Department, as_json: AsJson = False, config: Config = None) -> None:
    """Who speaks for it, and who was removed."""
    from inbox.desk.departments import the_department
    from inbox.store.departments import once_speakers

    async def work(db: Reader) -> list[dict[str, Any]]:
        found = await once_speakers(db, (await the_department(db, department)).id)
        return [
            {
                "email": person.email,
                "name": person.name,
                "since": member.created_at,
                "removed_at": member.removed_at,
            }
            for member, person in found
        ]

    show_rows(
        reading(config, work),
        ["email", "name", "since", "removed_at"],
        as_json=as_json,
        empty="nobody has answered for it yet",
    )


@app.command()
def add(
    department: Department, email: Email, as_json: AsJson = False, config: Config = None
) -> None:
    """Let somebody of yours speak for it, also who was removed."""
    from inbox.desk.departments import add_speaker, the_department
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, str]:
        there, person = await the_department(db, department), await the_agent(db, email)
        await add_speaker(db, there, person, now=utcnow())
        return {"email": person.email, "department": there.email}

    row = writing(config, work)
    done(f"{row['email']} speaks for {row['department']}", row, as_json=as_json)


@app.command()
def remove(
    department: Department, email: Email, as_json: AsJson = False, config: Config = None
) -> None:
    """Let somebody speak for it no more; what they answer there is held."""
    from inbox.desk.departments import remove_speaker, the_department
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, str]:
        there, person = await the_department(db, department), await the_agent(db, email)
        await remove_speaker(db, there, person, now=utcnow())
        return {"email": person.email, "department": there.email}

    row = writing(config, work)
    done(f"{row['email']} speaks for {row['department']} no more", row, as_json=as_json)
