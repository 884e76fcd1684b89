"""One's own settings: the password, and where one is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.asgi.sessions import set_device
from inbox.auth import second_step, sessions, throttle
from inbox.auth.identities import forget_identities, identity_of
from inbox.auth.passwords import hash_password, verify_password
from inbox.auth.permissions import Permission
from inbox.auth.sessions import How, name_of
from inbox.desk.account import new_password
from inbox.errors import Conflict, InboxError, Invalid
from inbox.log import get_logger
from inbox.refusals import Refusal
from inbox.store.tables import Session
from inbox.web.browsers import named
from inbox.web.dates import When
from inbox.web.forms import PasswordForm
from inbox.web.own import done, me, own_page, signed
from inbox.web.pages import reader_of

router = APIRouter()
log = get_logger("account")

_PAGE: Final = "/settings/access"
# Who has just come in by mail or from the provider may choose a password without the old one.
_FRESH: Final = timedelta(minutes=15)
Change = allow(Permission.CHANGE_OWN)


@dataclass(frozen=True, slots=True)
class SessionView:
    """One signed-in browser."""

    name: str
    browser: str
    peer: str
    how: str
    since: When
    seen: When
    is_this: bool


@router.get(_PAGE, dependencies=[allow(Permission.OWN)])
async def show_access(here: HereNow) -> Response:
    """Password, second step, provider, sessions."""
    return await _show(here)


@router.put("/settings/password", dependencies=[Change])
async def change_password(here: HereNow) -> Response:
    """A new password; every other session ends."""
    form = await form_as(here.request, PasswordForm)
    limits = (throttle.Counter(f"own-password:{here.viewer.id}", 5),)
    try:
        if form.new != form.again:
            raise Invalid(Refusal.OTHER_PASSWORD, field="again")
        await _prove(here, form.old, limits)
        fresh = await hash_password(form.new)
    except (Invalid, Conflict) as error:
        return await _show(here, error)
    async with here.house.database.write() as db:
        agent = await me(db, here)
        await new_password(db, agent, fresh, but=signed(here).token)
    log.info("account.password_changed", agent=agent.id)
    response = done(here, _PAGE, "password")
    proof = throttle.device_proof(here.house.secret, agent.id, fresh)
    set_device(response, proof, is_https=here.house.is_https)
    return response


@router.delete("/settings/sessions", dependencies=[Change])
async def end_others(here: HereNow) -> Response:
    """Every session but this one ends."""
    async with here.house.database.write() as db:
        await sessions.end_all(db, here.viewer.id, but=signed(here).token)
    log.info("account.sessions_ended", agent=here.viewer.id)
    return done(here, _PAGE, "ended")


@router.delete("/settings/sessions/{name}", dependencies=[Change])
async def end_one(here: HereNow, name: str) -> Response:
    """One session of theirs ends."""
    async with here.house.database.write() as db:
        await sessions.end_named(db, here.viewer.id, name)
    log.info("account.session_ended", agent=here.viewer.id)
    return done(here, _PAGE, "ended")


@router.delete("/settings/provider", dependencies=[Change])
async def forget_provider(here: HereNow) -> Response:
    """Who they are at the provider is forgotten."""
    async with here.house.database.write() as db:
        await forget_identities(db, here.viewer.id)
    log.info("account.provider_forgotten", agent=here.viewer.id)
    return done(here, _PAGE, "forgotten")


async def _prove(here: Here, old: str, limits: tuple[throttle.Counter, ...]) -> None:
    """That it is they who want another password. Raises Invalid, Conflict."""
    if _is_fresh(here):
        return
    async with here.house.database.write() as db:
        stored = (await me(db, here)).password_hash
        if stored is None:
            raise Invalid(Refusal.SIGN_IN_ANEW)
        attempt = await throttle.attempt(db, limits, now=here.now)
    if attempt.wait:
        raise Conflict(Refusal.TOO_MANY_TRIES)
    if not await verify_password(old, stored):
        raise Invalid(Refusal.WRONG_PASSWORD, field="old")
    async with here.house.database.write() as db:
        await throttle.succeeded(db, attempt)


def _is_fresh(here: Here) -> bool:
    session = signed(here)
    since = session.since
    return session.how is not How.PASSWORD and since is not None and here.now - since < _FRESH


async def _show(here: Here, fault: InboxError | None = None) -> Response:
    provider = here.house.provider
    async with here.house.database.read() as db:
        agent = await me(db, here)
        rows = await sessions.sessions_of(db, agent.id, now=here.now)
        has_second_step = await second_step.is_on(db, agent.id)
        identity = await identity_of(db, provider.issuer, agent.id) if provider.issuer else None
    return own_page(
        here,
        "own_access.html",
        fault,
        section="access",
        agent=agent,
        has_second_step=has_second_step,
        asks_old=agent.password_hash is not None and not _is_fresh(here),
        may_choose=agent.password_hash is not None or _is_fresh(here),
        ways=here.house.settings.sign_in,
        provider=provider.name,
        identity=identity,
        sessions=[_view(here, row) for row in rows],
    )


def _view(here: Here, row: Session) -> SessionView:
    calendar = reader_of(here).calendar
    return SessionView(
        name=name_of(row.token_hash),
        browser=named(row.user_agent),
        peer=row.peer,
        how=row.how,
        since=calendar.when(row.created_at),
        seen=calendar.when(row.last_seen_at),
        is_this=row.token_hash == signed(here).token_hash,
    )
