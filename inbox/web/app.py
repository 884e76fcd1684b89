"""The web view as an application: its routes, and its way to say that something went wrong."""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from inbox.asgi.app import build
from inbox.asgi.csrf import is_own
from inbox.asgi.deps import Here, House, SecondStepFirst
from inbox.asgi.errors import Fault
from inbox.asgi.forms import words_of
from inbox.asgi.live import Hub
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.web.again import page_again
from inbox.web.house import is_in_place
from inbox.web.letters import BY_SCRIPT
from inbox.web.pages import is_htmx, page, reader_of, wants_part
from inbox.web.routes import (
    answers,
    aside,
    attached,
    beginning,
    cards,
    channels,
    conversation,
    corrections,
    customer,
    dispatching,
    drafts,
    figures,
    files,
    forwarding,
    held,
    history,
    house_access,
    house_departments,
    house_health,
    house_mailboxes,
    house_newcomers,
    house_people,
    house_person,
    house_rules,
    house_tags,
    house_texts,
    house_trials,
    house_webhooks,
    invitation,
    joining,
    letters,
    lists,
    marked,
    order,
    own_access,
    own_me,
    own_notices,
    own_programs,
    own_second_step,
    palette,
    pictures,
    previews,
    provider,
    rating,
    search,
    second_step,
    session,
    setup,
    sign_in_link,
    sorting,
    static,
    together,
    workspaces,
    writing,
)

ROUTERS = (
    static.router,
    session.router,
    sign_in_link.router,
    provider.router,
    second_step.router,
    setup.router,
    lists.router,
    search.router,
    letters.router,  # before what has a number in its place
    beginning.router,
    workspaces.router,
    dispatching.router,
    figures.router,
    aside.router,
    conversation.router,
    together.router,
    palette.router,
    answers.router,
    writing.router,
    forwarding.router,
    drafts.router,
    held.router,
    marked.router,
    order.router,
    sorting.router,
    corrections.router,
    customer.router,
    files.router,
    previews.router,
    pictures.router,
    history.router,
    joining.router,
    attached.router,
    cards.router,
    channels.router,
    own_me.router,
    own_notices.router,
    own_access.router,
    own_second_step.router,
    own_programs.router,
    house_people.router,
    house_newcomers.router,
    house_person.router,
    house_access.router,
    house_mailboxes.router,
    house_trials.router,
    house_departments.router,
    house_texts.router,
    house_tags.router,
    house_health.router,
    house_rules.router,
    house_webhooks.router,
    invitation.router,
    rating.router,
)


# Fields of more than a line, in which people write.
_WRITTEN: Final = ("text", "note", "comment", "solution", "words", "body")


def create_app(
    settings: Settings, database: Database, secret: bytes, stop: asyncio.Event
) -> FastAPI:
    """The application; whoever runs it also runs `app.state.house.hub`."""
    house = House(settings, database, secret, Hub(database), stop)
    return build(house, ROUTERS, _show_fault)


async def _show_fault(request: Request, fault: Fault) -> Response:
    here = getattr(request.state, "here", None) or _nobody(request)
    typed = await _typed(here)
    if fault.status == 401 and (is_htmx(here) or not typed):
        return _to_sign_in(here)
    if isinstance(fault.error, SecondStepFirst) and not is_htmx(here):
        return RedirectResponse("/settings/second-step", 303)
    said = _said(here, fault)
    if "x-in-place" in request.headers and said:
        return PlainTextResponse(said, fault.status)
    if said and (again := await page_again(here, fault, said)):
        return again
    return page(
        here,
        "fault.html",
        fault.status,
        fault=fault,
        said=_more_than_the_status(here, fault),
        is_part=is_htmx(here),
        path=request.url.path,
        typed=typed,
        sign_in_url=_back_by_sign_in(here) if fault.status == 401 else "",
    )


def _said(here: Here, fault: Fault) -> str:
    """What is said beside a form, for which the status alone is too little."""
    is_plain = fault.error is not None and fault.error.refusal is None  # words for operators
    return fault.said(reader_of(here).texts) if fault.error and not is_plain else ""


async def _typed(here: Here) -> list[str]:
    """What somebody wrote and sent from a page of ours: it is not lost with what it was for."""
    is_by_script = BY_SCRIPT in here.request.headers or is_in_place(here)
    if (
        here.request.method != "POST"
        or is_by_script
        or is_own(here.request, here.house.settings.public_url) is False
    ):
        return []
    return await words_of(here.request, _WRITTEN)


def _back_by_sign_in(here: Here) -> str:
    """Signing in leads back to the page on which it was written, which keeps it, too."""
    shown = urlsplit(here.request.headers.get("referer", ""))
    return session.sign_in_url(_path(shown.path or "/", shown.query))


def _more_than_the_status(here: Here, fault: Fault) -> str:
    error = fault.error
    says_more = error and error.refusal and error.refusal is not error.default
    return fault.said(reader_of(here).texts) if says_more else ""


def _to_sign_in(here: Here) -> Response:
    url = here.request.url
    is_page = here.request.method == "GET"
    if is_htmx(here):  # a part of a page: what is open is named beside it
        opens = is_page and wants_part(here, "conversation")
        shown = url if opens else urlsplit(here.request.headers.get("hx-current-url", ""))
        target = session.sign_in_url(_path(shown.path or "/", shown.query))
        if not opens and shown.fragment:  # the message that was looked at: see sign_in.js
            target = f"{target}#{shown.fragment}"
        return Response(status_code=401, headers={"hx-redirect": target})
    path = _path(url.path, url.query) if is_page else "/"
    return RedirectResponse(session.sign_in_url(path), 303)


def _path(path: str, query: str) -> str:
    return f"{path}?{query}" if query and path != "/" else path


def _nobody(request: Request) -> Here:
    house: House = request.app.state.house
    return Here(request, house, None, house.clock())
