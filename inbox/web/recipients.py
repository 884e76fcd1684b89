"""To whom a mail went: a few at once, the others when they are asked for. Pure."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_AT_ONCE: Final = 3


@dataclass(frozen=True, slots=True)
class RecipientsView:
    """The first recipients, and the others with how many they are; empty where there is none."""

    first: str
    others: str
    more: str


def recipients_view(named: Sequence[str], texts: gettext.NullTranslations) -> RecipientsView:
    """The recipients by name; one more than a few is no reason to fold."""
    at_once = len(named) if len(named) <= _AT_ONCE + 1 else _AT_ONCE
    others = named[at_once:]
    more = texts.ngettext("and %(num)s more", "and %(num)s more", len(others))
    return RecipientsView(
        ", ".join(named[:at_once]), ", ".join(others), more % {"num": len(others)} if others else ""
    )
