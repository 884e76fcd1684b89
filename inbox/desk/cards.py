"""The address cards of a mailbox, in its language."""

from __future__ import annotations

from inbox.i18n import translations
from inbox.mail.vcard import vcard
from inbox.store.tables import Mailbox


def cards_of(mailbox: Mailbox) -> str:
    """Both cards, one file."""
    _ = translations(mailbox.language).gettext
    local, at, domain = mailbox.address.rpartition("@")
    how = _(
        "Answer its notices: the line on top says what an answer does. Lines at the top of an "
        "answer ask for things, such as @close or @take; @help alone lists them all."
    )
    begin = _(
        "A mail of yours to this address and to somebody outside begins a conversation as the "
        "department: they get it from the mailbox, and their answers come to all of you."
    )
    new = _("%(mailbox)s, new mail") % {"mailbox": mailbox.name}
    return vcard(mailbox.name, mailbox.address, how) + vcard(new, f"{local}+new{at}{domain}", begin)
