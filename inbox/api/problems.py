"""Every failure as RFC 9457 application/problem+json: what went wrong, and what to do."""

from __future__ import annotations

import gettext
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from inbox.api.bearer import NotKnown
from inbox.asgi.errors import Fault, handle_errors
from inbox.desk.leaking import Leaking
from inbox.errors import Invalid, NotFound
from inbox.i18n import negotiate, translations
from inbox.notify.leaks import sentences
from inbox.settings import expected_instead

MEDIA_TYPE: Final = "application/problem+json"
_MOST_FAULTS: Final = 20


class FieldFault(BaseModel):
    """One thing that is wrong with what was sent."""

    where: str = Field(description="Where in the request, such as `body.message` or `query.cursor`")
    detail: str


class LeakFault(BaseModel):
    """Words of an answer that are only for us."""

    said: str
    source: str = Field(
        description="note, answer (one that was held), notice, mail, address, token"
    )
    detail: str
    key: str = Field(description="Names it: among `told` it lets the same words go, but no token")


class Problem(BaseModel):
    """RFC 9457: an error that a program can read."""

    type: str = "about:blank"
    title: str = Field(description="The name of the status")
    status: int
    detail: str = Field("", description="What happened, in the language of Accept-Language")
    code: str | None = Field(None, description="Names what happened, whatever the language")
    reference: str | None = Field(default=None, description="Names the entry in the service's log")
    errors: list[FieldFault] | None = None
    leaks: list[LeakFault] | None = None
    named: str | None = Field(
        None, description="Words that speak of a file, and there is none; `file` among `told` sends"
    )
    again: str | None = Field(
        None,
        description="An approved text that the customer got twice as it is; `again` among `told`"
        " sends it",
    )


def explain_errors(app: FastAPI) -> None:
    """Answers each kind of failure as a problem."""
    handle_errors(app, _fault)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(NotKnown, _not_known)


def problem(status: int, detail: str = "", **more: Any) -> Response:
    """The answer that says so."""
    found = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, **more)
    # RFC 6750 §3: who may not come in is told what opens.
    headers = {"www-authenticate": 'Bearer realm="inbox"'} if status == 401 else {}
    content = found.model_dump(exclude_none=True)
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


async def _fault(request: Request, fault: Fault) -> Response:
    texts = _texts(request)
    if fault.status == 400 and fault.error is None:  # JSON so deep that nobody reads it to the end
        fault = Fault(fault.status, Invalid())
    leaks = _leaks(fault.error, texts) if isinstance(fault.error, Leaking) else None
    return problem(
        fault.status,
        fault.said(texts),
        code=fault.refusal,
        reference=fault.reference or None,
        leaks=leaks,
        named=getattr(fault.error, "named", None) or None,
        again=getattr(fault.error, "again", None) or None,
    )


def _leaks(error: Leaking, texts: gettext.NullTranslations) -> list[LeakFault]:
    return [
        LeakFault(said=one.said, source=one.source.value, detail=detail, key=one.key)
        for one, detail in zip(error.leaks, sentences(error.leaks, texts), strict=True)
    ]


async def _not_known(request: Request, _error: Exception) -> Response:
    response = await _fault(request, Fault(NotKnown.http, NotKnown()))
    response.headers["www-authenticate"] = 'Bearer realm="inbox", error="invalid_token"'
    return response


async def _unreadable(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    if any(one["loc"][:1] == ("path",) for one in found):
        return await _fault(request, Fault(NotFound.http, NotFound()))
    faults = [
        FieldFault(where=".".join(map(str, one["loc"])), detail=expected_instead(one))
        for one in found[:_MOST_FAULTS]
    ]
    unusable = Invalid()
    said = unusable.said(_texts(request))
    return problem(unusable.http, said, code=unusable.refusal, errors=faults)


def _texts(request: Request) -> gettext.NullTranslations:
    return translations(negotiate(request.headers.get("accept-language")))
