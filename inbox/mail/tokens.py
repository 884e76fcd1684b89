"""Reply tokens: 128 random bits in an address, which lead an answer home without any header."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Literal, cast, get_args

# What an address alone asks for, besides an answer; `assign-anna`: with what stands behind it.
Deed = Literal[
    "close",
    "reopen",
    "take",
    "show",
    "stop",
    "assign",
    "wait",
    "snooze",
    "move",
    "tag",
    "untag",
    "priority",
    "promise",
    "category",
    "solution",
    "follow",
    "unfollow",
    "remove",
    "customer",
    "forget",
    "send",
    "undo",
    "belongs",
    "same",
    "split",
    "spam",
    "notspam",
    "template",
    "article",
    "forward",
    "find",
    "away",
    "back",
    "notices",
    "leave",
    "help",
]
Decision = Literal["send", "note", "drop"]  # about an answer that is held
Rating = Literal["good", "soso", "bad"]  # of a customer whom we asked whether we have helped
# Reply, note, release, bounce, the answer to somebody whom we have asked, and to a digest.
Verb = Literal["r", "n", "x", "b", "f", "d"] | Decision | Rating | Deed

_DECISIONS: Final = "|".join((*get_args(Decision), *get_args(Rating)))
_DEEDS: Final = "|".join(get_args(Deed))
# Also for patterns that look for such addresses within a text.
VERBS: Final = f"[rnxbfd]|{_DECISIONS}|(?:{_DEEDS})(?:-[a-z0-9][a-z0-9._-]{{0,60}})?"

_LOCAL_PART = 64  # octets, RFC 5321 §4.5.3.1.1
_LONGEST = 160  # that are looked at: people make addresses of verbs by hand
_SUB_ADDRESS = re.compile(rf"(?:\+({VERBS})\.|^({VERBS})\+)([a-z2-7]{{26}})$", re.ASCII)
# People make them by hand: in their own language, or with a slip.
_WRITTEN = re.compile(r"(?:\+([^\W\d_][\w.-]{0,60})\.|^([^\W\d_][\w.-]{0,60})\+)([a-z2-7]{26})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenAddress:
    """What a reply address says: what is asked for, and the token in the form it was made."""

    verb: Verb
    token: str
    argument: str = ""  # what stands behind the verb: `anna` of `assign-anna`
    word: str = ""  # of one that is no verb here: what stands in its place, with all behind it


def new_token(rng: Callable[[int], bytes]) -> str:
    """128 bits of `rng` as 26 lower-case base32 characters: addresses may change their case."""
    return b32encode(rng(16)).decode().rstrip("=").lower()


def hash_token(token: str) -> bytes:
    """The only form in which a token is stored: SHA-256 of its lower-case form."""
    return sha256(token.lower().encode()).digest()


def reply_address(
    mailbox_address: str, verb: Verb, token: str, domain: str | None = None, argument: str = ""
) -> str:
    """`support+r.TOKEN@domain`; without the mailbox's name where that would be too long.

    With an argument `support+wait-3d.TOKEN@domain`; it is short, of a-z, 0-9 and hyphens.
    """
    local, _, own_domain = mailbox_address.rpartition("@")
    word = f"{verb}-{argument}" if argument else verb
    whole = f"{local}+{word}.{token}"
    if not local or len(whole.encode()) > _LOCAL_PART:
        whole = f"{word}+{token}"
    return f"{whole}@{domain or own_domain}"


def find_token(address: str) -> TokenAddress | None:
    """The token in an address of the two forms of `reply_address`, or None."""
    local = address.strip().strip("<>").rpartition("@")[0].lower()
    found = _SUB_ADDRESS.search(local[-_LONGEST:])
    if not found:
        return None
    word, _, argument = (found[1] or found[2]).partition("-")
    verb = cast(Verb, "n" if word == "note" else word)
    return TokenAddress(verb=verb, token=found[3], argument=argument)


def find_written_token(address: str) -> TokenAddress | None:
    """The same with any word for a verb: only for addresses at our own domains.

    Elsewhere others have such addresses for themselves. As long as nobody knows what the word is,
    what comes there stays inside.
    """
    if known := find_token(address):
        return known
    local = address.strip().strip("<>").rpartition("@")[0].lower()
    found = _WRITTEN.search(local[-_LONGEST:])
    return TokenAddress(verb="n", token=found[3], word=found[1] or found[2]) if found else None
