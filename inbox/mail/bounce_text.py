"""What servers write about failures in plain words: status codes and whether it is for good."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inbox.model.address import normalize

# What servers write into the subject of a notice; counts only from a server.
UNDELIVERED = re.compile(
    r"(?i)undeliver|delivery (?:status|fail|report|notification|problem|error|incomplete)|"
    r"fail(?:ed|ure) (?:notice|delivery|permanent)|"
    r"returned (?:mail|to sender)|mail (?:delivery|system error)|could not be delivered|"
    r"nicht zugestellt|unzustellbar|non remis|"
    r"no entregado|mancato recapito|не доставлен|недоставлен|配信|送信エラー|退信|delivery"
)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)[ -]")
_DEAD = frozenset(("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"))
_NO_SUCH = re.compile(
    r"(?i)user (?:is )?unknown|unknown user|no such (?:user|recipient|mailbox|address|"
    r"person)|does(?:n't| not) (?:exist|have an? \S{0,20} ?account)|"
    r"unknown (?:recipient|local|mailbox|address|or illegal)|invalid (?:recipient|mailbox|"
    r"address)|no mailbox|not (?:a )?(?:known|valid) |"
    r"(?:host|domain)(?: name)? (?:not found|unknown)|host or domain name not found|"
    r"unrouteable|no longer (?:active|exists|valid|available|working)|"
    r"mailbox (?:unavailable|not found)|recipient (?:rejected|not found|unknown)|"
    r"address (?:rejected|unknown|not found|couldn.t be found)|"
    r"name or service not known|nxdomain|account (?:has been )?(?:disabled|closed|"
    r"deleted)|(?:is|are) not listed|unknown address|no account"
)
# Said of the mail, its sender or the moment: another mail may arrive.
_PASSING = re.compile(
    r"(?i)(?:over|exceed\w*|out of)[\s\w']{0,20}quota|quota (?:exceeded|full)|(?:mailbox|"
    r"inbox) (?:is )?(?:full|over|exceeded)|"
    r"full mailbox|too (?:large|big|many)|size (?:limit|exceed)|spam|blocked|block list|"
    r"blocklist|blacklist|spf\b|dmarc|dkim|"
    r"sender (?:address )?(?:rejected|denied|is not)|domain of sender|policy|timed? ?out|"
    r"temporar|try again|greylist|"
    r"virus|rate|not allowed to send|sending (?:ip|limit)|recipient preferences|mailbox frozen"
)


_ADDRESS = re.compile(r"[^\s<>\"(),;:\[\]]{1,128}@[^\s<>\"(),;:\[\]]{1,255}")
_COPY = re.compile(
    r"(?i)\s{0,4}(?:received|return-path|message-id|mime-version):\s|"
    r".{0,10}-{3,}\s*(?:original|unsent|returned|this is a copy)"
)
_FAILED = re.compile(
    r"(?i)could not be delivered|undeliver|delivery (?:to|failed|error)|failed|rejected|"
    r"not delivered|returned|cannot send|"
    r"unable to deliver|did not reach|не доставлен|配信|送信|宛先|nicht zugestellt|"
    r"could not deliver|unknown"
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
    if status.startswith("4") or _PASSING.search(words):
        return False
    if status in _DEAD or status == "5.4.4":
        return True
    return bool(_NO_SUCH.search(words))


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


def addresses_in_notice(text: str, exclude: frozenset[str]) -> list[str]:
    """The addresses that a notice in plain words names beside a failure, above the returned
    mail.
    """
    found: dict[str, None] = {}
    lines = text[:32_768].split("\n")[:400]
    for at, line in enumerate(lines):
        if _COPY.match(line):
            break
        near = " ".join(lines[max(0, at - 1) : at + 3])[:1500]
        if not (
            _REPLY.search(near)
            or _STATUS.search(near)
            or _NO_SUCH.search(near)
            or _FAILED.search(near)
        ):
            continue
        for match in _ADDRESS.finditer(line[:1000]):
            address = normalize(match.group().strip("'.`"))
            if address not in exclude and len(found) < 100:
                found.setdefault(address)
    return list(found)
