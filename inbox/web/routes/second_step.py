"""The page that asks for a code, between the first step of signing in and the session."""

from __future__ import annotations

from math import ceil

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth import second_step, throttle
from inbox.auth.permissions import Permission
from inbox.log import get_logger
from inbox.web.again import html_with_fault
from inbox.web.entering import is_known, welcome, who_passed
from inbox.web.forms import CodeForm
from inbox.web.pages import html_response, page

router = APIRouter()
log = get_logger("web")


@router.get("/sign-in/second-step", dependencies=[allow(Permission.PUBLIC)])
async def code_page(here: HereNow) -> Response:
    """The form, for who has passed the first step in this browser."""
    async with here.house.database.read() as db:
        passed = await who_passed(db, here)
    if passed is None:
        return RedirectResponse("/sign-in", 303)
    return page(here, "second_step.html", fault="", wait=0)


@router.post("/sign-in/second-step", dependencies=[allow(Permission.PUBLIC)])
async def give_code(here: HereNow) -> Response:
    """A session for a code that fits. Wrong ones make the next wait."""
    form = await form_as(here.request, CodeForm)
    async with here.house.database.write() as db:
        passed = await who_passed(db, here)
        if passed is None:
            return RedirectResponse("/sign-in", 303)
        agent, how, target = passed
        limits = (second_step.counter_of(agent.id, is_known=is_known(here, agent)),)
        attempt = await throttle.attempt(db, limits, now=here.now)
        wait = ceil(attempt.wait.total_seconds())
        fits = not wait and await second_step.passes(
            db, agent.id, form.code, secret=here.house.secret, now=here.now
        )
        if fits:
            await throttle.succeeded(db, attempt)
        elif not wait:
            log.info("web.code_refused", agent=agent.id)
    if not fits:
        fault = None if wait else second_step.wrong(form.code)
        html = html_with_fault(here, "second_step.html", fault, wait=wait)
        response = html_response(here, html, 429 if wait else 401)
        if wait:
            response.headers["retry-after"] = str(wait)
        return response
    return await welcome(here, agent, how, target)
