"""DMARC (RFC 7489): do the verdicts of SPF and DKIM speak for the domain in From? Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from publicsuffixlist import PublicSuffixList

from inbox.model.proof import Result


@dataclass(frozen=True, slots=True)
class Policy:
    """What a domain asks of those who receive mail in its name."""

    strict_dkim: bool = False
    strict_spf: bool = False


def organisation(domain: str) -> str:
    """The registrable domain (`mail.shop.example` → `shop.example`), or "" for a public suffix."""
    return _suffixes().privatesuffix(domain.lower().rstrip(".")) or ""


def policy_of(records: Iterable[bytes]) -> Policy | None:
    """The one DMARC record among a name's texts; None where there is none, or more than one."""
    found = [text for record in records if (text := _text(record)).startswith("v=dmarc1")]
    if len(found) != 1:
        return None
    tags = dict(_tag(item) for item in found[0].split(";") if "=" in item)
    return Policy(strict_dkim=tags.get("adkim") == "s", strict_spf=tags.get("aspf") == "s")


def is_aligned(domain: str, author: str, *, strict: bool) -> bool:
    """Whether a checked domain speaks for the author's (RFC 7489 §3.1)."""
    domain, author = domain.lower().rstrip("."), author.lower().rstrip(".")
    if not domain or not organisation(domain):
        return False
    return domain == author or (not strict and organisation(domain) == organisation(author))


def evaluate(
    author: str, policy: Policy | None, *, spf: str | None, dkim: Iterable[str], unsure: bool
) -> Result:
    """The verdict on the domain in From.

    `spf` is the domain that SPF passed for, `dkim` those whose signatures are good; `unsure`: some
    check had no answer, so nothing can be held against the mail. Where the owner has published no
    policy a signature of theirs still proves the mail, and nothing disproves it.
    """
    asked = policy or Policy()
    if any(is_aligned(domain, author, strict=asked.strict_dkim) for domain in dkim):
        return Result.PASS
    if policy is None:
        return Result.NONE
    if spf is not None and is_aligned(spf, author, strict=asked.strict_spf):
        return Result.PASS
    return Result.ERROR if unsure else Result.FAIL


def _text(record: bytes) -> str:
    return record.decode("ascii", "replace").strip().lower()


def _tag(item: str) -> tuple[str, str]:
    name, _, value = item.partition("=")
    return name.strip(), value.strip()


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
