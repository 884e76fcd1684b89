"""What Microsoft 365 and Google say of a mail, and what only looks like their word."""

from __future__ import annotations

import pytest

from inbox.mail.parse import parse
from inbox.mail_auth.clouds import believe_exchange, believe_google
from inbox.mail_auth.prove import prove
from inbox.model.mail import Envelope
from inbox.model.proof import Proof, Result
from inbox.settings import Settings
from tests.mail_auth.zone import Zone

KAREN = "karen@us.example"
TENANT = "0f3c2a11-1111-4222-8333-444455556666"

OUTLOOK = "from A.eurprd01.prod.outlook.com by B.eurprd01.prod.outlook.com with HTTPS"
EDGE = "from mail.us.example (203.0.113.9) by AM1.mail.protection.outlook.com with ESMTPS"
FOUND = (
    "spf=pass (sender IP is 203.0.113.9) smtp.mailfrom=us.example; dkim=pass (signature was"
    " verified) header.d=us.example;dmarc=pass action=none header.from=us.example;compauth=pass"
)
OURS = ("X-MS-Exchange-CrossTenant-Id", TENANT)
AR = "Authentication-Results"

Headers = list[tuple[str, str]]
GOOD: Headers = [("Received", OUTLOOK), (AR, FOUND), ("Received", EDGE), OURS]


def exchange(headers: Headers) -> Proof:
    return believe_exchange(headers, TENANT.upper(), KAREN)


def test_our_tenant_is_believed() -> None:
    proof = exchange(GOOD)
    assert (proof.spf, proof.dkim, proof.dmarc, proof.is_signed) == (*[Result.PASS] * 3, True)


def test_a_person_inside_the_tenant_has_no_other_verdict() -> None:
    inside = ("X-MS-Exchange-Organization-AuthAs", "Internal")
    assert exchange([("Received", OUTLOOK), inside, OURS]).is_signed
    assert not exchange([inside]).is_proved  # some other customer of Microsoft wrote that
    assert not exchange([("Received", OUTLOOK), ("X-MS-Exchange-Organization-AuthAs", "Anonymous"),
                         OURS]).is_proved  # fmt: skip
    assert not exchange([inside, inside, OURS]).is_proved


@pytest.mark.parametrize(
    "forged",
    [
        [(AR, FOUND), OURS],
        [("Received", OUTLOOK), ("Received", EDGE), (AR, FOUND), OURS],
        [("Received", EDGE), (AR, "mx.us.example; dmarc=pass header.from=us.example"), OURS],
        [("Received", OUTLOOK), (AR, FOUND), ("Received", "from x by mx.evil.example"), OURS],
        [("Received", "from x by mx.evil.example"), (AR, FOUND), ("Received", EDGE), OURS],
        [("Received", "from x by outlook.com.evil.example"), (AR, FOUND), ("Received", EDGE), OURS],
        GOOD[:-1],
        [*GOOD[:-1], ("X-MS-Exchange-CrossTenant-Id", "9" * 8)],
        [*GOOD, OURS],
        [("ARC-Authentication-Results", f"i=1; {FOUND}"), ("Received", EDGE), OURS],
        [(AR, FOUND.replace("us.example", "evil.example")), ("Received", EDGE), OURS],
        [(AR, FOUND.replace("dmarc=pass", "dmarc=fail")), *GOOD],
    ],
)
def test_what_only_looks_like_our_tenants_word(forged: Headers) -> None:
    assert not exchange(forged).is_proved


MX = "from mail.us.example by mx.google.com with ESMTPS id x for <support@us.example>"
INNER = "by 2002:a05:6402:1 with SMTP id y"
SAYS = "mx.google.com; dkim=pass header.i=@us.example; dmarc=pass header.from=us.example"


def google(headers: Headers) -> Proof:
    return believe_google(headers, "mx.google.com", KAREN)


def test_google_is_believed() -> None:
    proof = google([("Received", INNER), (AR, SAYS), ("Received", MX)])
    assert proof.is_proved
    assert proof.is_signed


@pytest.mark.parametrize(
    "forged",
    [
        [(AR, SAYS)],
        [(AR, SAYS), ("Received", "from x by mx.evil.example")],
        [("Received", "from it by smtp.gmail.com with ESMTPSA"), (AR, SAYS), ("Received", MX)],
        [("Received", "from x named unknown by gmailapi.google.com with HTTPREST"), (AR, SAYS),
         ("Received", MX)],
        [(AR, SAYS.replace("mx.google.com", "mx.google.com.evil.example")), ("Received", MX)],
        [(AR, SAYS.replace("mx.google.com", "(mx.google.com) evil.example")), ("Received", MX)],
        [(AR, "evil.example; dmarc=none"), (AR, SAYS), ("Received", MX)],
        [("ARC-Authentication-Results", f"i=1; {SAYS}"), ("Received", MX)],
        [("X-Google-Original-Authentication-Results", SAYS), ("Received", MX)],
    ],
)  # fmt: skip
def test_what_only_looks_like_googles_word(forged: Headers) -> None:
    assert not google(forged).is_proved


@pytest.mark.parametrize("source", ["exchange", "google"])
async def test_only_from_a_host_that_is_trusted(source: str) -> None:
    headers = GOOD if source == "exchange" else [(AR, SAYS), ("Received", MX)]
    raw = "".join(f"{name}: {value}\r\n" for name, value in headers) + f"From: {KAREN}\r\n\r\nHi"
    settings = Settings.model_validate(
        {"mail_auth": source, "trusted_authserv": TENANT if source == "exchange" else None}
    )
    mail = parse(raw.encode())

    async def proof(peer: str) -> Proof:
        envelope = Envelope(sender=KAREN, recipients=("support@us.example",), peer=peer)
        return await prove(raw.encode(), mail, envelope, settings=settings, dns=Zone())

    assert (await proof("127.0.0.1")).is_proved
    assert not (await proof("203.0.113.9")).is_proved
