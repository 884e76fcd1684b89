"""The web application, put together: limits, headers, errors, health, and its routes."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, FastAPI

from inbox import __version__
from inbox.asgi.deps import House
from inbox.asgi.errors import ShowFault, handle_errors
from inbox.asgi.headers import SecurityHeaders
from inbox.asgi.health import router as health
from inbox.asgi.limits import RequestLimits


def build(house: House, routers: Iterable[APIRouter], show_fault: ShowFault) -> FastAPI:
    """An application of these routes. Nothing describes itself: there is no /docs here."""
    app = FastAPI(
        title="inbox",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.house = house
    for router in (health, *routers):
        # As they are: to include them would be to read every signature a second time, at leisure,
        # before somebody's first request.
        app.router.routes.extend(router.routes)
    handle_errors(app, show_fault)
    app.add_middleware(RequestLimits)
    app.add_middleware(SecurityHeaders, is_https=house.is_https)
    return app
