"""`inbox agent mail-password`: with which a person's mail program signs in to hand over mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_rows
from inbox.clock import utcnow
from inbox.store.engine import Reader, Writer

if TYPE_CHECKING:
    from inbox.store.tables import Agent, MailPassword

app = typer.Typer(
    help="Passwords of mail programs, for INBOX_SUBMISSION_LISTEN.", no_args_is_help=True
)

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's own address.")]
Name = Annotated[str, typer.Option(help="The program or device, to tell it from others.")]


@app.command()
def add(email: Email, name: Name, as_json: AsJson = False, config: Config = None) -> None:
    """Make a mail password. It is printed now and never again."""
    from inbox.auth.mail_passwords import add_mail_password
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, Any]:
        person = await the_agent(db, email)
        password = await add_mail_password(db, person, name, now=utcnow())
        return {"agent": person.email, "name": name, "password": password}

    row = writing(config, work)
    done(row["password"], row, as_json=as_json)


@app.command("list")
def list_(email: Email, as_json: AsJson = False, config: Config = None) -> None:
    """A person's mail passwords, without the passwords themselves."""
    from inbox.auth.mail_passwords import mail_passwords
    from inbox.desk.people import the_agent

    async def work(db: Reader) -> list[dict[str, Any]]:
        person = await the_agent(db, email)
        return [_row(one, person) for one in await mail_passwords(db, person)]

    show_rows(
        reading(config, work),
        ["name", "created_at", "used_at"],
        as_json=as_json,
        empty=f"there is none: inbox agent mail-password add {email} --name NAME",
    )


@app.command()
def remove(email: Email, name: Name, as_json: AsJson = False, config: Config = None) -> None:
    """End a mail password, at once."""
    from inbox.auth.mail_passwords import remove_mail_password
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, Any]:
        person = await the_agent(db, email)
        return _row(await remove_mail_password(db, person, name, now=utcnow()), person)

    row = writing(config, work)
    done(f"{row['name']} of {row['agent']} signs in no more", row, as_json=as_json)


def _row(password: MailPassword, person: Agent) -> dict[str, Any]:
    return {
        "agent": person.email,
        "name": password.name,
        "created_at": password.created_at,
        "used_at": password.used_at,
    }
