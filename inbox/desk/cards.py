"""The address cards of a mailbox, in its language: where to write, to begin, and to ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from inbox.i18n import translations
from inbox.mail.vcard import vcard
from inbox.store.tables import Mailbox

TO_LINE: Final = "@to jane@customer.example"  # the first line of a mail that begins something


def new_address(address: str) -> str:
    """Where one of us writes to begin a conversation as the mailbox of this address."""
    return with_detail(address, "new")


def with_detail(address: str, detail: str) -> str:
    """The address with a sub-address (RFC 5233)."""
    local, at, domain = address.rpartition("@")
    return f"{local}+{detail}{at}{domain}"


def cards_of(mailbox: Mailbox) -> str:
    """All cards, one file."""
    _ = translations(mailbox.language).gettext
    how = _(
        "Answer its notices: the line on top says what an answer does. Lines at the top of an "
        "answer ask for things, such as @close or @take; @help alone lists them all."
    )
    begin = _(
        "A mail of yours to this address and to somebody outside begins a conversation as the "
        "department: they get it from the mailbox, and their answers come to all of you."
    )
    beside = _(
        "Put it into Cc or Bcc of an answer to a notice: it is done with the answer. More can "
        "stand behind the verb: wait-5d, assign-anna."
    )
    alone = _("A mail to this address is enough; it goes to nobody else.")
    new = _("%(mailbox)s, new mail") % {"mailbox": mailbox.name}
    cards = [(mailbox.name, mailbox.address, how), (new, new_address(mailbox.address), begin)]
    for words, note in ((_beside(_), beside), (_alone(_), alone)):
        cards += [
            (f"{mailbox.name}: {name}", with_detail(mailbox.address, verb), note)
            for verb, name in words.items()
        ]
    return "".join(vcard(name, address, note) for name, address, note in cards)


def _beside(_: Callable[[str], str]) -> dict[str, str]:
    """What is asked for beside an answer, and what it is called."""
    return {
        "note": _("Comment inside"),
        "take": _("Take it"),
        "close": _("Close"),
        "reopen": _("Reopen"),
        "snooze-tomorrow": _("Tomorrow"),
        "wait-3d": _("In 3 days"),
        "show": _("Show it first"),
        "stop": _("Stop my answer"),
        "undo": _("Undo"),
        "spam": _("Spam"),
    }


def _alone(_: Callable[[str], str]) -> dict[str, str]:
    """What needs no notice."""
    return {"find": _("Find"), "help": _("What can I ask for?"), "away": _("I am away")}
