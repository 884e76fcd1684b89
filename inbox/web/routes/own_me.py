"""One's own settings: who one is, from where one writes, whether one is there."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.approved.signing import signed
from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.away import come_back, is_away
from inbox.desk.own_settings import set_person
from inbox.desk.people import set_agent
from inbox.errors import InboxError, Invalid
from inbox.log import get_logger
from inbox.store.people import addresses_of, taking_part
from inbox.store.signatures import forget_signature, shown_signature
from inbox.web.choices import LANGUAGE_NAMES, zones
from inbox.web.forms import AwayForm, LinesForm, MeForm
from inbox.web.own import done, leave_until, me, own_page
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("account")

_PAGE: Final = "/settings/me"
Look = allow(Permission.OWN)
Change = allow(Permission.CHANGE_OWN)


@router.get("/settings", dependencies=[Look])
async def settings() -> Response:
    """They begin with the person."""
    return RedirectResponse(_PAGE, 303)


@router.get(_PAGE, dependencies=[Look])
async def show_me(here: HereNow) -> Response:
    """Name, language, time zone, addresses, mailboxes, absence, signature."""
    return await _show(here)


@router.put(_PAGE, dependencies=[Change])
async def change_me(here: HereNow) -> Response:
    """Changes name, language and time zone."""
    form = await form_as(here.request, MeForm)
    given = form.model_dump()
    try:
        async with here.house.database.write() as db:
            await set_person(db, here.viewer.email, given, now=here.now)
    except Invalid as error:
        return await _show(here, error)
    log.info("account.changed", agent=here.viewer.id)
    return done(here, _PAGE, "saved")


@router.put("/settings/absence", dependencies=[Change])
async def go_away(here: HereNow) -> Response:
    """Not there until the end of a day; what one has is offered to others."""
    form = await form_as(here.request, AwayForm)
    try:
        async with here.house.database.write() as db:
            await leave_until(db, here, here.viewer.id, form.day)
    except Invalid as error:
        return await _show(here, error)
    return done(here, _PAGE, "away")


@router.delete("/settings/absence", dependencies=[Change])
async def be_back(here: HereNow) -> Response:
    """There again."""
    async with here.house.database.write() as db:
        await come_back(db, here.viewer.id)
    return done(here, _PAGE, "back")


@router.put("/settings/signature", dependencies=[Change])
async def sign_with(here: HereNow) -> Response:
    """What stands below one's name, where the signature of a mailbox has a place for it."""
    form = await form_as(here.request, LinesForm)
    try:
        async with here.house.database.write() as db:
            await set_agent(db, here.viewer.email, {"lines": form.lines})
    except Invalid as error:
        return await _show(here, error)
    log.info("account.changed", agent=here.viewer.id)
    return done(here, _PAGE, "saved")


@router.delete("/settings/signature", dependencies=[Change])
async def forget(here: HereNow) -> Response:
    """What was learned of the signature is forgotten, and learned anew."""
    async with here.house.database.write() as db:
        await forget_signature(db, here.viewer.id)
    log.info("account.signature_forgotten", agent=here.viewer.id)
    return done(here, _PAGE, "forgotten")


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    calendar = reader_of(here).calendar
    async with here.house.database.read() as db:
        agent = await me(db, here)
        addresses = await addresses_of(db, agent.id)
        mailboxes = [mailbox for mailbox, _membership in await taking_part(db, agent.id)]
        signature = await shown_signature(db, agent.id)
    away_until = agent.away_until if is_away(agent.away_until, here.now) else None
    return own_page(
        here,
        "own_me.html",
        fault,
        section="me",
        agent=agent,
        addresses=addresses,
        mailboxes=mailboxes,
        signature=signature,
        signed={
            one.id: signed(one.signature, name=agent.name, lines=agent.own_lines)
            for one in mailboxes
        },
        languages=LANGUAGE_NAMES,
        zones=zones(),
        away_until=calendar.last_of(away_until) if away_until else None,
        today=f"{here.now.astimezone(calendar.zone):%Y-%m-%d}",
    )
