"""A time as somebody writes it into a form: "3 days", "tomorrow 10:00"."""

from __future__ import annotations

from datetime import datetime

from inbox.asgi.deps import Here
from inbox.errors import Invalid
from inbox.model.zones import zone_called
from inbox.orders.when import moment
from inbox.refusals import Refusal


def until(here: Here, said: str) -> datetime:
    """The moment that is meant, in the person's zone. Raises Invalid, saying what is wrong."""
    zone = zone_called(here.viewer.time_zone)
    meant = moment(said, now=here.now, zone=zone, language=here.viewer.language)
    if meant is None:
        raise Invalid(Refusal.UNCLEAR_TIME)
    if meant.at is None:
        raise Invalid(Refusal.PAST if meant.is_past else Refusal.FAR)
    return meant.at
