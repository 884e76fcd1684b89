"""What somebody writes for a time, in their own zone and language."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inbox.asgi.deps import Here
from inbox.errors import Invalid
from inbox.model.zones import zone_called
from inbox.orders.calendar_joining import MORNING
from inbox.orders.when import Moment, moment
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox
from inbox.web.forms import LaterForm

TOMORROW: Final = "tomorrow 9:00"


async def moment_for(
    db: Reader | Writer, here: Here, mailbox_id: int, said: str, *, hour: int = MORNING
) -> Moment:
    """The moment that is meant in a mailbox, a day without a time at this `hour`. Raises Invalid,
    saying what is wrong with it.
    """
    agent = await db.get_one(Agent, here.viewer.id)
    mailbox = await db.get_one(Mailbox, mailbox_id)
    zone = zone_called(agent.time_zone or mailbox.time_zone)
    meant = moment(said, now=here.now, zone=zone, language=agent.language, hour=hour)
    if meant is None:
        raise Invalid(Refusal.UNCLEAR_TIME)
    if meant.at is None:
        raise Invalid(Refusal.PAST if meant.is_past else Refusal.FAR)
    return meant


async def time_of(
    db: Reader | Writer, here: Here, mailbox_id: int, form: LaterForm
) -> datetime | None:
    """When a letter is to leave; None for at once. Raises Invalid, as `moment_for`."""
    if form.then != "later":
        return None
    return (await moment_for(db, here, mailbox_id, form.until or TOMORROW)).at
