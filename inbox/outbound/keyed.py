"""What our secret makes of a mail's id: the same each time, and nothing that outsiders can make.

A reply token is derived and not drawn, so that it never stands in the database in the clear: the
row of a mail that waits keeps only its Message-ID, and the token's hash lies in `reply_token`.
"""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Final

from inbox.mail.tokens import new_token, reply_address
from inbox.mail.ways_in import key_of

# How long a token is good: mails are answered late, but not for ever.
TOKEN_LIFE: Final = timedelta(days=400)


def derived(secret: bytes, *label: str | int) -> Callable[[int], bytes]:
    """A source of up to 32 bytes that follow from the secret and the label."""
    digest = hmac.digest(secret, ":".join(map(str, label)).encode(), "sha256")
    return lambda count: digest[:count]


def reply_token(secret: bytes, header_id: str) -> str:
    """The token with which the reader of this mail answers."""
    return new_token(derived(secret, "reply-token", header_id))


def release_token(secret: bytes, held_id: int) -> str:
    """The token with which a held answer is let go."""
    return new_token(derived(secret, "release-token", held_id))


def question_token(secret: bytes, header_id: str) -> str:
    """The token with which the reader of this mail decides what it asks."""
    return new_token(derived(secret, "question-token", header_id))


def rating_token(secret: bytes, header_id: str) -> str:
    """The token with which the reader of this mail says whether we have helped."""
    return new_token(derived(secret, "rating-token", header_id))


def sign_in_token(secret: bytes, header_id: str) -> str:
    """The token with which the reader of this mail signs in: 256 bits."""
    return key_of(derived(secret, "sign-in-token", header_id)(32))


def invitation_token(secret: bytes, header_id: str) -> str:
    """The token with which the reader of this mail chooses a password: 256 bits."""
    return key_of(derived(secret, "invitation-token", header_id)(32))


@lru_cache(maxsize=4)
def loop_mark(secret: bytes) -> str:
    """The value of X-Inbox-Loop on our automatic mails: who we are, to nobody but ourselves."""
    return b32encode(derived(secret, "loop")(10)).decode().lower()


def bounce_address(sender: str, outbound_id: int, secret: bytes, domain: str | None = None) -> str:
    """The envelope sender of a mail: `support+b.TOKEN@…`, from which `bounced` tells the mail.

    No row is needed: the token is the mail's number, hidden, with a keyed check of 64 bits.
    """
    number = outbound_id.to_bytes(8, "big")
    check = derived(secret, "bounce", outbound_id)(8)
    hidden = _xor(number, derived(secret, "bounce-mask", check.hex())(8))
    token = b32encode(check + hidden).decode().rstrip("=").lower()
    return reply_address(sender, "b", token, domain)


def bounced(token: str, secret: bytes) -> int | None:
    """The id of the outbound mail that a bounce address names; None for one we did not make."""
    try:
        both = b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    if len(both) != 16:
        return None
    check, hidden = both[:8], both[8:]
    number = _xor(hidden, derived(secret, "bounce-mask", check.hex())(8))
    outbound_id = int.from_bytes(number, "big")
    wanted = derived(secret, "bounce", outbound_id)(8)
    return outbound_id if hmac.compare_digest(check, wanted) else None


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
