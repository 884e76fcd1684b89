"""What every route is given: the house it stands in, who asks, and whether they may.

Every route names its permission with `allow`; a test walks all routes and finds any without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import Depends, Request

from inbox.asgi import csrf
from inbox.asgi.forms import MOST_NUMBER
from inbox.asgi.sessions import read_cookie
from inbox.auth import sessions
from inbox.auth.permissions import BEFORE_SECOND_STEP, Permission, may
from inbox.auth.provider import Provider
from inbox.auth.sessions import SignedIn
from inbox.clock import utcnow
from inbox.errors import Forbidden, InboxError, NotFound
from inbox.jobs.registry import Context
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.settings import Settings
from inbox.store.engine import Database

if TYPE_CHECKING:
    from inbox.asgi.live import Hub


class NotSignedIn(InboxError):
    """Nobody is signed in, and this is not for everybody."""

    http = 401
    default = Refusal.NOT_SIGNED_IN


class SecondStepFirst(InboxError):
    """Their role asks for a second step, and they have none yet."""

    http = 403
    default = Refusal.SECOND_STEP_FIRST


@dataclass(slots=True)
class House:
    """What the web process works with; one for all requests."""

    settings: Settings
    database: Database
    secret: bytes
    hub: Hub
    stop: asyncio.Event
    clock: Callable[[], datetime] = utcnow
    provider: Provider = field(init=False)

    def __post_init__(self) -> None:
        """Knows the organisation's provider; nothing is asked of it yet."""
        self.provider = Provider(self.settings)

    @property
    def is_https(self) -> bool:
        """Whether browsers reach us encrypted; decides the cookie's name and HSTS."""
        return self.settings.public_url.startswith("https://")

    @property
    def context(self) -> Context:
        """What verbs are given that send mail."""
        return Context(settings=self.settings, database=self.database, secret=self.secret)


@dataclass(frozen=True, slots=True)
class Here:
    """One request: its house, who asks, and when."""

    request: Request
    house: House
    signed: SignedIn | None
    now: datetime

    @property
    def viewer(self) -> Viewer:
        """Who is signed in. Raises NotSignedIn."""
        if self.signed is None:
            raise NotSignedIn
        return self.signed.viewer

    @property
    def peer(self) -> str:
        """The address that the request came from; a proxy's word is not taken for it."""
        return self.request.client.host if self.request.client else ""

    @property
    def is_loopback(self) -> bool:
        """Whether the request was made on this machine, and not handed on by a proxy."""
        handed_on = any(name in self.request.headers for name in ("x-forwarded-for", "forwarded"))
        return not handed_on and _is_loopback(self.peer)


class Allow:
    """The permission of a route, checked before anything else of it runs."""

    def __init__(self, permission: Permission) -> None:
        self.permission: Final = permission

    async def __call__(self, request: Request) -> None:
        """Finds out who asks. Raises NotSignedIn, Forbidden, SecondStepFirst, NotFound."""
        house: House = request.app.state.house
        now = house.clock()
        token = read_cookie(request, is_https=house.is_https)
        signed = await _signed_in(house, token, now) if token else None
        here = Here(request, house, signed, now)
        request.state.here = here
        self._check(here)
        check_address(request)
        await csrf.guard(
            request,
            public_url=house.settings.public_url,
            session=signed.token if signed and self.permission is not Permission.PUBLIC else "",
        )

    def _check(self, here: Here) -> None:
        if self.permission is Permission.MONITOR:
            _check_monitor(here)
        elif not may(here.signed.viewer if here.signed else None, self.permission):
            raise Forbidden if here.signed else NotSignedIn
        elif self.permission not in BEFORE_SECOND_STEP and _lacks_second_step(here):
            raise SecondStepFirst


def check_address(request: Request) -> None:
    """Raises NotFound where nothing that the store holds can have this address."""
    if any(_is_nothing(name, said) for name, said in request.path_params.items()):
        raise NotFound


def _is_nothing(name: str, said: object) -> bool:
    """Whether what stands in the address can be that of nothing that the store holds."""
    if "\x00" in str(said):
        return True
    try:
        return name.endswith("_id") and not 0 < int(str(said)) < MOST_NUMBER
    except ValueError:
        return False  # no number: its route says so


def _lacks_second_step(here: Here) -> bool:
    if here.signed is None or here.signed.has_second_step:
        return False
    return here.signed.viewer.role in here.house.settings.second_step


def allow(permission: Permission) -> Any:
    """The dependency with which a route says who may use it."""
    return Depends(Allow(permission))


def here(request: Request) -> Here:
    """The request as `allow` found it."""
    found: Here = request.state.here
    return found


HereNow = Annotated[Here, Depends(here)]


async def _signed_in(house: House, token: str, now: datetime) -> SignedIn | None:
    signed = await sessions.find(house.database, token, now=now)
    if signed and signed.is_stale:
        async with house.database.write() as db:
            await sessions.touch(db, token, now=now)
    return signed


def _check_monitor(here: Here) -> None:
    wanted = here.house.settings.metrics_token
    given = here.request.headers.get("authorization", "").removeprefix("Bearer ")
    if wanted:
        if not csrf.is_same(given, wanted):
            raise NotFound
    elif not here.is_loopback:
        raise NotFound


def _is_loopback(peer: str) -> bool:
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False
