"""What Microsoft 365 and Google have found, as they write it where they hand mail over to us. Pure.

Anybody may be a customer of theirs, so that their hosts alone prove nothing. Theirs is the topmost
header, and it stands right above the `Received` with which they took the mail in; below that
everything may have come with the mail. ARC is not read: a chain says what others claim to have
seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from inbox.mail_auth.authres import proof_of, read_results
from inbox.model.proof import Proof, Result

GOOGLE: Final = "mx.google.com"

_AR: Final = "authentication-results"
_TENANT: Final = "x-ms-exchange-crosstenant-id"
_INSIDE: Final = "x-ms-exchange-organization-authas"
_BY: Final = re.compile(r"\bby\s+([A-Za-z0-9.-]{1,255})", re.IGNORECASE)
# Handed over by somebody who signed in there: what they say of others is only theirs.
_HANDED_OVER: Final = re.compile(r"\b(?:ESMTPSA|HTTPREST)\b|gmailapi\.google\.com", re.IGNORECASE)


def believe_google(headers: Iterable[tuple[str, str]], trusted: str, author: str) -> Proof:
    """What Google found when it took the mail in from outside."""
    above, value, below = _cut(headers)
    findings = read_results(value)
    if findings.authserv != trusted.strip().lower() or any(map(_HANDED_OVER.search, above)):
        return Proof(source="google", detail="no verdict of Google")
    if not below or _by(below[0]) != trusted.strip().lower():
        return Proof(source="google", detail="no verdict of Google where it takes mail in")
    return proof_of(findings, author, source="google")


def believe_exchange(headers: Iterable[tuple[str, str]], tenant: str, author: str) -> Proof:
    """What Microsoft 365 found when our own tenant took the mail in, or wrote it.

    The header that names the tenant is Microsoft's: it replaces one that came with the mail.
    """
    headers = list(headers)
    if _all(headers, _TENANT) != [tenant.strip().lower()]:
        return Proof(source="exchange", detail="did not come through our tenant")
    if _all(headers, _INSIDE) == ["internal"]:
        # A person of the tenant who has signed in there; such mail has no other verdict.
        passed = Result.PASS
        return Proof(dkim=passed, dmarc=passed, is_signed=True, source="exchange", detail="inside")
    above, value, below = _cut(headers)
    findings = read_results(value)
    is_theirs = all(_is_microsoft(_by(one)) for one in (*above, *below[:1]))
    if findings.authserv or not findings.found or not below or not is_theirs:
        return Proof(source="exchange", detail="no verdict of Microsoft 365")
    return proof_of(findings, author, source="exchange")


def _cut(headers: Iterable[tuple[str, str]]) -> tuple[list[str], str, list[str]]:
    """Received above the topmost verdict, the verdict, Received below it."""
    above: list[str] = []
    below: list[str] = []
    verdict = None
    for name, value in headers:
        match name.lower():
            case "received":
                (above if verdict is None else below).append(value)
            case name if name == _AR and verdict is None:
                verdict = value
    return above, verdict or "", below


def _by(received: str) -> str:
    found = _BY.search(received)
    return found[1].lower().rstrip(".") if found else ""


def _is_microsoft(host: str) -> bool:
    return host.endswith((".outlook.com", ".exchangelabs.com"))


def _all(headers: Iterable[tuple[str, str]], name: str) -> list[str]:
    return [value.strip().lower() for key, value in headers if key.lower() == name]
