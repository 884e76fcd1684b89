"""`inbox mailbox`: the departments that customers write to."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from inbox.cli.database import reading, writing
from inbox.cli.options import AsJson, Config, pairs
from inbox.cli.output import done, show_one, show_rows
from inbox.clock import utcnow
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Mailbox

app = typer.Typer(help="Mailboxes: what customers write to.", no_args_is_help=True)

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help="The mailbox's address.")]


@app.command()
def add(
    address: Address,
    name: Annotated[str, typer.Option(help="What customers see beside From.")],
    alias: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Leads here, too; may be repeated.")
    ] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Add a mailbox; once more with the same values is no error."""
    from inbox.desk.mailboxes import add_mailbox

    async def work(db: Writer) -> dict[str, Any]:
        mailbox = await add_mailbox(db, address=address, name=name, aliases=alias or [])
        return await _row(db, mailbox)

    row = writing(config, work)
    done(f"mailbox {row['address']} ({row['name']})", row, as_json=as_json)


@app.command("list")
def list_(as_json: AsJson = False, config: Config = None) -> None:
    """All mailboxes."""
    from inbox.store.people import all_mailboxes

    async def work(db: Reader) -> list[dict[str, Any]]:
        return [await _row(db, mailbox) for mailbox in await all_mailboxes(db)]

    show_rows(
        reading(config, work),
        ["address", "name", "language", "members", "aliases"],
        as_json=as_json,
        empty="there is no mailbox yet: inbox mailbox add ADDRESS --name NAME",
    )


@app.command()
def show(address: Address, as_json: AsJson = False, config: Config = None) -> None:
    """One mailbox with all its settings, and what each means."""
    from inbox.desk.mailbox_settings import KEYS
    from inbox.desk.mailboxes import the_mailbox

    async def work(db: Reader) -> dict[str, Any]:
        return await _row(db, await the_mailbox(db, address))

    meanings = {key: setting.meaning for key, setting in KEYS.items()}
    show_one(reading(config, work), meanings, as_json=as_json)


@app.command()
def vcard(address: Address, config: Config = None) -> None:
    """The mailbox as a file for address books: inbox mailbox vcard ADDRESS > support.vcf"""
    from inbox.desk.cards import cards_of
    from inbox.desk.mailboxes import the_mailbox

    async def work(db: Reader) -> str:
        return cards_of(await the_mailbox(db, address))

    # Its lines end in CRLF, wherever it is written.
    sys.stdout.buffer.write(reading(config, work).encode())


@app.command("set")
def set_(
    address: Address,
    values: Annotated[list[str], typer.Argument(metavar="KEY=VALUE…")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Change settings of a mailbox; `show` lists them all."""
    from inbox.desk.mailboxes import set_mailbox

    given = pairs(values)

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await set_mailbox(db, address, given))

    row = writing(config, work)
    done(f"mailbox {row['address']}: {' '.join(given)} set", row, as_json=as_json)


@app.command()
def logo(
    address: Address,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="PNG or JPEG; without it: none any more.")
    ] = None,
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Let a picture stand below the signature of a mailbox, or none any more."""
    from inbox.desk.logos import set_logo
    from inbox.desk.mailboxes import the_mailbox

    octets = file.read_bytes() if file else None

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await set_logo(db, await the_mailbox(db, address), octets))

    row = writing(config, work)
    said = "a picture stands" if row["logo"] else "no picture stands"
    done(f"mailbox {row['address']}: {said} below its signature", row, as_json=as_json)


@app.command()
def remove(address: Address, as_json: AsJson = False, config: Config = None) -> None:
    """Take no more mail for a mailbox; its conversations stay."""
    from inbox.desk.mailboxes import remove_mailbox

    async def work(db: Writer) -> dict[str, Any]:
        return await _row(db, await remove_mailbox(db, address, now=utcnow()))

    row = writing(config, work)
    done(f"mailbox {row['address']} takes no more mail", row, as_json=as_json)


async def _row(db: Reader | Writer, mailbox: Mailbox) -> dict[str, Any]:
    from inbox.desk.mailbox_settings import KEYS
    from inbox.store.people import mailbox_addresses, members

    addresses = (await mailbox_addresses(db)).get(mailbox.id, [])
    return {
        "id": mailbox.id,
        "address": mailbox.address,
        "aliases": [address for address in addresses if address != mailbox.address],
        "members": [agent.email for agent in await members(db, mailbox.id)],
        "logo": mailbox.logo.hex() if mailbox.logo else "",
        **{key: getattr(mailbox, setting.column) for key, setting in KEYS.items()},
    }
