"""Who asks: the holder of the token in `Authorization: Bearer`, and nobody else.

No cookie is ever looked at here, so that no page of somebody else's can act through a browser, and
there is nothing to guard against it. A token of 256 bits cannot be guessed: wrong ones are counted
so that trying costs us nothing; a right one is never kept waiting because of them.
"""

from __future__ import annotations

from math import ceil
from typing import Any, Final

from fastapi import Depends, Request

from inbox.asgi.deps import Allow, Here, House, NotSignedIn, check_address
from inbox.auth import throttle
from inbox.auth.permissions import Permission, may
from inbox.auth.sessions import SignedIn
from inbox.auth.tokens import Holder, find_holder, touch_token
from inbox.errors import Forbidden, TooOften
from inbox.refusals import Refusal

_SCHEME: Final = "bearer "


class NotKnown(NotSignedIn):
    """A token was given that opens nothing."""

    default = Refusal.UNKNOWN_TOKEN


class Throttled(TooOften):
    """Too many wrong tokens came from there."""

    default = Refusal.WRONG_TOKENS


class Bearer(Allow):
    """The permission of a route of the API, checked before anything else of it runs."""

    async def __call__(self, request: Request) -> None:
        """Finds out who asks. Raises NotSignedIn, NotKnown, Throttled, Forbidden, NotFound."""
        house: House = request.app.state.house
        nobody = Here(request, house, None, house.clock())
        request.state.here = nobody
        if self.permission is Permission.PUBLIC:
            return
        token = _token(request)
        if not token:
            raise NotSignedIn(Refusal.NO_TOKEN)
        holder = await _holder(nobody, token)
        signed = SignedIn(holder.viewer, token, is_stale=False)
        request.state.here = Here(request, house, signed, nobody.now)
        request.state.token_id = holder.token_id
        if not may(holder.viewer, self.permission):
            raise Forbidden
        check_address(request)


def allow(permission: Permission) -> Any:
    """The dependency with which a route of the API says who may use it."""
    return Depends(Bearer(permission))


def _token(request: Request) -> str:
    given = request.headers.get("authorization", "")
    is_bearer = given[: len(_SCHEME)].lower() == _SCHEME
    return given[len(_SCHEME) :].strip() if is_bearer else ""


async def _holder(here: Here, token: str) -> Holder:
    async with here.house.database.read() as db:
        holder = await find_holder(db, token, now=here.now)
    if holder is None:
        await _count_wrong(here)
        raise NotKnown
    if holder.is_stale:
        async with here.house.database.write() as db:
            await touch_token(db, holder.token_id, now=here.now)
    return holder


async def _count_wrong(here: Here) -> None:
    """Raises Throttled; then nothing is written either."""
    limits = (throttle.by_peer("token", here.peer),)
    async with here.house.database.write() as db:
        wait = (await throttle.attempt(db, limits, now=here.now)).wait
    if wait:
        raise Throttled(seconds=ceil(wait.total_seconds()))
