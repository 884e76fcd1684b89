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

    event.listen(database.engine.sync_engine, "checkout", hear)
    yield found
    event.remove(database.engine.sync_engine, "checkout", hear)
    for connection in heard:
        if not connection.is_closed():
            connection.remove_query_logger(log)


async def test_pages_ask_seldom(browser: Browser, boots: int, asked: list[str]) -> None:
    most = {"/conversations": 10, f"/conversations/{boots}": 30, "/healthz": 0}
    for address in most:
        await browser.page(address)  # what is asked once in the life of a process
    await sleep(0)
    for address, allowed in most.items():
        asked.clear()
        await browser.page(address)
        await sleep(0)  # the driver tells its loggers in the loop's next turn
        assert len(asked) <= allowed, (address, asked)
        assert bool(asked) == bool(allowed)  # the list hears what is asked
