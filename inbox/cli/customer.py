"""`inbox customer`: who a customer is, told and taken back by address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from inbox.cli.database import on_database
from inbox.cli.options import AsJson, Config
from inbox.cli.output import done, show_one
from inbox.clock import utcnow
from inbox.settings import Settings
from inbox.store.engine import Database, Writer

app = typer.Typer(help="Customers: by which addresses each is known.", no_args_is_help=True)

Known = Annotated[str, typer.Argument(metavar="ADDRESS", help="Any address of the customer.")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The other address.")]

# Is given the customer's newest conversation, where the event of it is written.
Act = Callable[[Writer, int], Awaitable[object]]


@app.command()
def show(address: Known, as_json: AsJson = False, config: Config = None) -> None:
    """A customer: names, addresses with how each became known, phones, merges."""
    row = _do(config, address)
    show_one(row if as_json else _readable(row), as_json=as_json)


@app.command()
def add(address: Known, other: Other, as_json: AsJson = False, config: Config = None) -> None:
    """The customer writes from OTHER as well."""
    from inbox.desk.identity import add_address
    from inbox.model.actor import SYSTEM

    async def act(db: Writer, at: int) -> None:
        await add_address(db, at, other, by=SYSTEM, now=utcnow())

    row = _do(config, address, act)
    done(f"{other} is an address of the customer {address}", row, as_json=as_json)


@app.command()
def forget(address: Known, other: Other, as_json: AsJson = False, config: Config = None) -> None:
    """OTHER is not the customer's after all, and is not learned again."""
    from inbox.desk.identity import remove_address
    from inbox.model.actor import SYSTEM
    from inbox.model.address import normalize

    async def act(db: Writer, at: int) -> None:
        await remove_address(db, at, normalize(other), by=SYSTEM, now=utcnow())

    row = _do(config, address, act)
    done(f"{other} is no address of the customer {address}", row, as_json=as_json)


@app.command()
def merge(address: Known, other: Other, as_json: AsJson = False, config: Config = None) -> None:
    """The customer with OTHER is the same person. `part` takes it back."""
    from inbox.desk.identity import merge_customers
    from inbox.model.actor import SYSTEM
    from inbox.store.identity import customer_id_of

    async def act(db: Writer, at: int) -> None:
        gone = await customer_id_of(db, other)
        await merge_customers(db, at, gone, by=SYSTEM, now=utcnow())

    row = _do(config, address, act)
    done(f"{other} and {address} are one customer", row, as_json=as_json)


@app.command()
def part(
    address: Known,
    merge: Annotated[int, typer.Argument(help="The number of the merge, see `show`.")],
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Take a merge back: everybody has what was theirs."""
    from inbox.desk.identity import part_customers
    from inbox.model.actor import SYSTEM

    async def act(db: Writer, at: int) -> None:
        await part_customers(db, at, merge, by=SYSTEM, now=utcnow())

    row = _do(config, address, act)
    done(f"merge {merge} of the customer {address} is taken back", row, as_json=as_json)


def _readable(row: dict[str, Any]) -> dict[str, Any]:
    addresses = [f"{one['address']} ({one['evidence']})" for one in row["addresses"]]
    merges = [f"{one['id']} ({', '.join(one['addresses'])})" for one in row["merges"]]
    return {**row, "addresses": addresses, "merges": merges}


def _do(config: Path | None, address: str, act: Act | None = None) -> dict[str, Any]:
    """The customer as they are afterwards."""
    from inbox.store.identity import newest_by_address, profile

    async def work(database: Database, _settings: Settings) -> dict[str, Any]:
        if act is not None:
            async with database.write() as db:
                await act(db, (await newest_by_address(db, address)).id)
        async with database.read() as db:
            return await profile(db, address)

    return on_database(config, work)
