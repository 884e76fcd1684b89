"""Signing in at the organisation's provider, and out there. Nobody is made by coming this way."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.parcels import PROVIDER, drop, hand, received
from inbox.auth.identities import whom
from inbox.auth.permissions import Permission
from inbox.auth.provider import CALLBACK, Asked, ProviderFailed
from inbox.auth.sessions import How
from inbox.errors import NotFound
from inbox.log import get_logger
from inbox.web.entering import go_in, may_enter
from inbox.web.forms import SignInForm, safe_next
from inbox.web.routes.session import form_page

router = APIRouter()
log = get_logger("web")


@router.get("/sign-in/provider", dependencies=[allow(Permission.PUBLIC)])
async def leave(here: HereNow, next: str = "") -> Response:  # noqa: A002 - its name outside
    """To the provider; nothing but the browser's cookie knows that it was asked."""
    _check(here)
    try:
        url, asked = await here.house.provider.leave(safe_next(next), now=here.now)
    except ProviderFailed as error:
        return _failed(here, str(error), next)
    response = RedirectResponse(url, 303)
    hand(here, response, PROVIDER, _packed(asked))
    return response


@router.get(CALLBACK, dependencies=[allow(Permission.PUBLIC)])
async def come_back(
    here: HereNow,
    state: str = "",
    code: str = "",
    iss: str = "",
    error: str = "",
) -> Response:
    """A session for whom the provider means, if it is one of us and this browser has asked."""
    _check(here)
    kept = received(here, PROVIDER)
    if kept is None:
        return _failed(here, "this browser has not asked, or too long ago")
    asked = Asked(**kept)
    provider = here.house.provider
    if error:
        return _failed(here, f"it says {error[:100]!r}", asked.target)
    try:
        claims = await provider.come_back(asked, state=state, code=code, issuer=iss, now=here.now)
    except ProviderFailed as failure:
        return _failed(here, str(failure), asked.target)
    async with here.house.database.write() as db:
        agent = await whom(db, provider.issuer, claims, now=here.now)
    if agent is None or not may_enter(agent):
        log.info("web.provider_means_nobody", verified=claims.is_verified)
        return _without_parcel(here, form_page(here, SignInForm(next=asked.target), "nobody", 403))
    return await go_in(here, agent, How.PROVIDER, asked.target)


@router.get("/sign-in/provider/sign-out", dependencies=[allow(Permission.PUBLIC)])
async def sign_out_there(here: HereNow) -> Response:
    """To where the provider signs people out; back to our page where it has no such place."""
    _check(here)
    back = f"{here.house.settings.public_url}/sign-in"
    try:
        url = await here.house.provider.end_url(back, now=here.now)
    except ProviderFailed as error:
        return _failed(here, str(error))
    return RedirectResponse(url or "/sign-in", 303)


def _check(here: Here) -> None:
    if not here.house.settings.lets_in_by("oidc"):
        raise NotFound


def _failed(here: Here, why: str, target: str = "") -> Response:
    log.warning("web.provider_failed", why=why[:300])
    return _without_parcel(here, form_page(here, SignInForm(next=target), "provider", 403))


def _without_parcel(here: Here, response: Response) -> Response:
    drop(here, response, PROVIDER)  # one question, one answer
    return response


def _packed(asked: Asked) -> dict[str, str]:
    return {
        "state": asked.state,
        "nonce": asked.nonce,
        "verifier": asked.verifier,
        "target": asked.target,
    }
