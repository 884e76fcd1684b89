"""`inbox search` as an administrator looks for something."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from inbox.settings import Settings
from inbox.store.engine import Database
from tests.cli.conftest import Run
from tests.http.company import Company

pytestmark = pytest.mark.database


def test_mails_are_indexed_and_found(run: Run, database_url: str) -> None:
    async def hears() -> None:
        database = Database(database_url, pool=1)
        company = Company(database, Settings(), datetime.now(UTC))
        support = await company.mailbox("support@us.example", "Support")
        board = await company.mailbox("board@us.example", "Board")
        await company.agent("Ann Berg", support.address)
        await company.receives(support, text="My boots are broken.")
        await company.receives(board, text="Broken promises.")
        await database.close()

    asyncio.run(hears())
    early = run("search", "broken", "--json")
    assert early.json == []
    assert "2 messages are not in the index yet" in early.err
    assert run("search", "reindex").out == "2 messages are in the index\n"
    rows = run("search", "broken", "--json").json
    assert [row["snippet"] for row in rows] == ["Broken promises.", "My boots are broken."]
    rows = run("search", "broken", "--as", "ann@us.example", "--json").json
    assert [row["subject"] for row in rows] == ["Boots"]
    assert "is no date" in run("search", "broken", "before:soon").err
    assert run("search", " ").code == 2
    assert run("search", "broken", "--as", "nobody@us.example").code == 1
