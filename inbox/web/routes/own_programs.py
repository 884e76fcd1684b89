"""One's own settings: tokens of programs and passwords of mail programs, each shown once."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.mail_passwords import add_mail_password, mail_passwords, remove_mail_password
from inbox.auth.permissions import Permission
from inbox.auth.tokens import create_token, revoke_token, tokens_of
from inbox.errors import Conflict, InboxError, Invalid, NotFound
from inbox.log import get_logger
from inbox.store.tables import ApiToken, MailPassword
from inbox.web.forms import ProgramForm
from inbox.web.own import done, me, own_page
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("account")

_PAGE: Final = "/settings/programs"
Change = allow(Permission.CHANGE_OWN)


@router.get(_PAGE, dependencies=[allow(Permission.OWN)])
async def show_programs(here: HereNow) -> Response:
    """What signs in for them, and since when."""
    return await _show(here)


@router.post("/settings/tokens", dependencies=[Change])
async def add_token(here: HereNow) -> Response:
    """A token for the API, shown once."""
    form = await form_as(here.request, ProgramForm)
    try:
        async with here.house.database.write() as db:
            token = await create_token(db, await me(db, here), form.name, now=here.now)
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    log.info("account.token_made", agent=here.viewer.id)
    return done(here, _PAGE, "token", secret=token)


@router.delete("/settings/tokens/{token_id}", dependencies=[Change])
async def remove_token(here: HereNow, token_id: int) -> Response:
    """It opens nothing any more."""
    async with here.house.database.write() as db:
        agent = await me(db, here)
        name = _name(await tokens_of(db, agent), token_id)
        await revoke_token(db, agent, name, now=here.now)
    log.info("account.token_revoked", agent=here.viewer.id)
    return done(here, _PAGE, "removed")


@router.post("/settings/mail-passwords", dependencies=[Change])
async def add_password(here: HereNow) -> Response:
    """A password for a mail program, shown once."""
    form = await form_as(here.request, ProgramForm)
    try:
        async with here.house.database.write() as db:
            password = await add_mail_password(db, await me(db, here), form.name, now=here.now)
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    log.info("account.mail_password_made", agent=here.viewer.id)
    return done(here, _PAGE, "mail_password", secret=password)


@router.delete("/settings/mail-passwords/{password_id}", dependencies=[Change])
async def remove_password(here: HereNow, password_id: int) -> Response:
    """It signs in no more."""
    async with here.house.database.write() as db:
        agent = await me(db, here)
        name = _name(await mail_passwords(db, agent), password_id)
        await remove_mail_password(db, agent, name, now=here.now)
    log.info("account.mail_password_removed", agent=here.viewer.id)
    return done(here, _PAGE, "removed")


def _name(theirs: list[ApiToken] | list[MailPassword], wanted: int) -> str:
    found = next((one.name for one in theirs if one.id == wanted), None)
    if found is None:
        raise NotFound
    return found


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    settings = here.house.settings
    async with here.house.database.read() as db:
        agent = await me(db, here)
        tokens = await tokens_of(db, agent)
        passwords = await mail_passwords(db, agent)
    return own_page(
        here,
        "own_programs.html",
        fault,
        section="programs",
        tokens=tokens,
        passwords=passwords,
        # Without a place where they sign in, mail passwords are good for nothing.
        has_submission=bool(settings.submission_listen or settings.submissions_listen),
        when=reader_of(here).calendar.when,
    )
