"""What a notice says of the conversation that a new one may belong to."""

from __future__ import annotations

from datetime import datetime

from inbox.notify.links import Link, page
from inbox.notify.reading import Reading


def also_there(reading: Reading) -> list[Link]:
    """The other conversation, as it was found when the notice was planned; mostly none."""
    also = reading.outbound.draft.get("also")
    if not also:
        return []
    _ = reading.texts.gettext
    # The subject is the customer's: one line of it, and no longer than a line.
    subject = " ".join(also["subject"].split())[:100] or _("(no subject)")
    if also["at"]:
        words = _("%(name)s wrote about this on %(when)s (%(subject)s)") % {
            "name": also["customer"] or _("The customer"),
            "when": reading.moment(datetime.fromisoformat(also["at"])),
            "subject": subject,
        }
    else:
        words = _("It may belong to another conversation (%(subject)s)") % {"subject": subject}
    return [page(words, reading.context.settings, also["id"])]
