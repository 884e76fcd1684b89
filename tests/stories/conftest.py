"""One service for all stories that are told one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.conftest import empty
from tests.stories.running import Running, running

pytest.register_assert_rewrite("tests.stories.desk", "tests.stories.telling")


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def service(database_url: str) -> AsyncIterator[Running]:
    """A running service on an empty database."""
    async with running(database_url) as service:
        yield service
    await empty(database_url)
