"""Signing in with a password, and signing out. Slow for who guesses, never locked for who knows."""

from __future__ import annotations

from math import ceil
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.sessions import drop_cookie
from inbox.auth import sessions, throttle
from inbox.auth.first import is_first_start
from inbox.auth.passwords import verify_password
from inbox.auth.permissions import Permission
from inbox.auth.sessions import How
from inbox.errors import InboxError, NotFound
from inbox.log import get_logger
from inbox.model.address import normalize
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent
from inbox.web.again import html_with_fault
from inbox.web.entering import go_in, is_known, may_enter
from inbox.web.forms import SignInForm, safe_next
from inbox.web.pages import html_response

router = APIRouter()
log = get_logger("web")


@router.get("/sign-in", dependencies=[allow(Permission.PUBLIC)])
async def sign_in_page(here: HereNow, next: str = "", left: str = "") -> Response:  # noqa: A002 - its name outside
    """The form; whoever is signed in goes on. `left`: they have just signed out."""
    if here.signed:
        return RedirectResponse(safe_next(next), 303)
    async with here.house.database.read() as db:
        if await is_first_start(db):
            return RedirectResponse("/setup", 303)
    return form_page(here, SignInForm(next=next), left=left == "provider")


@router.post("/sign-in", dependencies=[allow(Permission.PUBLIC)])
async def sign_in(here: HereNow) -> Response:
    """A session for the right password. What is wrong is never said more closely."""
    if not here.house.settings.lets_in_by("password"):
        raise NotFound
    form = await form_as(here.request, SignInForm)
    async with here.house.database.write() as db:
        agent = await agent_by_address(db, normalize(form.email))
        limits = throttle.counters(form.email, here.peer, is_known=is_known(here, agent))
        attempt = await throttle.attempt(db, limits, now=here.now)
    if attempt.wait:
        return form_page(here, form, "wait", 429, wait=ceil(attempt.wait.total_seconds()))
    is_right = await verify_password(form.password, _hash_of(agent))
    if agent is None or not is_right:
        log.info("web.sign_in_refused")
        return form_page(here, form, "wrong", 401)
    async with here.house.database.write() as db:
        await throttle.succeeded(db, attempt)
    return await go_in(here, agent, How.PASSWORD, form.next)


@router.delete("/session", dependencies=[allow(Permission.SIGN_OUT)])
async def sign_out(here: HereNow) -> Response:
    """Ends the session here and in the database."""
    came_by = here.signed.how if here.signed else How.PASSWORD
    if here.signed:
        async with here.house.database.write() as db:
            await sessions.end(db, here.signed.token)
    # A form may not lead to another host (form-action): the page offers that as a link.
    response = RedirectResponse(f"/sign-in{'?left=provider' * (came_by is How.PROVIDER)}", 303)
    drop_cookie(response, is_https=here.house.is_https)
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


def form_page(
    here: Here,
    form: SignInForm,
    fault: str = "",
    status: int = 200,
    *,
    wait: int = 0,
    left: bool = False,
    refused: InboxError | None = None,
) -> Response:
    """The page with every way to sign in that is open here; what was `refused` is at its field."""
    settings = here.house.settings
    html = html_with_fault(
        here,
        "sign_in.html",
        refused,
        next=safe_next(form.next),
        email=form.email,
        why=fault,
        wait=wait,
        left=left,
        ways=[way for way in settings.sign_in if settings.lets_in_by(way)],
        provider=here.house.provider.name,
    )
    response = html_response(here, html, status)
    if wait:
        response.headers["retry-after"] = str(wait)
    return response


def _hash_of(agent: Agent | None) -> str | None:
    return agent.password_hash if agent is not None and may_enter(agent) else None


def sign_in_url(path: str) -> str:
    """The sign-in page that leads back to a path."""
    return f"/sign-in?next={quote(path, safe='/')}" if path not in ("", "/") else "/sign-in"
