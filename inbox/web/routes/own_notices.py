"""One's own settings: what one hears by mail, and when."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.notices import set_notices
from inbox.desk.people import set_agent
from inbox.errors import InboxError, Invalid, NotFound
from inbox.log import get_logger
from inbox.model.notices import read_clock, read_quiet
from inbox.refusals import Refusal
from inbox.store.people import taking_part
from inbox.web.forms import NoticesForm, WishForm
from inbox.web.own import done, me, own_page

router = APIRouter()
log = get_logger("account")

_PAGE: Final = "/settings/notices"
Change = allow(Permission.CHANGE_OWN)


@router.get(_PAGE, dependencies=[allow(Permission.OWN)])
async def show_notices(here: HereNow) -> Response:
    """By mailbox what is told, and what holds for all of them."""
    return await _show(here)


@router.put(_PAGE, dependencies=[Change])
async def change_notices(here: HereNow) -> Response:
    """Changes quiet hours, the time of digests, and how notices come."""
    form = await form_as(here.request, NoticesForm)
    switches = form.model_dump(include={"bundles", "tasks", "sound", "desktop"})
    try:
        hours = {
            "quiet": _quiet(form),
            "digest_at": _clock(form.digest_at),
            **({"every": str(form.every)} if form.every else {}),
        }
        async with here.house.database.write() as db:
            given = {name: "on" if is_on else "off" for name, is_on in switches.items()}
            await set_agent(db, here.viewer.email, given)
            await set_notices(db, here.viewer.email, None, hours, now=here.now)
    except Invalid as error:
        return await _show(here, error)
    log.info("account.notices_changed", agent=here.viewer.id)
    return done(here, _PAGE, "saved")


@router.put("/settings/notices/{mailbox_id}", dependencies=[Change])
async def change_wish(here: HereNow, mailbox_id: int) -> Response:
    """Changes what is told of one mailbox of theirs."""
    form = await form_as(here.request, WishForm)
    async with here.house.database.write() as db:
        theirs = await taking_part(db, here.viewer.id)
        address = next((box.address for box, _wish in theirs if box.id == mailbox_id), None)
        if address is None:
            raise NotFound
        await set_notices(db, here.viewer.email, address, form.model_dump(), now=here.now)
    log.info("account.notices_changed", agent=here.viewer.id)
    return done(here, _PAGE, "saved")


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        agent = await me(db, here)
        mailboxes = await taking_part(db, agent.id)
    quiet = read_quiet(agent.quiet)
    return own_page(
        here,
        "own_notices.html",
        fault,
        section="notices",
        agent=agent,
        mailboxes=mailboxes,
        quiet_from=f"{quiet.begins:%H:%M}" if quiet else "",
        quiet_to=f"{quiet.ends:%H:%M}" if quiet else "",
        may_bundle=here.house.settings.bundle_seconds > 0,
    )


def _quiet(form: NoticesForm) -> str:
    if not form.quiet_from and not form.quiet_to:
        return "off"
    try:
        return str(read_quiet(f"{form.quiet_from}-{form.quiet_to}"))
    except ValueError as error:
        raise Invalid(Refusal.QUIET_HOURS) from error


def _clock(said: str) -> str:
    try:
        return f"{read_clock(said):%H:%M}"
    except ValueError as error:
        raise Invalid(Refusal.A_CLOCK, said=said) from error
