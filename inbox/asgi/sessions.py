"""The cookies of a signed-in browser."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from inbox.auth.sessions import LIFETIME

_NAME: Final = "inbox_session"
_DEVICE: Final = "inbox_device"
_YEAR: Final = 365 * 24 * 3600


def cookie_name(name: str = _NAME, *, is_https: bool) -> str:
    """Under HTTPS with the prefix that ties a cookie to this host and to HTTPS (RFC 6265bis)."""
    return f"__Host-{name}" if is_https else name


def read_cookie(request: Request, *, is_https: bool) -> str:
    """The session's token as the browser sent it, or an empty string."""
    return request.cookies.get(cookie_name(is_https=is_https), "")


def set_cookie(response: Response, token: str, *, is_https: bool) -> None:
    """Give the browser its session."""
    _set(response, cookie_name(is_https=is_https), token, LIFETIME.days * 86400, is_https=is_https)


def drop_cookie(response: Response, *, is_https: bool) -> None:
    """Take the session from the browser; the row is deleted apart from this."""
    _set(response, cookie_name(is_https=is_https), "", 0, is_https=is_https)


def read_device(request: Request, *, is_https: bool) -> str:
    """What says that this browser has signed in to an account before."""
    return request.cookies.get(cookie_name(_DEVICE, is_https=is_https), "")


def set_device(response: Response, proof: str, *, is_https: bool) -> None:
    """Let the browser be recognised at its next signing in."""
    _set(response, cookie_name(_DEVICE, is_https=is_https), proof, _YEAR, is_https=is_https)


def read_kept(request: Request, name: str, *, is_https: bool) -> str:
    """What a browser keeps for us under a name for a while, or an empty string."""
    return request.cookies.get(cookie_name(name, is_https=is_https), "")


def keep(response: Response, name: str, value: str, *, seconds: int, is_https: bool) -> None:
    """Let the browser keep something for a while; with no seconds it forgets it."""
    _set(response, cookie_name(name, is_https=is_https), value, seconds, is_https=is_https)


def _set(response: Response, name: str, value: str, age: int, *, is_https: bool) -> None:
    response.set_cookie(
        name, value, max_age=age, path="/", secure=is_https, httponly=True, samesite="lax"
    )
