"""`inbox token`: what programs show to the API to act for one of us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_rows
from inbox.clock import utcnow
from inbox.store.engine import Reader, Writer

if TYPE_CHECKING:
    from inbox.store.tables import Agent, ApiToken

app = typer.Typer(help="Tokens of programs, for the API.", no_args_is_help=True)

Email = Annotated[str, typer.Option("--agent", metavar="EMAIL", help="For whom the program acts.")]
Name = Annotated[str, typer.Option(help="What the program is, to tell its token from others.")]


@app.command()
def create(agent: Email, name: Name, as_json: AsJson = False, config: Config = None) -> None:
    """Make a token with the rights of this person. It is printed now and never again."""
    from inbox.auth.tokens import create_token
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, Any]:
        person = await the_agent(db, agent)
        token = await create_token(db, person, name, now=utcnow())
        return {"agent": person.email, "name": name, "token": token}

    row = writing(config, work)
    done(row["token"], row, as_json=as_json)


app.command("add", hidden=True)(create)  # as everything else here is added


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """Every token that opens something, without the token itself."""
    from inbox.auth.tokens import tokens

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [_row(token, person) for token, person in await tokens(db)]

    show_rows(
        reading(config, work),
        ["agent", "name", "created_at", "used_at"],
        as_json=as_json,
        empty="there is no token: inbox token create --agent EMAIL --name NAME",
    )


@app.command()
def revoke(agent: Email, name: Name, as_json: AsJson = False, config: Config = None) -> None:
    """End a token, at once."""
    from inbox.auth.tokens import revoke_token
    from inbox.desk.people import the_agent

    async def work(db: Writer) -> dict[str, Any]:
        person = await the_agent(db, agent)
        return _row(await revoke_token(db, person, name, now=utcnow()), person)

    row = writing(config, work)
    done(f"the token {row['name']} of {row['agent']} opens nothing any more", row, as_json=as_json)


def _row(token: ApiToken, person: Agent) -> dict[str, Any]:
    return {
        "agent": person.email,
        "name": token.name,
        "enabled": person.disabled_at is None,
        "created_at": token.created_at,
        "used_at": token.used_at,
    }
