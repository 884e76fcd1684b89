"""Requests that fail, before an application of two routes."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI, Request, Response

from inbox.asgi.errors import Fault, handle_errors


async def _show(_request: Request, fault: Fault) -> Response:
    return Response(status_code=fault.status)


async def test_whoever_goes_away_within_a_form_is_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    app = FastAPI()
    handle_errors(app, _show)

    @app.post("/form")
    async def form(request: Request) -> Response:
        await request.form()
        raise AssertionError("half a form was taken for a whole one")

    kind = b"application/x-www-form-urlencoded"
    scope = {
        "type": "http", "method": "POST", "path": "/form", "raw_path": b"/form", "root_path": "",
        "scheme": "http", "query_string": b"", "headers": [(b"content-type", kind)],
        "http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2),
    }  # fmt: skip
    comes = [
        {"type": "http.request", "body": b"text=half", "more_body": True},
        {"type": "http.disconnect"},
    ]
    said: list[Any] = []

    async def receive() -> Any:
        return comes.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    await app(scope, receive, send)
    assert said[0]["status"] == 400
    assert "web.failed" not in capsys.readouterr().err
