"""DKIM (RFC 6376): which domains have signed this mail, as it came?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

import dkim

from inbox.mail_auth.dns import SURPRISES, Lookup, Temporary, texts
from inbox.model.proof import Result

MOST_SIGNATURES: Final = 5
_SURPRISES: Final = (dkim.DKIMException, *SURPRISES)
_SILENT: Final = logging.getLogger("inbox.mail_auth.dkim.library")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False  # it logs what is in the mail


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature's domain and what became of its check."""

    domain: str
    result: Result


def check_dkim(raw: bytes, lookup: Lookup) -> tuple[Signature, ...]:
    """The first five signatures of a mail, each checked. Never raises."""
    try:
        mail = dkim.DKIM(raw, logger=_SILENT, minkey=1024)
    except _SURPRISES:
        return ()
    present = sum(name.lower() == b"dkim-signature" for name, _ in mail.headers)
    found = (_check(mail, place, lookup) for place in range(min(present, MOST_SIGNATURES)))
    return tuple(signature for signature in found if signature)


def _check(mail: dkim.DKIM, place: int, lookup: Lookup) -> Signature | None:
    try:
        fields, covered, _ = mail.verify_headerprep(place)
        domain = fields[b"d"].decode("ascii").lower().rstrip(".")
    except _SURPRISES:
        return None
    if not _is_sound(fields, covered):
        return Signature(domain, Result.FAIL)
    try:
        good = mail.verify(place, dnsfunc=lambda name, timeout=5: _key(name, lookup))
    except Temporary:
        return Signature(domain, Result.ERROR)
    except _SURPRISES:
        good = False
    return Signature(domain, Result.PASS if good else Result.FAIL)


def _is_sound(fields: dict[bytes, bytes], covered: list[bytes]) -> bool:
    # With l= anybody can add to the end (RFC 6376 §8.2); SHA-1 is broken (RFC 8301 §3.1); a
    # signature that leaves From out says nothing of who wrote (RFC 6376 §5.4).
    return b"l" not in fields and fields.get(b"a") != b"rsa-sha1" and b"from" in covered


def _key(name: bytes, lookup: Lookup) -> bytes | None:
    keys = [text for text in texts(lookup, name.decode("ascii").rstrip(".")) if b"p=" in text]
    return keys[0] if keys else None
