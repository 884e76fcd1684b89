"""What settings share: how their pages are shown, what the next one says once, an absence."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, NotSignedIn
from inbox.asgi.parcels import SHOWN, drop, hand, received
from inbox.auth.sessions import SignedIn, name_of
from inbox.auth.viewers import viewer_of_agent
from inbox.desk.away import mark_away
from inbox.errors import InboxError, Invalid
from inbox.model.zones import zone_called
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent
from inbox.web.again import html_with_fault
from inbox.web.pages import html_response

_NOTHING: Final[dict[str, Any]] = {"said": "", "secret": "", "codes": []}


def own_page(here: Here, template: str, fault: InboxError | None = None, **values: Any) -> Response:
    """One of the pages, with what was to be shown once, or with what was refused."""
    kept = _meant_for(here)
    html = html_with_fault(here, template, fault, shown=_NOTHING | (kept or {}), **values)
    response = html_response(here, html, fault.http if fault else 200)
    if kept is not None:
        drop(here, response, SHOWN)
    return response


def done(here: Here, path: str, said: str, **shown: Any) -> Response:
    """To the page that says that it is done; what else is shown there is shown once."""
    response = RedirectResponse(path, 303)
    parcel = {"of": name_of(signed(here).token_hash), "at": _place(path), "said": said, **shown}
    hand(here, response, SHOWN, parcel)
    return response


def _meant_for(here: Here) -> dict[str, Any] | None:
    """What this page shows once to this session; what waits for another page stays for that."""
    kept = received(here, SHOWN)
    wanted = {"of": name_of(signed(here).token_hash), "at": _place(here.request.url.path)}
    return kept if kept and kept.items() >= wanted.items() else None


def _place(path: str) -> str:
    return urlsplit(path).path


def signed(here: Here) -> SignedIn:
    """The session of the request. Raises NotSignedIn."""
    if here.signed is None:
        raise NotSignedIn
    return here.signed


async def leave_until(db: Writer, here: Here, agent_id: int, day: str) -> None:
    """One of ours is away until a day of theirs ends, as it was typed. Raises Invalid."""
    zone = zone_called((await viewer_of_agent(db, agent_id)).time_zone)
    try:
        ends = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=zone) + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        raise Invalid(Refusal.A_DAY, field="day", said=day) from error
    if await mark_away(db, agent_id, ends, now=here.now) is None:
        raise Invalid(Refusal.A_DAY, field="day", said=day)


async def me(db: Reader | Writer, here: Here) -> Agent:
    """The person whose settings these are: whoever asks."""
    return await db.get_one(Agent, here.viewer.id)
