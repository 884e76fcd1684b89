"""To whom a mail went: a few at once, the others when they are asked for. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inbox.desk.addresses import people_of
from inbox.mail.addresses import MAX_ADDRESSES
from inbox.model.address import Address
from inbox.store.tables import Message

_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class RecipientsView:
    """The first recipients, and the others with how many they are; empty where there is none."""

    first: str  # by name
    addresses: str  # the same, with their addresses
    others: str
    more: str


def recipients_of(message: Message, texts: gettext.NullTranslations) -> RecipientsView:
    """To whom a message went."""
    is_cut = max(len(message.to), len(message.cc)) >= MAX_ADDRESSES
    return recipients_view(people_of(message.to), people_of(message.cc), texts, is_cut=is_cut)


def recipients_view(
    to: Sequence[Address],
    cc: Sequence[Address],
    texts: gettext.NullTranslations,
    *,
    is_cut: bool = False,
) -> RecipientsView:
    """The recipients, with a word before the first who got a copy; one more than a few is no reason
    to fold. `is_cut` where there were more than are known.
    """
    copies = texts.gettext("Cc")
    marked = [(one, "") for one in to if str(one)]
    marked += [(one, "" if at else f"{copies}: ") for at, one in enumerate(filter(str, cc))]
    at_once = len(marked) if len(marked) <= _AT_ONCE + 1 else _AT_ONCE
    first, others = marked[:at_once], marked[at_once:]
    more = texts.ngettext("and %(num)s more", "and %(num)s more", len(others))
    if is_cut:
        more = texts.gettext("and over %(num)s more")
    return RecipientsView(
        ", ".join(f"{mark}{one.name or one.address}" for one, mark in first),
        ", ".join(f"{mark}{one}" for one, mark in first),
        ", ".join(f"{mark}{one}" for one, mark in others),
        more % {"num": len(others)} if others else "",
    )
