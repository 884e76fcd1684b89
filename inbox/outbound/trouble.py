"""What is wrong on the way to the relay, by the words that are kept of it. Pure.

The words are of the relay, of the mail client, of the system; all in English. Only what they mean
can be said in the reader's language, and what to do about it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Trouble(StrEnum):
    """Why a mail has not left."""

    SIGN_IN = "sign_in"  # user or password are not right, or are missing
    NO_SIGN_IN = "no_sign_in"  # there are some, and the relay knows no signing in
    NO_NAME = "no_name"
    NOBODY = "nobody"  # nothing listens there
    SILENT = "silent"
    NO_TLS = "no_tls"  # which we demand
    NOT_TLS = "not_tls"  # what answers does not begin with it
    CERTIFICATE = "certificate"
    LATER = "later"
    REFUSED = "refused"


# The first that is found in the words is meant. RFC 4954 §6, RFC 3207 §4: the codes about signing
# in and encryption; RFC 5321 §4.2.1: what the first digit of all others means.
_SIGNS: Final = (
    (Trouble.SIGN_IN, r"^53[0458] "),
    (Trouble.NO_SIGN_IN, r"AUTH extension is not supported|No suitable authentication method"),
    (Trouble.NO_TLS, r"STARTTLS extension not supported|^454 [\d. ]*TLS"),
    # Whatever else a relay replies may be of whom the mail is for, and of the way to them.
    (Trouble.LATER, r"^4\d\d "),
    (Trouble.REFUSED, r"^5\d\d "),
    (Trouble.CERTIFICATE, r"CERTIFICATE_VERIFY_FAILED|certificate verify failed"),
    (Trouble.NOT_TLS, r"WRONG_VERSION_NUMBER|wrong version number|RECORD_LAYER_FAILURE"),
    (Trouble.NO_NAME, r"Name or service not known|No address associated|name resolution|nodename"),
    (Trouble.NOBODY, r"Connection refused|Connect call failed"),
    (Trouble.SILENT, r"Timed out|TimeoutError|timed out|unreachable|No route to host"),
)
_KINDS: Final = tuple((kind, re.compile(sign, re.IGNORECASE)) for kind, sign in _SIGNS)


def trouble_of(words: str) -> Trouble | None:
    """What is wrong; None where the words say nothing that we know."""
    return next((kind for kind, sign in _KINDS if sign.search(words)), None)


def is_of_the_way(words: str) -> bool:
    """Whether it is the way that is wrong, whoever the mail is for; such words name nobody."""
    return trouble_of(words) not in (None, Trouble.LATER, Trouble.REFUSED)
