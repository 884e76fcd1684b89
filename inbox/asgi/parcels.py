"""What a browser keeps for us from one request to the next: sealed, short-lived, and read once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from fastapi import Response

from inbox.asgi.deps import Here
from inbox.asgi.sessions import keep, read_kept
from inbox.auth.sealed import seal, unseal

STEP: Final = "inbox_step"  # who has passed the first step of signing in
PROVIDER: Final = "inbox_provider"  # with what a browser was sent to the provider
SHOWN: Final = "inbox_shown"  # what the next page shows, once
_LIVES: Final = {
    STEP: timedelta(minutes=10),
    PROVIDER: timedelta(minutes=10),
    SHOWN: timedelta(minutes=2),
}


def hand(here: Here, response: Response, name: str, value: dict[str, Any]) -> None:
    """Give the browser a parcel that nobody but us can open."""
    sealed = seal(here.house.secret, name, value, now=here.now)
    seconds = int(_LIVES[name].total_seconds())
    keep(response, name, sealed, seconds=seconds, is_https=here.house.is_https)


def received(here: Here, name: str) -> dict[str, Any] | None:
    """The parcel as we gave it; None where there is none, or its time is over."""
    sealed = read_kept(here.request, name, is_https=here.house.is_https)
    return (
        unseal(here.house.secret, name, sealed, now=here.now, life=_LIVES[name]) if sealed else None
    )


def drop(here: Here, response: Response, name: str) -> None:
    """Take the parcel from the browser."""
    keep(response, name, "", seconds=0, is_https=here.house.is_https)
