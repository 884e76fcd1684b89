"""SPF (RFC 7208): may this peer send for the domain of the envelope sender?"""

from __future__ import annotations

import ipaddress
import warnings
from typing import Any, Final

from inbox.mail_auth.dns import SURPRISES, Lookup, Temporary
from inbox.model.proof import Result

with warnings.catch_warnings():
    # Its texts hold escapes that today's Python warns of when it compiles them.
    warnings.simplefilter("ignore")
    import spf

_SURPRISES: Final = (spf.AmbiguityWarning, *SURPRISES)
_RESULTS: Final = {
    "pass": Result.PASS,
    "fail": Result.FAIL,
    "softfail": Result.FAIL,
    "temperror": Result.ERROR,
}
_MOST_VOID: Final = 2  # lookups without an answer, RFC 7208 §4.6.4


def check_spf(peer: str, sender: str, helo: str, lookup: Lookup) -> Result:
    """The verdict on the envelope sender; NONE for the null sender and for a peer without address.

    The name in HELO proves nothing here: anybody can say any (RFC 7489 §3.1.2 would allow it).
    """
    if "@" not in sender or not _is_public(peer):
        return Result.NONE
    try:
        query = _Query(peer, sender, helo, lookup)
        return _RESULTS.get(query.check()[0], Result.NONE)
    except _SURPRISES:
        return Result.NONE


class _Query(spf.query):  # type: ignore[misc] # the library has no types
    """One evaluation; the library's own look-up blocks without end and knows no cache."""

    def __init__(self, peer: str, sender: str, helo: str, lookup: Lookup) -> None:
        self._lookup = lookup
        super().__init__(i=peer, s=sender, h=helo or "unknown", strict=True)

    def dns(
        self,
        name: str,
        qtype: str,
        cnames: Any = None,
        ignore_void: bool = False,
    ) -> list[Any]:
        """The records of a name; raises the library's errors, as its caller expects."""
        try:
            found = self._lookup(str(name).rstrip(".").lower(), qtype)
        except Temporary as error:
            raise spf.TempError(f"DNS {error}") from error
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > _MOST_VOID:
                raise spf.PermError("too many look-ups without an answer")
        return list(found)


def _is_public(peer: str) -> bool:
    try:
        return not ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False
