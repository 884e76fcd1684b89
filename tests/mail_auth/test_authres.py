"""What a trusted relay says, and what only pretends to be its word."""

from __future__ import annotations

import pytest

from inbox.mail_auth.authres import believe, read_results
from inbox.model.proof import Proof, Result

AUTHOR = "jane@shop.example"


def said(*values: str) -> Proof:
    headers = [("Authentication-Results", value) for value in values]
    return believe([("Received", "from x"), *headers], "mx.us.example", AUTHOR)


def test_a_header_is_read_with_its_comments_quotes_and_versions() -> None:
    read = read_results(
        'MX.us.example 1; dkim=pass (2048-bit key; "x") header.d=shop.example header.s="s 1";\r\n'
        " spf=softfail (a (nested; b) c) smtp.mailfrom=jane@shop.example; dmarc/1=pass"
        " (p=REJECT) header.from=shop.example; nothing; =x; iprev"
    )
    assert read.authserv == "mx.us.example"
    assert [(each.method, each.result) for each in read.found] == [
        ("dkim", Result.PASS),
        ("spf", Result.FAIL),
        ("dmarc", Result.PASS),
    ]
    assert read.found[0].properties == {"header.d": "shop.example", "header.s": "s 1"}


@pytest.mark.parametrize(
    ("value", "dmarc"),
    [
        ("mx.us.example; dmarc=pass header.from=shop.example", Result.PASS),
        ("mx.us.example; dmarc=pass header.from=SHOP.example", Result.PASS),
        ("mx.us.example; dmarc=pass header.from=evil.example", Result.NONE),
        ("mx.us.example; dmarc=pass", Result.NONE),
        ("mx.us.example; dmarc=fail header.from=shop.example", Result.FAIL),
        ("mx.us.example; dmarc=pass header.from=shop.example; dmarc=fail", Result.FAIL),
        ("mx.us.example; dkim=pass header.d=mail.shop.example", Result.PASS),
        ("mx.us.example; dkim=pass header.i=@shop.example", Result.PASS),
        ("mx.us.example; dkim=pass header.d=evil.example", Result.NONE),
        ("mx.us.example; spf=pass smtp.mailfrom=shop.example", Result.NONE),
        ("mx.us.example; dmarc=temperror", Result.ERROR),
        ("mx.us.example.evil.example; dmarc=pass header.from=shop.example", Result.NONE),
        ("(mx.us.example) evil.example; dmarc=pass header.from=shop.example", Result.NONE),
        ("dmarc=pass header.from=shop.example", Result.NONE),
        ("mx.us.example; none", Result.NONE),
        ("", Result.NONE),
    ],
)
def test_only_a_verdict_on_the_author_counts(value: str, dmarc: Result) -> None:
    assert said(value).dmarc is dmarc


def test_only_the_topmost_header_counts() -> None:
    forged = "mx.us.example; dmarc=pass header.from=shop.example"
    assert said("mx.us.example; dmarc=fail header.from=shop.example", forged).dmarc is Result.FAIL
    assert said("other.example; dmarc=none", forged) == Proof(
        source="relay", detail="no verdict of the trusted relay"
    )


OURS = "mx.us.example; dkim=pass header.d=shop.example; dmarc=pass header.from=shop.example"


@pytest.mark.parametrize(
    "values",
    [
        (OURS.replace("mx.us", "mx.evil"),),
        (OURS.replace("mx.us.example", "mx.us.example.evil.example"),),
        (OURS.replace("mx.us.example", "evil-mx.us.example"),),
        (OURS.replace("mx.us.example", "(mx.us.example) mx.evil.example"),),
        (OURS.replace("mx.us.example", '"mx.us.example; x"'),),
        (OURS.replace("mx.us.example; ", ""),),
        ('mx.us.example; none; reason="dmarc=pass header.from=shop.example"',),
        ("mx.us.example; spf=pass (dmarc=pass header.from=shop.example)",),
        ("mx.evil.example; dmarc=none", OURS),
        ("mx.us.example; dmarc=none" + " " * 20_000, OURS),
        ("", OURS),
    ],
)
def test_a_forged_verdict_proves_nothing(values: tuple[str, ...]) -> None:
    assert said(OURS).is_signed
    proof = said(*values)
    assert not proof.is_proved
    assert not proof.is_signed


def test_what_a_chain_claims_is_not_read() -> None:
    headers = [("ARC-Authentication-Results", f"i=1; {OURS}"), ("ARC-Seal", "i=1; cv=none")]
    assert not believe(headers, "mx.us.example", AUTHOR).is_proved


def test_a_signature_of_somebody_else_signs_nothing() -> None:
    proof = said(
        "mx.us.example; dkim=pass header.d=evil.example;"
        " spf=pass smtp.mailfrom=shop.example; dmarc=pass header.from=shop.example"
    )
    assert proof.is_proved
    assert not proof.is_signed
