"""Reply tokens: 128 random bits in an address, which lead an answer home without any header."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal, cast, get_args

# What an address alone asks for, besides an answer.
Deed = Literal["close", "reopen", "take", "same", "split", "spam", "notspam", "help"]
Verb = Literal["r", "n", "x", "b"] | Deed  # reply, note, release, bounce

# Also for patterns that look for such addresses within a text.
VERBS: Final = f"[rnxb]|note|{'|'.join(get_args(Deed))}"

_LOCAL_PART = 64  # octets, RFC 5321 §4.5.3.1.1
_SUB_ADDRESS = re.compile(rf"(?:\+({VERBS})\.|^({VERBS})\+)([a-z2-7]{{26}})$", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAddress:
    """What a reply address says: what is asked for, and the token in the form it was made."""

    verb: Verb
    token: str


def new_token(rng: Callable[[int], bytes]) -> str:
    """128 bits of `rng` as 26 lower-case base32 characters: addresses may change their case."""
    return b32encode(rng(16)).decode().rstrip("=").lower()


def hash_token(token: str) -> bytes:
    """The only form in which a token is stored: SHA-256 of its lower-case form."""
    return sha256(token.lower().encode()).digest()


def reply_address(mailbox_address: str, verb: Verb, token: str, domain: str | None = None) -> str:
    """`support+r.TOKEN@domain`; without the mailbox's name where that would be too long."""
    local, _, own_domain = mailbox_address.rpartition("@")
    whole = f"{local}+{verb}.{token}"
    if not local or len(whole.encode()) > _LOCAL_PART:
        whole = f"{verb}+{token}"
    return f"{whole}@{domain or own_domain}"


def find_token(address: str) -> TokenAddress | None:
    """The token in an address of the two forms of `reply_address`, or None."""
    local = address.strip().strip("<>").rpartition("@")[0].lower()
    found = _SUB_ADDRESS.search(local[-80:])
    if not found:
        return None
    verb = found[1] or found[2]
    return TokenAddress(verb=cast(Verb, "n" if verb == "note" else verb), token=found[3])
