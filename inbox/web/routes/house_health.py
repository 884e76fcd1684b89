"""Whether everything goes its way: what waits, why, and what to do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Response

from inbox.asgi.deps import Here, HereNow, allow
from inbox.auth.permissions import Permission
from inbox.intake.waiting import try_all_again
from inbox.log import get_logger
from inbox.outbound.relay import relay_of
from inbox.outbound.trouble import is_of_the_way
from inbox.store.disk import LITTLE_ROOM, free_room
from inbox.store.figures import queue_figures
from inbox.store.health import what_waits
from inbox.web.house import house_page, saved
from inbox.web.pages import reader_of
from inbox.web.relay_advice import advice

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/health"
_LATE_S: Final = 60
_MIB: Final = 1024**2


@router.get(PAGE, dependencies=[allow(Permission.HOUSE)])
async def show_health(here: HereNow) -> Response:
    """One sentence about each: mail out, mail in, work, room."""
    settings, calendar = here.house.settings, reader_of(here).calendar
    async with here.house.database.read() as db:
        waits = await what_waits(db, now=here.now)
        late = (await queue_figures(db, now=here.now))["jobs_late_seconds"]
    room = free_room(settings)
    return house_page(
        here,
        "house/health.html",
        section="health",
        relay=bool(settings.relay_url),
        waits=waits,
        reasons=_reasons(here, waits.reasons),
        late=calendar.duration(timedelta(seconds=late)) if late > _LATE_S else "",
        room=None if room is None else room // _MIB,
        has_room=room is None or room >= LITTLE_ROOM,
        when=calendar.when,
    )


@router.post(f"{PAGE}/tries", dependencies=[allow(Permission.MAILBOXES)])
async def try_again(here: HereNow) -> Response:
    """Everything that waits is tried now."""
    async with here.house.database.write() as db:
        tried = await try_all_again(db, here.house.settings, now=here.now)
    log.info("house.tried_again", by=here.viewer.id, mails=tried)
    return saved(here, PAGE, "tried")


def _reasons(here: Here, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """What to do about each, and what was said, where that names nobody who was written to."""
    relay = relay_of(here.house.settings)
    if relay is None:
        return []
    texts = reader_of(here).texts
    todo: dict[str, str] = {}
    for one in words:
        said = advice(one, relay, sender=relay.user or "", texts=texts)
        if said and is_of_the_way(one):
            todo.setdefault(said, one)
    return [*todo.items()]
