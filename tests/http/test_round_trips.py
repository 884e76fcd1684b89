"""How often a page asks the database: each question costs more than most answers to it do."""

from __future__ import annotations

from asyncio import sleep
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import event

from inbox.store.engine import Database
from tests.http.conftest import Browser


@pytest.fixture
async def asked(database: Database) -> AsyncIterator[list[str]]:
    """Every statement that reaches the server over the pool, as it is asked."""
    found: list[str] = []
    heard: list[Any] = []

    def hear(driver: Any, *_: object) -> None:
        connection = driver.driver_connection
        if connection not in heard:
            heard.append(connection)
            connection.add_query_logger(log)

    def log(record: Any) -> None:
        found.append(record.query)

    # The driver tells of what it is asked itself, and not of what SQLAlchemy has prepared.
    def prepared(_connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        found.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "checkout", hear)
    event.listen(engine, "before_cursor_execute", prepared)
    yield found
    event.remove(engine, "before_cursor_execute", prepared)
    event.remove(engine, "checkout", hear)
    for connection in heard:
        if not connection.is_closed():
            connection.remove_query_logger(log)


async def test_pages_ask_seldom(browser: Browser, boots: int, asked: list[str]) -> None:
    most = {"/conversations": 9, f"/conversations/{boots}": 27, "/healthz": 1}
    for address in most:
        await browser.page(address)  # what is asked once in the life of a process
    await sleep(0)
    for address, allowed in most.items():
        asked.clear()
        await browser.page(address)
        await sleep(0)  # the driver tells its loggers in the loop's next turn
        assert len(asked) <= allowed, (address, asked)
        assert asked  # who asks is looked up for every page
