"""Authentication-Results (RFC 8601): the verdicts of a relay that we trust. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from inbox.mail_auth.dmarc import is_aligned
from inbox.model.address import normalize
from inbox.model.proof import Proof, Result, best

_TOKEN: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\s;="]+)|([;=])')
_LONGEST: Final = 16_000
_RESULTS: Final = {
    "pass": Result.PASS,
    "fail": Result.FAIL,
    "softfail": Result.FAIL,
    "hardfail": Result.FAIL,
    "permerror": Result.FAIL,
    "temperror": Result.ERROR,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict of the relay: `dkim=pass header.d=shop.example`."""

    method: str
    result: Result
    properties: dict[str, str]


@dataclass(frozen=True, slots=True)
class Findings:
    """One header: who speaks, and what they found."""

    authserv: str
    found: tuple[Finding, ...]


def read_results(value: str) -> Findings:
    """A header's value understood; what cannot be read is left out."""
    segments = _segments(_TOKEN.findall(_without_comments(value[:_LONGEST])))
    # Microsoft 365 names nobody, and begins with what it has found.
    is_named = "=" not in segments[0]
    authserv = segments[0][0] if is_named and segments[0] else ""
    found = map(_finding, segments[1:] if is_named else segments)
    return Findings(authserv.lower(), tuple(filter(None, found)))


def believe(headers: Iterable[tuple[str, str]], trusted: str, author: str) -> Proof:
    """What the trusted relay says of the author's domain.

    Only the top-most header counts, for everything below may have come with the mail (RFC 8601
    §7.1), and only with exactly the trusted name; DMARC's pass only for the very domain that *we*
    read in From, since a relay may have read another.
    """
    name = "authentication-results"
    value = next((value for key, value in headers if key.lower() == name), "")
    findings = read_results(value)
    if findings.authserv != trusted.strip().lower():
        return Proof(source="relay", detail="no verdict of the trusted relay")
    return proof_of(findings, author, source="relay")


def proof_of(findings: Findings, author: str, *, source: str) -> Proof:
    """What believed findings say of the author's domain."""
    domain = author.rpartition("@")[2]
    return Proof(
        spf=_best(findings, "spf"),
        dkim=_best(findings, "dkim"),
        dmarc=_dmarc(findings, domain),
        is_signed=any(_signs(one, domain) for one in _signatures(findings)),
        source=source,
        detail=findings.authserv,
    )


def _dmarc(findings: Findings, domain: str) -> Result:
    verdicts = [finding for finding in findings.found if finding.method == "dmarc"]
    if any(finding.result is Result.FAIL for finding in verdicts):
        return Result.FAIL
    if any(_speaks_for(finding, domain) for finding in verdicts):
        return Result.PASS
    if any(finding.result is Result.ERROR for finding in verdicts):
        return Result.ERROR
    is_signed = any(_signs(finding, domain) for finding in _signatures(findings))
    return Result.PASS if is_signed else Result.NONE


def _signatures(findings: Findings) -> list[Finding]:
    return [one for one in findings.found if (one.method, one.result) == ("dkim", Result.PASS)]


def _speaks_for(finding: Finding, domain: str) -> bool:
    read = finding.properties.get("header.from", "")
    return bool(domain) and finding.result is Result.PASS and _domain(read) == domain


def _signs(finding: Finding, domain: str) -> bool:
    signer = finding.properties.get("header.d") or finding.properties.get("header.i", "")
    return is_aligned(_domain(signer), domain, strict=False)


def _domain(text: str) -> str:
    return normalize(f"x@{text.rpartition('@')[2]}").rpartition("@")[2]


def _best(findings: Findings, method: str) -> Result:
    return best(finding.result for finding in findings.found if finding.method == method)


def _without_comments(value: str) -> str:
    """The value without its comments, which nest (RFC 5322 §3.2.2)."""
    out: list[str] = []
    depth, quoted, escaped = 0, False, False
    for character in value:
        if escaped:
            escaped = False
        elif character == "\\" and (depth or quoted):
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif not quoted and character == "(":
            depth += 1
        elif not quoted and character == ")" and depth:
            depth -= 1
            continue
        if not depth:
            out.append(character)
    return "".join(out)


def _segments(tokens: list[tuple[str, str, str]]) -> list[list[str]]:
    segments: list[list[str]] = [[]]
    for quoted, plain, sign in tokens:
        if sign == ";":
            segments.append([])
        else:
            segments[-1].append(sign or plain or quoted)
    return segments


def _finding(words: list[str]) -> Finding | None:
    pairs = _pairs(words)
    if not pairs:
        return None
    (method, result), *rest = pairs
    return Finding(
        method.partition("/")[0].lower(),
        _RESULTS.get(result.lower(), Result.NONE),
        {name.lower(): value for name, value in reversed(rest)},
    )


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    return [
        (words[place - 1], words[place + 1])
        for place in range(1, len(words) - 1)
        if words[place] == "=" and words[place - 1] != "="
    ]
