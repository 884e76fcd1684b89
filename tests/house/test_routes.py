"""Every page and every button says who may use it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from inbox.asgi.deps import Allow
from inbox.auth.permissions import Permission
from tests.house.tree import imported

# A mail scanner follows every link, so looking changes nothing.
LOOKING = {
    Permission.PUBLIC,
    Permission.MONITOR,
    Permission.READ,
    Permission.RAW,
    Permission.CHANNELS,
    Permission.OWN,
}


def test_every_route_declares_one_permission() -> None:
    undeclared = [_named(route) for route in _routes() if len(_permissions(route.dependant)) != 1]
    assert not undeclared


def test_looking_changes_nothing() -> None:
    strays = [
        _named(route)
        for route in _routes()
        if {"GET", "HEAD"} & set(route.methods or ())
        and not set(_permissions(route.dependant)) <= LOOKING
    ]
    assert not strays


def _routes() -> list[APIRoute]:
    routers = {
        id(value): value
        for module in imported("inbox.api", "inbox.asgi", "inbox.web")
        for value in vars(module).values()
        if isinstance(value, APIRouter)
    }
    routes = [
        route
        for router in routers.values()
        for route in router.routes
        if isinstance(route, APIRoute)
    ]
    assert routes
    return routes


def _permissions(dependant: Dependant) -> list[Permission]:
    return [
        permission
        for part in dependant.dependencies
        for permission in (
            [part.call.permission] if isinstance(part.call, Allow) else _permissions(part)
        )
    ]


def _named(route: APIRoute) -> str:
    return f"{','.join(sorted(route.methods or ()))} {route.path}"
