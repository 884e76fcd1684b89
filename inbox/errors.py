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
└── Conflict                451 / 409  the conversation moved on meanwhile

`public` may be shown to a peer; the cause stays in our log.
"""

from __future__ import annotations

from typing import ClassVar


class InboxError(Exception):
    """Base of the tree: a failure is temporary unless proven permanent."""

    http: ClassVar[int] = 500
    smtp: ClassVar[str] = "451 4.3.0"
    public: str = "temporary failure, try again later"

    def __init__(self, public: str = "") -> None:
        self.public = public or type(self).public
        super().__init__(self.public)


class ConfigError(InboxError):
    """A setting that cannot work; the text says which and what to do."""

    public = "wrong setting"


class Unavailable(InboxError):
    """The database does not answer."""

    http = 503
    public = "the service is not available just now"


class NoRoom(InboxError):
    """The disk is filling up."""

    http = 507
    smtp = "452 4.3.1"
    public = "insufficient system storage"


class Unreadable(InboxError):
    """Raw mail is not where its row says, or is not what it was; the text says where."""

    http = 410
    public = "the original of this mail is gone"


class OutOfReach(Unreadable):
    """The place where raw mail is kept does not answer, or refuses; the text says what to set."""

    http = 503
    public = "the place where raw mail is kept cannot be reached"


class NotFound(InboxError):
    """No such thing, or it is not yours to see."""

    http = 404
    smtp = "550 5.1.1"
    public = "not found"


class UnknownMailbox(NotFound):
    """No mailbox has this address."""

    public = "no such mailbox"


class Forbidden(InboxError):
    """The person may not do this."""

    http = 403
    smtp = "550 5.7.1"
    public = "not allowed"


class Invalid(InboxError):
    """Input that cannot be used; the text says what to do."""

    http = 422
    smtp = "554 5.6.0"
    public = "invalid input"


class Conflict(InboxError):
    """The conversation changed since the person looked at it."""

    http = 409
    public = "the conversation has changed"
