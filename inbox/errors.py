"""Every error of ours, and what a peer may hear of it.

InboxError                  451 / 500  a fault of ours; temporary unless said otherwise
├── ConfigError                        a setting is wrong: one clear sentence, exit 1
├── Unavailable             451 / 503  the database cannot be reached
├── NoRoom                  452 / 507  the disk is filling
├── Unreadable                    410  raw mail is gone from where it was kept, or damaged
│   └── OutOfReach          451 / 503  where it is kept cannot be reached, or not as things are set
├── NotFound                550 / 404  there is no such thing, or not for you
│   └── UnknownMailbox      550 / 404
├── Forbidden               550 / 403  you may not
├── Invalid                 554 / 422  the input cannot be used; says what to do
├── Conflict                451 / 409  the conversation moved on meanwhile
└── TooOften                451 / 429  more than anybody needs in so short a time

What can reach people names its refusal (`refusals`), and they read its sentence in their language.
Plain words are for operators: the command line and the log. The cause stays in our log.
"""

from __future__ import annotations

import gettext
from typing import ClassVar

from inbox.refusal_words import in_words
from inbox.refusals import Refusal


class InboxError(Exception):
    """Base of the tree: a failure is temporary unless proven permanent."""

    http: ClassVar[int] = 500
    smtp: ClassVar[str] = "451 4.3.0"
    default: ClassVar[Refusal] = Refusal.FAILED

    def __init__(self, why: str = "", **about: object) -> None:
        """A refusal, with what its sentence names, or the words that an operator reads.

        `field`: of a form, at which the sentence stands.
        """
        why = why or self.default
        self.refusal = why if isinstance(why, Refusal) else None
        self.about = about
        self.public = why if self.refusal is None else self.said(gettext.NullTranslations())
        super().__init__(self.public)

    def said(self, texts: gettext.NullTranslations) -> str:
        """What a person may hear of it, in the language of `texts`."""
        return in_words(self.refusal, self.about, texts) if self.refusal else self.public


class ConfigError(InboxError):
    """A setting that cannot work; the text says which and what to do."""


class Unavailable(InboxError):
    """The database does not answer."""

    http = 503
    default = Refusal.UNAVAILABLE


class NoRoom(InboxError):
    """The disk is filling up."""

    http = 507
    smtp = "452 4.3.1"
    default = Refusal.NO_ROOM


class Unreadable(InboxError):
    """Raw mail is not where its row says, or is not what it was; the text says where."""

    http = 410
    default = Refusal.ORIGINAL_GONE


class OutOfReach(Unreadable):
    """The place where raw mail is kept does not answer, or refuses; the text says what to set."""

    http = 503
    default = Refusal.ORIGINAL_OUT_OF_REACH


class NotFound(InboxError):
    """No such thing, or it is not yours to see."""

    http = 404
    smtp = "550 5.1.1"
    default = Refusal.NOT_FOUND


class UnknownMailbox(NotFound):
    """No mailbox has this address."""


class Forbidden(InboxError):
    """The person may not do this."""

    http = 403
    smtp = "550 5.7.1"
    default = Refusal.FORBIDDEN


class Invalid(InboxError):
    """Input that cannot be used; the text says what to do."""

    http = 422
    smtp = "554 5.6.0"
    default = Refusal.UNUSABLE


class Conflict(InboxError):
    """The conversation changed since the person looked at it."""

    http = 409
    default = Refusal.CHANGED


class TooOften(InboxError):
    """More was asked than anybody needs; `seconds`: until it may be asked again."""

    http = 429
    default = Refusal.TOO_OFTEN

    def __init__(self, *, seconds: int) -> None:
        super().__init__()
        self.seconds = seconds
