"""`inbox dispatch`: what nobody has, who has how much, and giving it out."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from inbox.settings import Settings
from inbox.store.engine import Database
from tests.cli.conftest import Run
from tests.http.company import Company

pytestmark = pytest.mark.database


def test_listed_and_given(run: Run, database_url: str) -> None:
    async def hears() -> list[int]:
        database = Database(database_url, pool=1)
        company = Company(database, Settings(), datetime.now(UTC))
        support = await company.mailbox("support@us.example", "Support")
        press = await company.mailbox("press@us.example", "Press")
        await company.agent("Ann Berg", support.address)
        await company.agent("Ben Okafor", press.address)
        found = [await company.receives(one, subject=one.name) for one in (support, press)]
        await database.close()
        return found

    assert run("dispatch").out.startswith("nothing waits for somebody")
    ours, theirs = asyncio.run(hears())
    everything = run("dispatch", "--json").json
    assert {one["conversation"] for one in everything["items"]} == {ours, theirs}
    assert [one["email"] for one in everything["people"]] == ["ann@us.example", "ben@us.example"]
    text = run("dispatch", "--as", "ann@us.example").out
    assert "Support" in text
    assert "Press" not in text
    assert "ann@us.example" in text
    give = ("--to", "ann@us.example", "--as", "ann@us.example")
    assert run("dispatch", str(ours), *give).out == "1 given to ann@us.example\n"
    assert run("dispatch", "--as", "ann@us.example", "--json").json["items"] == []
    assert run("dispatch", str(theirs), *give).code == 1  # she does not see it
    other = run("dispatch", str(theirs), "--to", "ann@us.example", "--as", "ben@us.example")
    assert other.code == 1
    assert f"{theirs}: " in other.err  # she takes no part there
    assert run("dispatch", str(ours)).code == 2
    assert run("dispatch", "--to", "ann@us.example").code == 2
