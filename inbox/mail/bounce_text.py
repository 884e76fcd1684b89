"""What servers write about failures in plain words: status codes and whether it is for good."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inbox.model.address import normalize

_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -]")
_NO_SUCH = re.compile(
    r"(?i)user (?:is )?unknown|unknown user|no such (?:user|recipient|mailbox|address|person)|does(?:n't| not) (?:exist|have an? \S{0,20} ?account)|"
    r"unknown (?:recipient|local|mailbox|address|or illegal)|invalid (?:recipient|mailbox|address)|no mailbox|not (?:a )?(?:known|valid) |"
    r"(?:host|domain)(?: name)? (?:not found|unknown)|host or domain name not found|unrouteable|no longer (?:active|exists|valid|available|working)|"
    r"mailbox (?:unavailable|not found)|recipient (?:rejected|not found|unknown)|address (?:rejected|unknown|not found|couldn.t be found)|"
    r"name or service not known|nxdomain|account (?:has been )?(?:disabled|closed|deleted)|(?:is|are) not listed|unknown address|no account"
)
_PASSING = re.compile(
    r"(?i)(?:over|exceeded|exceeds|out of)[\s\w]{0,20}quota|quota (?:exceeded|full)|mailbox (?:is )?(?:full|over|exceeded)|full mailbox|"
    r"too (?:large|big)|size (?:limit|exceed)|exceeds? (?:the )?(?:maximum )?(?:message )?size|spam|block(?:ed|list)|blacklist|policy|"
    r"timed? ?out|time-out|temporar|try again|greylist|refused|denied|insufficient|virus|content rejected|rate|"
    r"could not be delivered for|retry|deferred|connect"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An address in a notice with the words said about it."""

    address: str
    status: str
    diagnostic: str
    permanent: bool


def is_permanent(status: str, words: str) -> bool:
    """True if the address itself is no good: another mail to it will fail as well."""
    words = words[:2000]
    if status.startswith("4"):
        return False
    if status.startswith("5.1.") and status not in ("5.1.7", "5.1.8"):
        return True
    if _NO_SUCH.search(words):
        return True
    if status in ("5.2.2", "5.2.3", "5.3.4", "5.3.1") or status.startswith("5.7."):
        return False
    if status in ("5.2.1", "5.4.4"):
        return True
    return not _PASSING.search(words) and (
        status.startswith("5") or bool(re.search(r"(?<!\d)5\d\d(?!\d)", words))
    )


def failures_in_text(text: str, addresses: list[str]) -> list[Failure]:
    """Each address with the status and words that stand nearest below it in the notice."""
    found: list[Failure] = []
    folded = text.lower()
    for address in addresses[:100]:
        if "@" not in address:
            continue
        at = folded.find(address)
        words = text[max(0, at - 200) : at + 800] if at >= 0 else text[:2000]
        status = _STATUS.search(words)
        reply = _REPLY.search(words)
        code = status[1] if status else (f"{reply[1][0]}.0.0" if reply else "")
        found.append(
            Failure(
                normalize(address),
                code,
                " ".join(words[:300].split()),
                is_permanent(code or "5.0.0", words),
            )
        )
    return found
