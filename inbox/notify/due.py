"""What a notice says of what is due, and of what is urgent."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from inbox.notify.items import Item
from inbox.notify.reading import Reading
from inbox.notify.recipients import About
from inbox.sla.deadlines import Timer

PRESSING: Final = frozenset({About.NEAR, About.PASSED, About.LATE, About.URGENT})


def pressing(reading: Reading, item: Item) -> str:
    """One sentence, or two, on what does not wait."""
    return _urgent(reading, item) if item.about == About.URGENT else _due(reading, item)


def _due(reading: Reading, item: Item) -> str:
    """What is to be done by when, or was."""
    _ = reading.texts.gettext
    when = reading.moment(datetime.fromisoformat(item.due))
    is_promise, is_solution = item.timer == Timer.PROMISE, item.timer == Timer.SOLUTION
    if item.about == About.NEAR:
        words = _("The customer is to get an answer by %(when)s.")
        if is_promise:
            words = _("The customer was promised an answer by %(when)s.")
        elif is_solution:
            words = _("This is to be solved by %(when)s.")
        return words % {"when": when}
    words = _("The customer was to get an answer by %(when)s, and has none.")
    if is_promise:
        words = _("The customer was promised an answer by %(when)s, and has none.")
    elif is_solution:
        words = _("This was to be solved by %(when)s, and is not.")
    said = words % {"when": when}
    if item.about == About.LATE:
        knows = _("Whoever leads the mailbox knows of it, and it is still so.")
        return reading.gap.join((said, knows))
    return said


def _urgent(reading: Reading, item: Item) -> str:
    """That it has become urgent, and who says so."""
    _ = reading.texts.gettext
    if not item.by:
        return _("This is urgent.")
    return _("%(name)s says that this is urgent.") % {"name": item.by}
