"""Requests that would never end, or fill the memory, are ended by us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from gettext import NullTranslations
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.types import Message

from inbox.asgi.errors import Fault, handle_errors
from inbox.asgi.limits import SMALL, RequestLimits

QUICK = 0.05


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute and five are too long for a test."""
    monkeypatch.setattr("inbox.asgi.limits._PAUSE_S", QUICK)
    monkeypatch.setattr("inbox.asgi.limits._WHOLE_S", 4 * QUICK)


class Client:
    """Whoever sends a request in pieces; keeps what was answered."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces
        self.read = 0
        self.answer: list[Message] = []

    async def receive(self) -> Message:
        """The next piece of the body; after the last one the client waits for its answer."""
        async for piece in self._pieces:
            self.read += 1
            return {"type": "http.request", "body": piece, "more_body": piece != b""}
        await asyncio.sleep(4 * QUICK)
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Takes a piece of the answer."""
        self.answer.append(message)

    @property
    def told(self) -> tuple[int, bytes]:
        """Status and body of the answer."""
        first, *rest = self.answer
        return first["status"], b"".join(one.get("body", b"") for one in rest)


async def test_a_body_that_stops_is_waited_for_no_longer() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"text=half of"
        await asyncio.sleep(3600)

    client = Client(pieces())
    await _ask(client)
    assert client.told == (408, b"The request did not arrive in time.")


async def test_a_body_that_drips_without_end_is_cut() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        while True:
            await asyncio.sleep(QUICK / 5)
            yield b"x"

    client = Client(pieces())
    await _ask(client)
    assert client.told[0] == 408
    assert 3 < client.read < 40


async def test_a_body_that_grows_beyond_its_limit_is_cut_where_it_does() -> None:
    client = Client(_in_pieces(100))
    await _ask(client)
    assert client.told[0] == 413
    assert client.read == SMALL // 4096 + 1


async def test_what_is_announced_too_large_is_not_even_read() -> None:
    client = Client(_in_pieces(100))
    await _ask(client, headers={"content-length": str(SMALL + 1)})
    assert (client.told[0], client.read) == (413, 0)


async def test_answers_may_bring_files() -> None:
    client = Client(_in_pieces(100))
    await _ask(client, path="/conversations/1/replies")
    assert client.told == (200, b"POST 409600")


async def test_who_waits_for_a_slow_answer_is_not_taken_for_slow() -> None:
    client = Client(_in_pieces(1))
    await _ask(client, path="/slow")
    assert client.told == (200, b"gone")


@pytest.mark.parametrize(
    ("method", "query", "meant"),
    [
        ("POST", "_method=delete", "DELETE"),
        ("POST", "in=open&_method=put", "PUT"),
        ("POST", "_method=get", "POST"),  # a change is never made to look like none
        ("POST", "_method=trace", "POST"),
        ("GET", "_method=delete", "GET"),
    ],
)
async def test_a_form_may_name_what_forms_cannot_do(method: str, query: str, meant: str) -> None:
    client = Client(_in_pieces(0))
    await _ask(client, method=method, query=query)
    assert client.told == (200, f"{meant} 0".encode())


async def _in_pieces(count: int) -> AsyncIterator[bytes]:
    for piece in [b"x" * 4096] * count:
        yield piece
    yield b""


async def _ask(
    client: Client,
    *,
    method: str = "POST",
    path: str = "/",
    query: str = "",
    headers: dict[str, str] | None = None,
) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    await RequestLimits(_app())(scope, client.receive, client.send)


def _app() -> FastAPI:
    app = FastAPI()

    async def show(_request: Request, fault: Fault) -> Response:
        return PlainTextResponse(fault.said(NullTranslations()), fault.status)

    async def slow(request: Request) -> Response:
        await request.body()
        await request.receive()  # in earnest it would be asked whether the client is still there
        return PlainTextResponse("gone")

    async def size(request: Request) -> Response:
        return PlainTextResponse(f"{request.method} {len(await request.body())}")

    handle_errors(app, show)
    app.add_route("/slow", slow, ["POST"])
    app.add_route("/{path:path}", size, ["GET", "POST", "PUT", "DELETE"])
    return app
