"""Somebody who listens to the news of a hub, line by line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from inbox.asgi.live import Hub
from inbox.auth import sessions
from inbox.auth.sessions import SignedIn
from inbox.store.tables import Agent
from tests.http.company import Company
from tests.polling import ENOUGH


async def signed_in(company: Company, agent: Agent) -> SignedIn:
    token = await company.session(agent)
    found = await sessions.find(company.database, token, now=company.now)
    assert found is not None
    return found


@asynccontextmanager
async def listening(hub: Hub, company: Company, agent: Agent) -> AsyncIterator[AsyncIterator[str]]:
    """The stream of a page that this person has open, after its first line."""
    stream = hub.stream(await signed_in(company, agent), None)
    await next_line(stream)
    yield stream
    await stream.aclose()


async def next_line(stream: AsyncIterator[str]) -> str:
    async with asyncio.timeout(ENOUGH):
        return await anext(stream)


def conversation_of(event: str) -> int:
    line = next(line for line in event.splitlines() if line.startswith("data: "))
    return int(json.loads(line.removeprefix("data: "))["conversation"])
