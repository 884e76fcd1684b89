"""Every failure of a request becomes an answer that says what to do and gives nothing away."""

from __future__ import annotations

import gettext
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from inbox.errors import InboxError, TooOften
from inbox.log import get_logger
from inbox.refusals import Refusal

log = get_logger("web")


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong, as far as the person may know it."""

    status: int
    error: InboxError | None = None
    reference: str = ""  # found again in our log

    @property
    def refusal(self) -> Refusal | None:
        """Its name for programs; None where the status says all that there is to say."""
        return (self.error.refusal or self.error.default) if self.error else None

    @property
    def wait(self) -> int:
        """After how many seconds it may be tried again; 0 where there is nothing to wait for."""
        return self.error.seconds if isinstance(self.error, TooOften) else 0

    def said(self, texts: gettext.NullTranslations) -> str:
        """What may be said of it in the language of `texts`; empty where the status says all."""
        return self.error.said(texts) if self.error else ""


ShowFault = Callable[[Request, Fault], Awaitable[Response]]


def handle_errors(app: FastAPI, show: ShowFault) -> None:
    """Answers each kind of failure with `show`."""

    async def ours(request: Request, error: Exception) -> Response:
        fault = Fault(error.http, error) if isinstance(error, InboxError) else Fault(500)
        if fault.status >= 500:
            fault = _logged(error, fault.status)
        return await _shown(request, fault, show)

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        response = await show(request, Fault(status))
        if isinstance(error, HTTPException) and error.headers:
            response.headers.update(error.headers)
        return response

    async def address(request: Request, _error: Exception) -> Response:
        # Forms are read by hand, so what cannot be validated here is part of an address.
        return await show(request, Fault(404))

    async def gone(_request: Request, _error: Exception) -> Response:
        # Whoever sent half of a form and went away hears nothing of it, and it is no fault of ours.
        return Response(status_code=400)

    async def unknown(request: Request, error: Exception) -> Response:
        return await show(request, _logged(error, 500))

    app.add_exception_handler(InboxError, ours)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, address)
    app.add_exception_handler(ClientDisconnect, gone)
    app.add_exception_handler(DBAPIError, unknown)
    app.add_exception_handler(Exception, unknown)


async def _shown(request: Request, fault: Fault, show: ShowFault) -> Response:
    response = await show(request, fault)
    if fault.wait:
        response.headers["retry-after"] = str(fault.wait)  # RFC 9110 §10.2.3
    return response


def _logged(error: Exception, status: int) -> Fault:
    reference = token_hex(4)
    log.error("web.failed", reference=reference, exc_info=error)
    return Fault(status, reference=reference)
