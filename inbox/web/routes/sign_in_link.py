"""Signing in by a link that comes by mail. Whoever asks learns nothing of who is here."""

from __future__ import annotations

from math import ceil
from secrets import token_urlsafe
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.sessions import keep, read_kept
from inbox.auth import links, throttle
from inbox.auth.permissions import Permission
from inbox.auth.sessions import How
from inbox.desk.given import an_address
from inbox.errors import Invalid, NotFound
from inbox.jobs.queue import enqueue
from inbox.log import get_logger
from inbox.model.address import normalize
from inbox.model.rank import Rank
from inbox.store.people import agent_by_address
from inbox.store.tables import Agent
from inbox.web.entering import go_in, is_known, may_enter
from inbox.web.forms import SignInForm, safe_next
from inbox.web.pages import page, reader_of
from inbox.web.routes.session import form_page

router = APIRouter()
log = get_logger("web")

_BROWSER: Final = "inbox_browser"  # ties a link to where it was asked for


@router.post("/sign-in/links", dependencies=[allow(Permission.PUBLIC)])
async def ask_for_link(here: HereNow) -> Response:
    """A mail with a link, if this address is of somebody who may come in; the same answer to all.

    Who is meant is found out by a job, so that neither words nor time tell them apart.
    """
    if not here.house.settings.lets_in_by("link"):
        raise NotFound
    form = await form_as(here.request, SignInForm)
    try:
        an_address(form.email)  # the same of all: nothing is asked of who is here
    except Invalid as error:
        return form_page(here, form, status=422, refused=error)
    browser = _browser(here) or token_urlsafe(32)
    # A proxy on this machine makes every peer loopback: one of them would make all others wait.
    asking = (throttle.by_peer("links", here.peer),) if throttle.network_of(here.peer) else ()
    async with here.house.database.write() as db:
        if wait := (await throttle.attempt(db, asking, now=here.now)).wait:
            return form_page(here, form, "wait", 429, wait=ceil(wait.total_seconds()))
        agent = await agent_by_address(db, normalize(form.email))
        limits = links.mails_to(form.email, here.peer, is_known=is_known(here, agent))
        # What was sent before is good still, so who waits for it misses nothing.
        may_send = not (await throttle.attempt(db, limits, now=here.now)).wait
        if may_send:
            await enqueue(
                db,
                "notify.sign_in",
                rank=Rank.AWAITED,
                address=normalize(form.email),
                browser=links.hash_of(browser).hex(),
                target=safe_next(form.next),
                language=reader_of(here).language,
            )
    log.info("web.link_asked_for", sent=may_send)
    response = RedirectResponse("/sign-in/links", 303)
    seconds = 2 * int(links.LIFE.total_seconds())
    keep(response, _BROWSER, browser, seconds=seconds, is_https=here.house.is_https)
    return response


@router.get("/sign-in/links", dependencies=[allow(Permission.PUBLIC)])
async def link_sent(here: HereNow) -> Response:
    """What to do now, whoever asked."""
    return page(here, "sign_in_sent.html", minutes=int(links.LIFE.total_seconds() / 60))


@router.get("/sign-in/links/{token}", dependencies=[allow(Permission.PUBLIC)])
async def look_at_link(here: HereNow, token: str) -> Response:
    """A page with a button: programs that look at links beforehand press none."""
    browser = _browser(here)
    async with here.house.database.read() as db:
        is_good = await links.is_good(db, token, browser, now=here.now)
    state = "good" if is_good else "over" if browser else "elsewhere"
    return page(here, "sign_in_link.html", 200 if is_good else 404, state=state, token=token)


@router.post("/sign-in/links/{token}", dependencies=[allow(Permission.PUBLIC)])
async def open_link(here: HereNow, token: str) -> Response:
    """A session, once, in the browser that asked for the link."""
    browser = _browser(here)
    async with here.house.database.write() as db:
        opened = await links.use_link(db, token, browser, now=here.now)
        agent = await db.get(Agent, opened.agent_id) if opened else None
    if opened is None or agent is None or not may_enter(agent):
        state = "over" if browser else "elsewhere"
        return page(here, "sign_in_link.html", 404, state=state, token=token)
    return await go_in(here, agent, How.LINK, opened.target)


def _browser(here: Here) -> str:
    return read_kept(here.request, _BROWSER, is_https=here.house.is_https)
