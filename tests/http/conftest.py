"""The web view on a real database, driven as a browser would: cookies kept, redirects followed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.tables import Agent, Mailbox
from inbox.web.app import create_app
from tests.http.company import SECRET, Company

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OURS = {"sec-fetch-site": "same-origin"}


@dataclass(slots=True)
class Clock:
    """The time as the application sees it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Browser:
    """One person's browser; forms are sent as from our own pages."""

    client: httpx2.AsyncClient
    pages: list[str] = field(default_factory=list)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.client.get(path, **more)

    async def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        headers = {**OURS, **more.pop("headers", {})}
        return await self.client.post(path, data=data or {}, headers=headers, **more)

    async def page(self, path: str) -> str:
        """A page that has to be there."""
        response = await self.get(path)
        assert response.status_code == 200, response.text
        return str(response.text)

    async def composer(self, conversation: int) -> dict[str, str]:
        """The hidden fields of a conversation's form, as its page has them."""
        html = await self.page(f"/conversations/{conversation}")
        form = html[html.index('id="composer"') :]
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings() -> Settings:
    return Settings(web_url="http://inbox.example", relay_url=None, metrics_token=None)


@pytest.fixture
def app(settings: Settings, database: Database, clock: Clock) -> FastAPI:
    app = create_app(settings, database, SECRET, asyncio.Event())
    app.state.house.clock = clock
    return app


@pytest.fixture
async def company(database: Database, settings: Settings, clock: Clock) -> Company:
    return Company(database, settings, clock.now)


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[Browser]:
    """A browser that nobody has signed in with."""
    async with _client(app) as client:
        yield Browser(client)


@dataclass(slots=True)
class Doors:
    """Opens browsers in which people are signed in already."""

    app: FastAPI
    company: Company
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

    async def open(self, agent: Agent) -> Browser:
        client = _client(self.app)
        self.clients.append(client)
        client.cookies.set("inbox_session", await self.company.session(agent))
        return Browser(client)


@pytest.fixture
async def doors(app: FastAPI, company: Company) -> AsyncIterator[Doors]:
    doors = Doors(app, company)
    yield doors
    for client in doors.clients:
        await client.aclose()


@pytest.fixture
async def support(company: Company) -> Mailbox:
    """The mailbox in which most stories happen."""
    return await company.mailbox("support@us.example", "Support")


@pytest.fixture
async def ann(company: Company, support: Mailbox) -> Agent:
    """Who works there."""
    return await company.agent("Ann Berg", support.address)


@pytest.fixture
async def browser(doors: Doors, ann: Agent) -> Browser:
    """The browser in which she is signed in."""
    return await doors.open(ann)


@pytest.fixture
async def boots(company: Company, support: Mailbox, ann: Agent) -> int:
    """A conversation that a customer has begun."""
    return await company.receives(support)


def _client(app: FastAPI) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(
        transport=transport, base_url="http://inbox.example", follow_redirects=True
    )
