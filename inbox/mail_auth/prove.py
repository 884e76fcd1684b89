"""prove(raw, mail, envelope) -> Proof: who really sent this mail?

The words of exactly one source count, by setting: our own checks (`direct`: we are the domain's
MX), those of a relay in front of us (`relay`, or as Microsoft 365 and Google write theirs), or
nobody's (`none`). Asks the DNS for ten seconds
at most; a question without an answer is recorded and speaks neither for nor against. Never raises.
"""

from __future__ import annotations

import asyncio
import ipaddress
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from inbox.mail_auth.authres import believe
from inbox.mail_auth.clouds import GOOGLE, believe_exchange, believe_google
from inbox.mail_auth.dkim import check_dkim
from inbox.mail_auth.dmarc import Policy, evaluate, is_aligned, organisation, policy_of
from inbox.mail_auth.dns import Dns, Lookup, Temporary, texts
from inbox.mail_auth.spf import check_spf
from inbox.model.mail import Envelope, ParsedMail
from inbox.model.proof import Proof, Result, best
from inbox.settings import Settings

BUDGET = 10.0  # seconds for all questions about one mail


async def prove(
    raw: bytes, mail: ParsedMail, envelope: Envelope, *, settings: Settings, dns: Dns
) -> Proof:
    """What is known of the sender. A From that does not name exactly one mailbox proves nothing."""
    if settings.mail_auth == "none":
        return Proof(detail="mail is not checked (mail_auth)")
    if len(mail.from_) != 1:
        return Proof(source=settings.mail_auth, detail="From does not name one mailbox")
    author = mail.from_[0].address
    if settings.mail_auth != "direct":
        return _relay(mail, envelope, settings, author)
    deadline = time.monotonic() + BUDGET
    lookup = dns.until(deadline)
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_threads(), _direct, raw, envelope, author, lookup)


def is_trusted(peer: str, peers: Iterable[str]) -> bool:
    """Whether a peer is one of the trusted addresses or networks."""
    try:
        address = ipaddress.ip_address(peer)
        return any(address in ipaddress.ip_network(each, strict=False) for each in peers)
    except ValueError:
        return False


def _relay(mail: ParsedMail, envelope: Envelope, settings: Settings, author: str) -> Proof:
    # Who can hand over mail by a pipe is already on this machine.
    trusted = envelope.source == "pipe" or is_trusted(envelope.peer, settings.trusted_peers)
    source, named = settings.mail_auth, settings.trusted_authserv
    if source == "google":
        named = named or GOOGLE
    if not named or not trusted:
        return Proof(source=source, detail="did not come through the trusted relay")
    match source:
        case "exchange":
            return believe_exchange(mail.headers, named, author)
        case "google":
            return believe_google(mail.headers, named, author)
    return believe(mail.headers, named, author)


def _direct(raw: bytes, envelope: Envelope, author: str, lookup: Lookup) -> Proof:
    signatures = check_dkim(raw, lookup)
    spf = check_spf(envelope.peer, envelope.sender, envelope.helo, lookup)
    domain = author.rpartition("@")[2]
    unsure = spf is Result.ERROR or any(each.result is Result.ERROR for each in signatures)
    try:
        policy = _policy(domain, lookup)
    except Temporary:
        policy, unsure = None, True
    asked = policy or Policy()
    good = [each.domain for each in signatures if each.result is Result.PASS]
    passed = envelope.sender.rpartition("@")[2] if spf is Result.PASS else None
    dmarc = evaluate(domain, policy, spf=passed, dkim=good, unsure=unsure)
    if dmarc is Result.NONE and unsure:
        dmarc = Result.ERROR
    return Proof(
        spf=spf,
        dkim=best(each.result for each in signatures),
        dmarc=dmarc,
        is_signed=any(is_aligned(one, domain, strict=asked.strict_dkim) for one in good),
        source="direct",
        detail=" ".join(good),
    )


def _policy(domain: str, lookup: Lookup) -> Policy | None:
    """The domain's own policy, else its organisation's (RFC 7489 §6.6.3)."""
    for name in dict.fromkeys([domain, organisation(domain)]):
        if name and (policy := policy_of(texts(lookup, f"_dmarc.{name}"))):
            return policy
    return None


@cache
def _threads() -> ThreadPoolExecutor:
    # Own threads, so that slow name servers hold up nothing else that needs one.
    return ThreadPoolExecutor(8, "prove")
