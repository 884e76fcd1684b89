"""Every page and every button says who may use it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from inbox.asgi.deps import Allow
from inbox.auth.permissions import ALLOWED, Permission
from inbox.model.conversation import Role
from tests.house.tree import imported
from tests.http.rights import routes, rows

# A mail scanner follows every link, so looking changes nothing.
LOOKING = {
    Permission.RULES,  # whoever may not write them has nothing to look for there
    Permission.WEBHOOKS,
    Permission.PUBLIC,
    Permission.MONITOR,
    Permission.STATISTICS,
    Permission.READ,
    Permission.RAW,
    Permission.CHANNELS,
    Permission.HOUSE,
    Permission.NEWCOMERS,
    Permission.OWN,
}


def test_every_route_declares_one_permission() -> None:
    undeclared = [_named(route) for route in _routes() if len(_permissions(route.dependant)) != 1]
    assert not undeclared


def test_every_route_has_its_row_in_the_table_of_rights() -> None:
    """`tests/http/rights.py` says who may, apart from the code; the code has to agree."""
    there = {row: _least(permission) for row, permission in routes()}
    table = rows()
    assert not there.keys() - table.keys(), "say in tests/http/rights.py who may use these"
    assert not table.keys() - there.keys(), "these are gone; so are their rows"
    assert not {row: (role, table[row]) for row, role in there.items() if role != table[row]}


def _least(permission: Permission) -> str:
    if permission in (Permission.PUBLIC, Permission.MONITOR):
        return {Permission.PUBLIC: "nobody", Permission.MONITOR: "monitor"}[permission]
    rising = (Role.AGENT, Role.MANAGER, Role.ADMIN)
    allowed = [role for role in rising if permission in ALLOWED[role]]
    assert allowed == [*rising[len(rising) - len(allowed) :]], "a higher role may what a lower may"
    return allowed[0].value


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
