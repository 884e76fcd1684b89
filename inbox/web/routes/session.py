"""Signing in and out."""

from __future__ import annotations

from math import ceil
from urllib.parse import quote

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.csrf import is_same
from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.sessions import drop_cookie, read_cookie, read_device, set_cookie, set_device
from inbox.auth import sessions, throttle
from inbox.auth.first import is_first_start
from inbox.auth.passwords import verify_password
from inbox.auth.permissions import Permission, may_sign_in
from inbox.desk.away import come_back
from inbox.log import get_logger
from inbox.model.address import normalize
from inbox.model.conversation import Role
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent
from inbox.web.forms import SignInForm, safe_next
from inbox.web.pages import page

router = APIRouter()
log = get_logger("web")


@router.get("/sign-in", dependencies=[allow(Permission.PUBLIC)])
async def sign_in_page(here: HereNow, next: str = "") -> Response:  # noqa: A002 - its name outside
    """The form; whoever is signed in goes on."""
    if here.signed:
        return RedirectResponse(safe_next(next), 303)
    async with here.house.database.read() as db:
        if await is_first_start(db):
            return RedirectResponse("/setup", 303)
    return page(here, "sign_in.html", next=safe_next(next), email="", fault="", wait=0)


@router.post("/sign-in", dependencies=[allow(Permission.PUBLIC)])
async def sign_in(here: HereNow) -> Response:
    """A session for the right password. What is wrong is never said more closely."""
    form = await form_as(here.request, SignInForm)
    async with here.house.database.read() as db:
        agent = await agent_by_address(db, normalize(form.email))
        limits = throttle.counters(form.email, here.peer, is_known=_is_known(here, agent))
        wait = await throttle.wait_of(db, limits, now=here.now)
    if wait:
        return _refused(here, form, "wait", 429, ceil(wait.total_seconds()))
    is_right = await verify_password(form.password, _hash_of(agent))
    if agent is None or not is_right:
        async with here.house.database.write() as db:
            await throttle.failed(db, limits, now=here.now)
        log.info("web.sign_in_refused")
        return _refused(here, form, "wrong", 401)
    return await _welcome(here, agent, form)


@router.delete("/session", dependencies=[allow(Permission.SIGN_OUT)])
async def sign_out(here: HereNow) -> Response:
    """Ends the session here and in the database."""
    if here.signed:
        async with here.house.database.write() as db:
            await sessions.end(db, here.signed.token)
    response = RedirectResponse("/sign-in", 303)
    drop_cookie(response, is_https=here.house.is_https)
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


async def _welcome(here: Here, agent: Agent, form: SignInForm) -> Response:
    is_https = here.house.is_https
    async with here.house.database.write() as db:
        token = await sessions.start(
            db,
            agent.id,
            now=here.now,
            peer=here.peer,
            user_agent=here.request.headers.get("user-agent", ""),
            old=read_cookie(here.request, is_https=is_https),
        )
        await come_back(db, agent.id)
    response = RedirectResponse(safe_next(form.next), 303)
    set_cookie(response, token, is_https=is_https)
    proof = throttle.device_proof(here.house.secret, agent.id, agent.password_hash or "")
    set_device(response, proof, is_https=is_https)
    return response


def _refused(here: Here, form: SignInForm, fault: str, status: int, wait: int = 0) -> Response:
    response = page(
        here,
        "sign_in.html",
        status,
        next=safe_next(form.next),
        email=form.email,
        fault=fault,
        wait=wait,
    )
    if wait:
        response.headers["retry-after"] = str(wait)
    return response


def _hash_of(agent: Agent | None) -> str | None:
    if agent is None or agent.disabled_at or not may_sign_in(Role(agent.role)):
        return None
    return agent.password_hash


def _is_known(here: Here, agent: Agent | None) -> bool:
    proof = read_device(here.request, is_https=here.house.is_https)
    if not proof or agent is None or not agent.password_hash:
        return False
    return is_same(proof, throttle.device_proof(here.house.secret, agent.id, agent.password_hash))


def sign_in_url(path: str) -> str:
    """The sign-in page that leads back to a path."""
    return f"/sign-in?next={quote(path, safe='/')}" if path not in ("", "/") else "/sign-in"
