"""What somebody writes for a time: "3 days", "tomorrow 10:00"."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inbox.asgi.deps import Here
from inbox.errors import Invalid
from inbox.model.zones import zone_called
from inbox.orders.calendar_joining import MORNING
from inbox.orders.when import moment
from inbox.refusals import Refusal
from inbox.web.forms import LaterForm

TOMORROW: Final = "tomorrow 9:00"


def moment_for(here: Here, said: str, *, hour: int = MORNING) -> datetime:
    """The moment that is meant, in the zone in which pages say times to this person; a day without
    a time at this `hour`. Raises Invalid, saying what is wrong with it.
    """
    zone = zone_called(here.viewer.time_zone)
    meant = moment(said, now=here.now, zone=zone, language=here.viewer.language, hour=hour)
    if meant is None:
        raise Invalid(Refusal.UNCLEAR_TIME)
    if meant.at is None:
        raise Invalid(Refusal.PAST if meant.is_past else Refusal.FAR)
    return meant.at


def time_of(here: Here, form: LaterForm) -> datetime | None:
    """When a letter is to leave; None for at once. Raises Invalid, as `moment_for`."""
    return moment_for(here, form.until or TOMORROW) if form.then == "later" else None
