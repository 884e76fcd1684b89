"""`inbox customer`: addresses told, forgotten, customers merged and parted, by command."""

from __future__ import annotations

import asyncio

import pytest

from inbox.jobs.registry import Context
from inbox.settings import Settings
from inbox.store.engine import Database
from tests.cli.conftest import Run
from tests.intake.house import House

pytestmark = pytest.mark.database


@pytest.fixture
def customers(office: Run, database_url: str) -> Run:
    """Pat and Kim have written."""

    async def fill() -> None:
        database = Database(database_url)
        context = Context(settings=Settings(), database=database, secret=b"s" * 32)
        house = House(database, context)
        for who in ("Pat Lee <pat@a.example>", "Kim <kim@b.example>"):
            await house.receives(house.letter(From=who, To="support@shop.example"))
        await database.close()

    asyncio.run(fill())
    return office


def test_an_address_told_and_forgotten(customers: Run) -> None:
    words = ("customer", "add", "pat@a.example", "Pat@Home.example")
    assert customers(*words).code == 0
    seen = customers("customer", "show", "pat@home.example", "--json").json
    assert seen["name"] == "Pat Lee"
    assert [(one["address"], one["evidence"]) for one in seen["addresses"]] == [
        ("pat@a.example", "from"),
        ("pat@home.example", "told"),
    ]
    assert "pat@home.example (told)" in customers("customer", "show", "pat@a.example").out
    assert customers("customer", "forget", "pat@a.example", "pat@home.example").code == 0
    assert customers("customer", "show", "pat@home.example").code == 1


def test_two_are_one_and_two_again(customers: Run) -> None:
    merged = customers("customer", "merge", "pat@a.example", "kim@b.example", "--json").json
    assert len(merged["addresses"]) == 2
    [merge] = merged["merges"]
    parted = customers("customer", "part", "pat@a.example", str(merge["id"]), "--json").json
    assert [one["address"] for one in parted["addresses"]] == ["pat@a.example"]


def test_what_cannot_be(customers: Run) -> None:
    for words, says in [
        (("add", "pat@a.example", "kim@b.example"), "Another customer writes from this address"),
        (("add", "pat@a.example", "support@shop.example"), "This address is one of ours"),
        (("forget", "pat@a.example", "pat@a.example"), "the only address"),
        (("show", "bo@c.example"), "no customer has the address"),
        (("merge", "pat@a.example", "bo@c.example"), "no customer has the address"),
    ]:
        refused = customers("customer", *words)
        assert refused.code == 1
        assert says in refused.err
