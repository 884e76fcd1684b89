"""Why an answer by mail is not taken for its writer's: words of the audit trail and of mails."""

from __future__ import annotations

from enum import StrEnum


class Doubt(StrEnum):
    """One reason to hold an answer and to ask."""

    NO_TOKEN = "no_token"  # noqa: S105 - it did not come to the address that the notice gave
    EXPIRED = "expired"  # that address is out of date or was revoked
    AUTHORS = "authors"  # From does not name exactly one mailbox
    OTHER_ADDRESS = "other_address"  # From is not a registered address of the person
    AUTOMATIC = "automatic"  # it does not look as if a person had written it
    FAILED = "failed"  # the domain of From says that the mail is not theirs
    UNPROVED = "unproved"  # the mailbox, or what is known of the address, asks for proof
    DISABLED = "disabled"  # the person works here no more
    NO_ACCESS = "no_access"  # the person has no access to the mailbox now
    EMPTY = "empty"  # there are no new words in it
    NO_RECIPIENT = "no_recipient"  # there is nobody to whom it could go
