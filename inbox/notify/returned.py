"""What a notice says of a conversation that comes back because its time has passed."""

from __future__ import annotations

from datetime import datetime

from inbox.notify.items import Item
from inbox.notify.reading import Reading, name_of


def returned(reading: Reading, item: Item) -> str:
    """Why it comes back now."""
    _ = reading.texts.gettext
    if not item.unanswered:
        return _("This conversation was put off until now.")
    return _("%(name)s has not answered since %(when)s.") % {
        "name": name_of(reading.customer) or _("The customer"),
        "when": reading.moment(datetime.fromisoformat(item.unanswered)),
    }
