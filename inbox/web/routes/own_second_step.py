"""One's own settings: the second step of signing in."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response
from markupsafe import Markup

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth import second_step, sessions, throttle
from inbox.auth.permissions import Permission
from inbox.desk.account import tell
from inbox.errors import Conflict, InboxError, Invalid
from inbox.log import get_logger
from inbox.model.account import Told
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.web.forms import CodeForm
from inbox.web.own import done, own_page, signed
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("account")

_PAGE: Final = "/settings/second-step"
Change = allow(Permission.SECOND_STEP)


@router.get(_PAGE, dependencies=[allow(Permission.OWN)])
async def show_second_step(here: HereNow) -> Response:
    """How it is, and what to do next."""
    return await _show(here)


@router.post(_PAGE, dependencies=[Change])
async def begin(here: HereNow) -> Response:
    """Makes a secret for the authenticator, which waits to be confirmed."""
    async with here.house.database.write() as db:
        await second_step.begin(db, here.viewer.id, secret=here.house.secret, now=here.now)
    return done(here, _PAGE, "")


@router.put(_PAGE, dependencies=[Change])
async def confirm(here: HereNow) -> Response:
    """Asks for codes from now on, if this one fits; shows the recovery codes once."""
    form = await form_as(here.request, CodeForm)
    secret = here.house.secret
    async with here.house.database.write() as db:
        codes = await second_step.confirm(
            db, here.viewer.id, form.code, secret=secret, now=here.now
        )
        if codes:
            # Whoever came in without it has to come again.
            await sessions.end_all(db, here.viewer.id, but=signed(here).token)
            await tell(db, here.viewer.id, Told.SECOND_STEP_ON)
    if not codes:
        return await _show(here, Invalid(Refusal.WRONG_CODE))
    log.info("account.second_step_on", agent=here.viewer.id)
    return done(here, _PAGE, "on", codes=codes)


@router.delete(_PAGE, dependencies=[Change])
async def switch_off(here: HereNow) -> Response:
    """Asks for no more codes, for one that fits."""
    try:
        async with here.house.database.write() as db:
            if fits := await _fits(db, here):
                await second_step.switch_off(db, here.viewer.id)
                await tell(db, here.viewer.id, Told.SECOND_STEP_OFF)
        await _refuse_unless(here, fits)
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    log.info("account.second_step_off", agent=here.viewer.id)
    return done(here, _PAGE, "off")


@router.post("/settings/recovery-codes", dependencies=[Change])
async def renew_codes(here: HereNow) -> Response:
    """New recovery codes, for a code that fits; shown once."""
    codes: list[str] = []
    try:
        async with here.house.database.write() as db:
            if fits := await _fits(db, here):
                codes = await second_step.renew_codes(db, here.viewer.id)
                await tell(db, here.viewer.id, Told.CODES)
        await _refuse_unless(here, fits)
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    log.info("account.recovery_codes_renewed", agent=here.viewer.id)
    return done(here, _PAGE, "codes", codes=codes)


async def _fits(db: Writer, here: Here) -> bool:
    """Whether the code of the form opens; a wrong one is counted. Raises Conflict."""
    form = await form_as(here.request, CodeForm)
    limits = (second_step.counter_of(here.viewer.id, is_known=True),)
    attempt = await throttle.attempt(db, limits, now=here.now)
    if attempt.wait:
        raise Conflict(Refusal.TOO_MANY_TRIES)
    secret = here.house.secret
    fits = await second_step.passes(db, here.viewer.id, form.code, secret=secret, now=here.now)
    if fits:
        await throttle.succeeded(db, attempt)
    return fits


async def _refuse_unless(here: Here, fits: bool) -> None:
    # After the transaction, so that what was counted stays counted.
    if not fits:
        raise second_step.wrong((await form_as(here.request, CodeForm)).code)


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        is_on = await second_step.is_on(db, here.viewer.id)
        base32 = await second_step.begun(db, here.viewer.id, secret=here.house.secret)
        left = await second_step.codes_left(db, here.viewer.id) if is_on else 0
    name = reader_of(here).texts.gettext("Inbox")
    return own_page(
        here,
        "own_second_step.html",
        fault,
        section="access",
        is_on=is_on,
        left=left,
        is_asked_for=here.viewer.role in here.house.settings.second_step,
        base32=" ".join(base32[at : at + 4] for at in range(0, len(base32), 4)) if base32 else "",
        picture=_picture(second_step.address_of(base32, here.viewer.email, name)) if base32 else "",
    )


def _picture(address: str) -> Markup:
    import segno  # noqa: PLC0415 - ten megabytes for what is drawn once in a person's life

    # Dark on light with a margin in either scheme: cameras read no other.
    svg = segno.make(address, error="m").svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass="qr", omitsize=False
    )
    return Markup(svg)  # noqa: S704 - made of squares by the library
