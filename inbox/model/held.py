"""Why an answer by mail does not leave at once."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class HeldReason(StrEnum):
    """What is missing, or in the way; each has a sentence in the mail that asks the writer."""

    UNKNOWN_SENDER = "unknown_sender"  # From is no registered address of the token's owner
    MANY_SENDERS = "many_senders"  # From does not name exactly one mailbox
    NO_TOKEN = "no_token"  # noqa: S105 - it did not come to the address that the notice gave
    AUTOMATIC = "automatic"  # it does not look as if a person had written it
    TOO_MANY = (
        "too_many"  # more in an hour or a day than a person writes, here, and nobody has looked yet
    )
    FLOOD = "flood"  # more people outside than one of us may write to in an hour or a day
    EMPTY = "empty"  # there are no new words in it
    FAILED = "failed"  # the domain of From says that the mail is not theirs
    UNPROVED = "unproved"  # no aligned pass where one is wanted
    NOT_MEMBER = "not_member"  # does not take part in the mailbox any more
    DISABLED = "disabled"
    EXPIRED = "expired"  # the token is too old, or was taken back
    MOVED_ON = "moved_on"  # the conversation is another now: moved, merged, answered
    SHOWN = "shown"  # its writer wants to see first what the customer gets
    PLANNED = "planned"  # its writer wants it to leave later
    TAKEN_BACK = "taken_back"  # its writer stopped it before it left
    NO_RECIPIENT = "no_recipient"  # there is nobody whom the answer could go to
    UNSENDABLE = "unsendable"  # an address that takes SMTPUTF8, by which nothing of ours leaves
    ONLY_COMMENTS = "only_comments"  # a colleague who may not answer customers
    OUTSIDE = "outside"  # it speaks for a department, from an address that is not the house's
    NEWCOMER = "newcomer"  # it speaks for a department, and nobody knows yet who it is
    ORDERS = "orders"  # what is asked for in it cannot be done, or not for somebody unproved
    REPEATED = "repeated"  # an approved text that went out twice as it is
    LEAK = "leak"  # it says what is only for us
    SEALED = "sealed"  # a file of it is one that nobody can look into
    TOKENS = "tokens"  # a file of it has a token of ours in it, which nobody may let go


# Nobody doubts that it is theirs: it is for them to decide.
UNDECIDED: Final = frozenset(
    {
        HeldReason.MOVED_ON,
        HeldReason.SHOWN,
        HeldReason.PLANNED,
        HeldReason.TAKEN_BACK,
        HeldReason.REPEATED,
        HeldReason.LEAK,
        HeldReason.SEALED,
        HeldReason.TOKENS,
        HeldReason.FLOOD,
    }
)
# Whoever asks for it is told in any case.
WISHED: Final = frozenset({HeldReason.SHOWN, HeldReason.PLANNED, HeldReason.TAKEN_BACK})
