"""How much a client may send, and how slowly; `?_method=delete` for forms without scripts."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inbox.errors import InboxError
from inbox.i18n import negotiate, translations
from inbox.refusals import Refusal

SMALL: Final = 64 * 1024
LARGE: Final = 26 * 1024 * 1024
_PAUSE_S: Final = 30
_WHOLE_S: Final = 300
_TAKES_FILES: Final = (
    *("/replies", "/notes", "/draft", "/forwards", "/conversations"),
    *("/uploads", "/texts", "/preview", "/imports", "/logo"),
)


class TooLarge(InboxError):
    """The body is over its limit."""

    http = 413
    default = Refusal.TOO_LARGE


class TooSlow(InboxError):
    """The body did not arrive in time."""

    http = 408
    default = Refusal.TOO_SLOW


class RequestLimits:
    """Refuses bodies that are too large (413) or come too slowly (408)."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on with a body that cannot grow or last without end."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _override_method(scope)
        limit = LARGE if scope["path"].endswith(_TAKES_FILES) else SMALL
        if _is_ambiguous(scope):
            refusal = _refusal(scope, 400, "bad request", {"connection": "close"})
            await refusal(scope, receive, send)
            return
        if _announced(scope) > limit:
            too_large = TooLarge().said(translations(_language(scope)))
            await _refusal(scope, TooLarge.http, too_large)(scope, receive, send)
            return
        try:
            await self._app(scope, _Bounded(receive, limit), send)
        finally:
            if form := scope.get("state", {}).get("form"):
                await form.close()  # the temporary files of what was uploaded


class _Bounded:
    """A body that ends with an error instead of going on for ever."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._left = receive, limit
        self._more = True
        self._deadline = asyncio.get_running_loop().time() + _WHOLE_S

    async def __call__(self) -> Message:
        if not self._more:  # what follows the body is only the news that the client has gone
            return await self._receive()
        left = self._deadline - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(_PAUSE_S, left)):
                message = await self._receive()
        except TimeoutError as error:
            raise TooSlow from error
        self._more = bool(message.get("more_body", False))
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise TooLarge
        return message


def _refusal(
    scope: Scope, status: int, text: str, headers: dict[str, str] | None = None
) -> Response:
    if not scope["path"].startswith("/api/"):
        return PlainTextResponse(text, status, headers)
    title = HTTPStatus(status).phrase
    said = {"type": "about:blank", "title": title, "status": status, "detail": text}  # RFC 9457
    return JSONResponse(said, status, headers, media_type="application/problem+json")


def _language(scope: Scope) -> str:
    given = next((v for k, v in scope["headers"] if k == b"accept-language"), b"")
    return negotiate(given.decode("latin-1"))


def _is_ambiguous(scope: Scope) -> bool:
    # RFC 9112 §6.1: two lengths are an attempt at smuggling; what follows must not be read.
    names = {name for name, _ in scope["headers"]}
    return b"transfer-encoding" in names and b"content-length" in names


def _announced(scope: Scope) -> int:
    value = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
    return int(value) if value.isdigit() else 0


def _override_method(scope: Scope) -> None:
    # HTML forms know GET and POST only; a POST that names another verb is guarded like any change.
    is_form = scope["method"] == "POST" and not scope["path"].startswith("/api/")
    if is_form and b"_method=" in scope["query_string"]:
        wanted = parse_qs(scope["query_string"].decode("latin-1")).get("_method", [""])[0].upper()
        if wanted in ("PUT", "DELETE"):
            scope["method"] = wanted
