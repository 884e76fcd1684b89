"""No page of somebody else's may act in the name of a signed-in person.

A browser says where a request comes from (Sec-Fetch-Site, else Origin), and a page cannot make it
lie. A client that says neither, which no browser of today does, has to show the token of our form.
The cookie's SameSite=Lax is the second wall.
"""

from __future__ import annotations

import hmac
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from inbox.asgi.forms import read_form
from inbox.auth.sessions import is_form_token
from inbox.errors import Forbidden
from inbox.refusals import Refusal

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD: Final = "csrf_token"


async def guard(request: Request, *, public_url: str, session: str) -> None:
    """Raises Forbidden for a change that a foreign page may have asked for.

    `session` is the token whose forms are meant; empty where nobody needs to be signed in.
    """
    if request.method in SAFE:
        return
    own = is_own(request, public_url)
    if own is None and session:
        given = request.headers.get("x-csrf-token") or (await read_form(request)).get(FIELD, "")
        own = is_form_token(session, given if isinstance(given, str) else "")
    if own is False:
        raise Forbidden(Refusal.FOREIGN_PAGE)


def is_own(request: Request, public_url: str) -> bool | None:
    """Whether the request comes from a page of ours; None when the client does not say."""
    if site := request.headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    if origin := request.headers.get("origin"):
        host = request.headers.get("host", "")
        return origin in (f"{request.url.scheme}://{host}", _origin(public_url))
    return None


def is_same(given: str, wanted: str) -> bool:
    """Equality that takes the same time wherever the two differ."""
    return hmac.compare_digest(given.encode(), wanted.encode())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
