"""Mails that need only be sent, and say who has a conversation from then on."""

from __future__ import annotations

import gettext
from collections.abc import Sequence

from inbox.notify.links import Link, ready_letter


def to_take(texts: gettext.NullTranslations, address: str, subject: str) -> Link:
    """It is the reader's; to the address `take`."""
    _ = texts.gettext
    does = _("Sending this mail gives you the conversation. What you write above stays inside.")
    return ready_letter(_("Take it"), address, subject, does)


def to_give(
    texts: gettext.NullTranslations, person: Sequence[str], address: str, subject: str
) -> Link:
    """It is this person's, by name and address; to the address for comments."""
    _ = texts.gettext
    name, email = person
    does = _("Sending this mail gives the conversation to %(name)s.") % {"name": name}
    words = _("Give it to %(name)s") % {"name": name}
    link = ready_letter(words, address, subject, does, f"@assign {email}")
    # Without HTML there is no ready mail: say what to write to which address.
    return Link(link.words, link.href, f"@assign {email} → {address}")
