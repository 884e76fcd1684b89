"""`inbox agent`: people of ours, who answer by mail or in the web view."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from inbox.cli.away import away, back, last_day
from inbox.cli.database import on_database, reading, writing
from inbox.cli.mail_password import app as mail_password
from inbox.cli.newcomer import confirm, waiting
from inbox.cli.notices import notices
from inbox.cli.options import AsJson, Config, Misuse, pairs
from inbox.cli.output import done, show_one, show_rows
from inbox.cli.speaker import app as speaker
from inbox.clock import utcnow
from inbox.errors import Conflict
from inbox.model.conversation import Role
from inbox.model.zones import zone_called
from inbox.settings import Settings
from inbox.store.engine import Database, Reader, Writer
from inbox.store.tables import Agent

app = typer.Typer(help="People of ours: agents and colleagues.", no_args_is_help=True)
app.command()(notices)
app.add_typer(mail_password, name="mail-password")
app.add_typer(speaker, name="speaker")
app.command()(confirm)
app.command()(waiting)
app.command()(away)
app.command()(back)

Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's own address.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read a password for the web view from stdin.")
]


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="What customers see beside From.")],
    role: Annotated[Role | None, typer.Option(help="A colleague works by mail alone.")] = None,
    is_list: Annotated[
        bool, typer.Option("--list", help="A department: one address, read by many people.")
    ] = False,
    mailbox: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Takes part; may be repeated.")
    ] = None,
    address: Annotated[
        list[str] | None, typer.Option(metavar="OTHER", help="Writes from here, too; repeatable.")
    ] = None,
    password_stdin: PasswordStdin = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Add a person; once more with the same values is no error."""
    from inbox.desk.people import add_agent

    password = _read_password() if password_stdin else None
    given = role or (Role.COLLEAGUE if is_list else None)
    if given is None:
        raise Misuse("--role is missing: admin, manager, agent or colleague")

    async def work(database: Database, _settings: Settings) -> dict[str, Any]:
        password_hash = await _hash_unless_same(database, email, password)
        async with database.write() as db:
            agent = await add_agent(
                db,
                email=email,
                name=name,
                role=given,
                is_list=is_list,
                mailboxes=mailbox or [],
                addresses=address or [],
                password_hash=password_hash,
            )
            return await _row(db, agent)

    row = on_database(config, work)
    what = "department" if row["is_list"] else row["role"]
    done(f"{what} {row['email']} ({row['name']})", row, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """Everybody."""
    from inbox.store.people import all_agents

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [await _row(db, agent) for agent in await all_agents(db)]

    show_rows(
        reading(config, work),
        ["email", "name", "role", "enabled", "away", "mailboxes"],
        as_json=as_json,
        empty="there is nobody yet: inbox agent add EMAIL --name NAME --role admin",
    )


@app.command()
def show(email: Email, as_json: AsJson = False, config: Config = None) -> None:
    """One person."""
    from inbox.desk.people import the_agent
    from inbox.store.rights import proved_addresses

    async def work(db: Reader) -> dict[str, Any]:
        agent = await the_agent(db, email)
        return await _row(db, agent) | {"proved": await proved_addresses(db, agent.id)}

    show_one(reading(config, work), as_json=as_json)


@app.command("set")
def set_(
    email: Email,
    values: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE…")] = None,
    password_stdin: PasswordStdin = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Change a person: name, role, language, zone, lines, skills=A,B mailboxes=A,B addresses=A,B
    enabled=on proved=off second_step=off provider=off, password.
    """
    from inbox.auth.passwords import hash_password
    from inbox.desk.own_settings import set_person
    from inbox.desk.people import set_password

    given = pairs(values or [])
    if not given and not password_stdin:
        raise Misuse("say what to set, for example name=Ann or mailboxes=A,B, or --password-stdin")
    password = _read_password() if password_stdin else None

    async def work(db: Writer) -> dict[str, Any]:
        agent = await set_person(db, email, given, now=utcnow())
        if password:
            await set_password(db, email, await hash_password(password))
        return await _row(db, agent)

    row = writing(config, work)
    changed = [*given, *(["password"] if password else [])]
    done(f"{row['email']}: {' '.join(changed)} set", row, as_json=as_json)


@app.command()
def disable(email: Email, as_json: AsJson = False, config: Config = None) -> None:
    """Shut a person out; their work stays. `set EMAIL enabled=on` lets them in again."""
    from inbox.desk.people import disable_agent

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await disable_agent(db, email, now=utcnow()))

    row = writing(config, work)
    done(f"{row['email']} is shut out", row, as_json=as_json)


@app.command()
def signature(
    email: Email,
    forget: Annotated[bool, typer.Option("--forget", help="Begin to learn anew.")] = False,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """What a person signs their mails with, as it was learned; answers leave without it."""
    from inbox.desk.people import the_agent
    from inbox.store.signatures import forget_signature, shown_signature

    async def look(db: Reader) -> list[dict[str, Any]]:
        return await shown_signature(db, (await the_agent(db, email)).id)

    async def start(db: Writer) -> int:
        return await forget_signature(db, (await the_agent(db, email)).id)

    if forget:
        count = writing(config, start)
        done(
            f"{email}: {count} lines and pictures forgotten", {"forgotten": count}, as_json=as_json
        )
        return
    show_rows(
        reading(config, look),
        ["kind", "words", "mails", "last_seen_at"],
        as_json=as_json,
        empty="nothing is known yet: it takes three mails that end alike",
    )


def _read_password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Misuse("--password-stdin: there is no password on standard input")
    return password


async def _hash_unless_same(database: Database, email: str, password: str | None) -> str | None:
    """The hash to keep; None when there is nothing to change. Raises Conflict for another one."""
    from inbox.auth.passwords import hash_password, verify_password
    from inbox.store.people import agent_by_address

    if password is None:
        return None
    async with database.read() as db:
        known = await agent_by_address(db, email)
    if known is None or known.password_hash is None:
        return await hash_password(password)
    if not await verify_password(password, known.password_hash):
        raise Conflict(f"{email} has another password: inbox agent set {email} --password-stdin")
    return None


async def _row(db: Reader | Writer, agent: Agent) -> dict[str, Any]:
    from inbox.desk.away import is_away
    from inbox.store.departments import speakers
    from inbox.store.people import agent_addresses, memberships

    others = (await agent_addresses(db)).get(agent.id, [])
    until = agent.away_until if is_away(agent.away_until, utcnow()) else None
    return {
        "id": agent.id,
        "email": agent.email,
        "name": agent.name,
        "role": agent.role,
        "is_list": agent.is_list,
        "language": agent.language,
        "zone": agent.time_zone,
        "enabled": agent.disabled_at is None,
        "away_until": until,
        "away": last_day(until, zone_called(agent.time_zone or "UTC")),
        "tasks": agent.tasks,
        "has_password": agent.password_hash is not None,
        "mailboxes": (await memberships(db)).get(agent.id, []),
        "addresses": [address for address in others if address != agent.email],
        "speakers": [one.email for one in await speakers(db, agent.id)] if agent.is_list else [],
    }
