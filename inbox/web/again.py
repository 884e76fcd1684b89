"""What was refused of a form, said on the page of that form, with what was entered.

Routes that know their page show it themselves. For all others the page is asked for once more, as
the browser had it, and filled in (`refilled`). It is read anew: what was changed in between shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from fastapi import Request, Response
from starlette.datastructures import FormData
from starlette.types import Message

from inbox.asgi.deps import Here
from inbox.asgi.errors import Fault
from inbox.asgi.headers import PAGE
from inbox.errors import InboxError
from inbox.web.pages import as_html, html_response, is_htmx, reader_of
from inbox.web.refilled import Given, refilled

_AGAIN: Final = "inbox.again"  # asked for here: what is refused of that is not asked for again
_REFUSED: Final = (409, 413, 422)
# Pages that are the answer to a form, and change nothing.
_ANSWERS: Final = ("/marked",)
_OF_THE_FORM: Final = (b"content-type", b"content-length", b"accept-encoding", b"x-in-place")


async def page_again(here: Here, fault: Fault, said: str) -> Response | None:
    """The page of the form with what is wrong; None where there is no page or no such form."""
    request = here.request
    is_asked = request.method != "GET" and _AGAIN not in request.scope
    if not is_asked or fault.status not in _REFUSED or not _wants_page(here):
        return None
    html = await _asked_for(request, _given(request))
    again = with_fault(here, html, fault.error, said) if html else None
    return html_response(here, again, fault.status) if again else None


def with_fault(here: Here, html: str, error: InboxError | None, said: str) -> str | None:
    """A page on which stands the form that was sent, with what is wrong; None where it does not."""
    return refilled(
        html,
        path=here.request.url.path,
        method=here.request.method,
        given=_given(here.request),
        field=_field(error.about) if error else "",
        said=said,
    )


def html_with_fault(here: Here, template: str, fault: InboxError | None, **values: Any) -> str:
    """A page of a form, and what was refused of it: at its field, else where `fault` stands."""
    html = as_html(here, template, fault="", **values)
    if fault is None:
        return html
    said = fault.said(reader_of(here).texts)
    found = with_fault(here, html, fault, said)
    return found or as_html(here, template, fault=said, **values)


def _field(about: Mapping[str, object]) -> str:
    return str(about.get("field") or ("address" if "address" in about else ""))


def _wants_page(here: Here) -> bool:
    return is_htmx(here) or "text/html" in here.request.headers.get("accept", "")


def _given(request: Request) -> Given:
    if request.method == "GET":
        return {name: request.query_params.getlist(name) for name in request.query_params}
    form: FormData = getattr(request.state, "form", None) or FormData()
    names = dict.fromkeys(form)
    return {name: [one for one in form.getlist(name) if isinstance(one, str)] for name in names}


async def _asked_for(request: Request, given: Given) -> str | None:
    """The page on which the form stood, as its reader may see it now."""
    shown = request.headers.get("hx-current-url") or request.headers.get("referer", "")
    parts = urlsplit(shown)
    if not parts.path.startswith("/") or parts.path.startswith("/api/"):
        return None
    is_answer = parts.path in _ANSWERS
    headers = [one for one in request.scope["headers"] if one[0] not in _OF_THE_FORM]
    if is_answer:
        headers.append((b"content-type", b"application/x-www-form-urlencoded"))
    scope = {
        "type": "http",
        _AGAIN: True,
        "asgi": request.scope["asgi"],
        "http_version": request.scope["http_version"],
        "scheme": request.scope["scheme"],
        "server": request.scope["server"],
        "client": request.scope["client"],
        "root_path": "",
        "method": "POST" if is_answer else "GET",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": headers,
    }
    body = urlencode(given, doseq=True).encode() if is_answer else b""
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])
    is_page, content = False, b""

    async def receive() -> Message:
        return next(asked, {"type": "http.disconnect"})  # a stream would never end

    async def send(message: Message) -> None:
        nonlocal is_page, content
        if message["type"] == "http.response.start":
            is_page = message["status"] == 200 and _is_ours(dict(message["headers"]))
        elif is_page:
            content += message.get("body", b"")

    await request.app(scope, receive, send)
    return content.decode() if is_page else None


def _is_ours(headers: Mapping[bytes, bytes]) -> bool:
    """Whether it is a page, and nothing that came by mail: that is shown in its own rules alone."""
    is_html = headers.get(b"content-type", b"").startswith(b"text/html")
    return is_html and headers.get(b"content-security-policy") == PAGE.encode()
