"""The address cards of a mailbox, in its language."""

from __future__ import annotations

from typing import Final

from inbox.i18n import translations
from inbox.mail.vcard import vcard
from inbox.store.tables import Mailbox

TO_LINE: Final = "@to jane@customer.example"  # the first line of a mail that begins something


def new_address(address: str) -> str:
    """Where one of us writes to begin a conversation as the mailbox of this address."""
    local, at, domain = address.rpartition("@")
    return f"{local}+new{at}{domain}"


def cards_of(mailbox: Mailbox) -> str:
    """Both cards, one file."""
    _ = translations(mailbox.language).gettext
    how = _(
        "Answer its notices: the line on top says what an answer does. Lines at the top of an "
        "answer ask for things, such as @close or @take; @help alone lists them all."
    )
    begin = _(
        "A mail of yours to this address and to somebody outside begins a conversation as the "
        "department: they get it from the mailbox, and their answers come to all of you."
    )
    new = _("%(mailbox)s, new mail") % {"mailbox": mailbox.name}
    begins = vcard(new, new_address(mailbox.address), begin)
    return vcard(mailbox.name, mailbox.address, how) + begins
