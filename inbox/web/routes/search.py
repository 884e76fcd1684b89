"""The page of the search: a line to type in, a form that writes the line, and what was found."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import HereNow, allow
from inbox.auth.permissions import Permission
from inbox.search.writing import written
from inbox.web.pages import page
from inbox.web.searching import read_search

router = APIRouter()

Read = allow(Permission.READ)
_MOST = 4000


@router.get("/search", dependencies=[Read])
async def search(
    here: HereNow,
    q: Annotated[str, Query(max_length=_MOST)] = "",
    cursor: Annotated[str, Query(max_length=100, alias="page")] = "",
) -> Response:
    """What was found for what was typed, the newest first."""
    async with here.house.database.read() as db:
        view = await read_search(db, here, q, cursor)
    return page(here, "search.html", search=view)


@router.get("/search/fields", dependencies=[Read])
async def write_search(here: HereNow) -> Response:
    """The form with a field for each operator: it becomes the line that one would type."""
    typed = written(here.request.query_params)
    return RedirectResponse(f"/search?{urlencode({'q': typed[:_MOST]})}", 303)
