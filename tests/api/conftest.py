"""The service on a free port, and programs that speak to it with a token."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from inbox.auth.tokens import create_token
from inbox.desk.people import the_agent
from inbox.run.web import run_web
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.tables import Agent, Mailbox
from tests.http.company import SECRET, Company

PROBLEM = "application/problem+json"


UNUSED = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # a client makes one otherwise: 20 ms each


@dataclass(slots=True)
class Program:
    """Something that asks over HTTP, with a token or without."""

    client: httpx2.AsyncClient

    async def asks(self, method: str, path: str, **more: Any) -> httpx2.Response:
        return await self.client.request(method, f"/api/v1{path}", **more)

    async def gets(self, path: str, **query: Any) -> Any:
        """What is there, which has to be there."""
        response = await self.asks("GET", path, params=query)
        assert response.status_code == 200, response.text
        return response.json()

    async def does(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """What came of a change, which has to succeed."""
        response = await self.asks(method, path, json=json, **more)
        assert response.status_code in (200, 201, 204), response.text
        return response.json() if response.content else None

    async def refused(self, method: str, path: str, json: Any = None, **more: Any) -> Any:
        """The problem that a request has."""
        response = await self.asks(method, path, json=json, **more)
        assert response.headers["content-type"] == PROBLEM, response.text
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem["title"]
        return problem


@dataclass(slots=True)
class Service:
    """The service and the company that it is for."""

    url: str
    company: Company
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

    def program(self, token: str = "", **headers: str) -> Program:
        """A program with this token; without one it says nothing of itself."""
        said = {"authorization": f"Bearer {token}"} if token else {}
        client = httpx2.AsyncClient(base_url=self.url, headers={**said, **headers}, verify=UNUSED)
        self.clients.append(client)
        return Program(client)

    async def token(self, agent: Agent, name: str = "script") -> str:
        async with self.company.database.write() as db:
            person = await the_agent(db, agent.email)
            return await create_token(db, person, name, now=datetime.now(UTC))

    async def of(self, agent: Agent) -> Program:
        """A program that acts for this person."""
        return self.program(await self.token(agent))


@pytest.fixture
async def service(database: Database) -> AsyncIterator[Service]:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = Settings(web_listen=f"127.0.0.1:{port}")
    stop = asyncio.Event()
    running = asyncio.create_task(run_web(settings, database, SECRET, stop, [listening]))
    company = Company(database, settings, datetime.now(UTC))
    service = Service(f"http://127.0.0.1:{port}", company)
    yield service
    for client in service.clients:
        await client.aclose()
    stop.set()
    await running
    listening.close()


@dataclass(slots=True)
class Desk:
    """One mailbox, one person in it, and a program of theirs."""

    service: Service
    support: Mailbox
    ann: Agent
    program: Program

    async def hears(self, **mail: Any) -> int:
        return await self.service.company.receives(self.support, **mail)

    async def messages(self, conversation: int) -> list[dict[str, Any]]:
        found = await self.program.gets(f"/conversations/{conversation}/messages")
        return list(found["items"])


@pytest.fixture
async def desk(service: Service) -> Desk:
    support = await service.company.mailbox("support@us.example", "Support")
    ann = await service.company.agent("Ann Berg", support.address)
    return Desk(service, support, ann, await service.of(ann))
