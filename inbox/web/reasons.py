"""Why something is set aside or among the spam, in a few words for its row. Pure."""

from __future__ import annotations

import gettext
from typing import Final

from inbox.model.held import HeldReason
from inbox.store.aside import HeldAnswer, Marked
from inbox.web.pages import Reader

# The first of these that holds says most; all others are doubts about who wrote it.
_FIRST: Final = (
    HeldReason.NEWCOMER,
    HeldReason.ORDERS,
    HeldReason.MOVED_ON,
    HeldReason.SHOWN,
    HeldReason.TAKEN_BACK,
    HeldReason.REPEATED,
    HeldReason.LEAK,
    HeldReason.SEALED,
    HeldReason.NO_RECIPIENT,
    HeldReason.UNSENDABLE,
    HeldReason.EMPTY,
    HeldReason.FLOOD,
    HeldReason.TOO_MANY,
    HeldReason.ONLY_COMMENTS,
    HeldReason.NOT_MEMBER,
    HeldReason.DISABLED,
)


def _held_words(texts: gettext.NullTranslations) -> dict[HeldReason, str]:
    _ = texts.gettext
    much, not_here = _("more came than a person writes"), _("they may not answer here")
    return {
        HeldReason.NEWCOMER: _("nobody knows yet who it is"),
        HeldReason.ORDERS: _("what it asks for was not understood"),
        HeldReason.MOVED_ON: _("the conversation had gone on"),
        HeldReason.SHOWN: _("its writer looks at it first"),
        HeldReason.TAKEN_BACK: _("its writer stopped it"),
        HeldReason.REPEATED: _("the customer got the same text twice"),
        HeldReason.LEAK: _("it says what is only for us"),
        HeldReason.SEALED: _("nobody can look into a file of it"),
        HeldReason.NO_RECIPIENT: _("there is nobody whom it could go to"),
        HeldReason.UNSENDABLE: _("no mail of ours can go to such an address"),
        HeldReason.EMPTY: _("there are no new words in it"),
        HeldReason.FLOOD: much,
        HeldReason.TOO_MANY: much,
        HeldReason.ONLY_COMMENTS: not_here,
        HeldReason.NOT_MEMBER: not_here,
        HeldReason.DISABLED: not_here,
    }


def held_reason(held: HeldAnswer, texts: gettext.NullTranslations) -> str:
    """Whose answer was not sent, and why."""
    first = next((one for one in _FIRST if one in held.reasons), None)
    doubt = texts.gettext("it is not sure that they wrote it")
    why = _held_words(texts)[first] if first else doubt
    if not held.author:
        return texts.gettext("Answer not sent: %(why)s") % {"why": why}
    said = texts.gettext("Answer of %(name)s not sent: %(why)s")
    return said % {"name": held.author, "why": why}


def spam_reason(marked: Marked, reader: Reader) -> str:
    """Who said so, and when."""
    when = reader.calendar.when(marked.at).short
    if not marked.by:
        return reader.texts.gettext("among the spam since %(when)s") % {"when": when}
    said = reader.texts.gettext("%(name)s said that it is spam, %(when)s")
    return said % {"name": marked.by, "when": when}
