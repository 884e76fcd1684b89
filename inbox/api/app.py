"""The API as an application of its own: no cookies, no pages, and every failure a problem."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from inbox import __version__
from inbox.api.bearer import allow
from inbox.api.problems import MEDIA_TYPE, Problem, explain_errors
from inbox.api.routes import (
    beginning,
    channels,
    conversations,
    corrections,
    customers,
    dispatch,
    drafts,
    figures,
    house,
    house_mailboxes,
    mailboxes,
    me,
    order,
    people,
    rules,
    search,
    several,
    standing,
    templates,
    webhooks,
    workspaces,
    writing,
)
from inbox.asgi.deps import HereNow, House
from inbox.auth.permissions import Permission

PATH: Final = "/api/v1"

router = APIRouter()
ROUTERS: Final = (
    router,
    mailboxes.router,
    conversations.router,
    beginning.router,
    search.router,
    corrections.router,
    customers.router,
    order.router,
    several.router,
    dispatch.router,
    workspaces.router,
    standing.router,
    figures.router,
    templates.router,
    writing.router,
    drafts.router,
    channels.router,
    people.router,
    me.router,
    house.router,
    house_mailboxes.router,
    rules.router,
    webhooks.router,
)
_PROBLEM: Final = {"model": Problem, "content": {MEDIA_TYPE: {}}}
_ABOUT: Final = """Every request carries `Authorization: Bearer TOKEN` (`inbox token create`) and
has the rights of the token's agent: what is in other mailboxes does not exist. Errors are
application/problem+json (RFC 9457). Lists go on with the `cursor` that their `next` names. A POST
with an `Idempotency-Key` is done once; the same request again within a day gets the same answer."""


def create_api(house: House) -> FastAPI:
    """The application, to be mounted at `PATH`."""
    app = FastAPI(
        title="inbox",
        version=__version__,
        description=_ABOUT,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={status: dict(_PROBLEM) for status in (401, 403, 404, 409, 422, 429)},
    )
    app.state.house = house
    for one in ROUTERS:
        app.include_router(one)
    explain_errors(app)
    return app


@router.get("/openapi.json", dependencies=[allow(Permission.PUBLIC)], include_in_schema=False)
async def openapi(here: HereNow) -> JSONResponse:
    """The API as OpenAPI describes it."""
    app = here.request.app
    if not hasattr(app.state, "openapi"):  # a second's work, and most never ask
        app.state.openapi = _described(app)
    return JSONResponse(app.state.openapi)


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        servers=[{"url": PATH}],
    )
    schemes = found.setdefault("components", {}).setdefault("securitySchemes", {})
    schemes["bearer"] = {"type": "http", "scheme": "bearer"}
    found["security"] = [{"bearer": []}]
    key = {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "maxLength": 255},
    }
    for path in found["paths"].values():
        if "post" in path:
            path["post"].setdefault("parameters", []).append(key)
    return found
