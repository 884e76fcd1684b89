"""Which domain speaks for which."""

from __future__ import annotations

import pytest

from inbox.mail_auth.dmarc import Policy, evaluate, is_aligned, organisation, policy_of
from inbox.model.proof import Result


@pytest.mark.parametrize(
    ("domain", "registrable"),
    [
        ("mail.shop.example", "shop.example"),
        ("a.b.shop.co.uk", "shop.co.uk"),
        ("Shop.Example.", "shop.example"),
        ("co.uk", ""),
        ("", ""),
    ],
)
def test_the_registrable_domain(domain: str, registrable: str) -> None:
    assert organisation(domain) == registrable


@pytest.mark.parametrize(
    ("records", "policy"),
    [
        ([b"v=DMARC1; p=none"], Policy()),
        ([b"v=DMARC1; p=none; adkim=s; aspf=r"], Policy(strict_dkim=True)),
        ([b"V=dmarc1;P=reject;ASPF=S"], Policy(strict_spf=True)),
        ([b"hello", b"v=DMARC1; p=none"], Policy()),
        ([b"v=DMARC1; p=none", b"v=DMARC1; p=reject"], None),
        ([b"v=spf1 -all"], None),
        ([], None),
    ],
)
def test_a_published_policy(records: list[bytes], policy: Policy | None) -> None:
    assert policy_of(records) == policy


@pytest.mark.parametrize(
    ("domain", "author", "strict", "aligned"),
    [
        ("shop.example", "shop.example", True, True),
        ("mail.shop.example", "shop.example", False, True),
        ("mail.shop.example", "shop.example", True, False),
        ("evil.example", "shop.example", False, False),
        ("co.uk", "shop.co.uk", False, False),
        ("other.co.uk", "shop.co.uk", False, False),
        ("", "", False, False),
    ],
)
def test_who_speaks_for_whom(domain: str, author: str, strict: bool, aligned: bool) -> None:
    assert is_aligned(domain, author, strict=strict) is aligned


@pytest.mark.parametrize(
    ("policy", "spf", "dkim", "unsure", "verdict"),
    [
        (Policy(), None, ["shop.example"], False, Result.PASS),
        (Policy(), "shop.example", [], False, Result.PASS),
        (Policy(strict_spf=True), "mail.shop.example", [], False, Result.FAIL),
        (Policy(), "evil.example", ["evil.example"], False, Result.FAIL),
        (Policy(), None, [], True, Result.ERROR),
        (None, None, ["shop.example"], False, Result.PASS),
        (None, "shop.example", [], False, Result.NONE),
        (None, None, [], False, Result.NONE),
    ],
)
def test_the_verdict(
    policy: Policy | None, spf: str | None, dkim: list[str], unsure: bool, verdict: Result
) -> None:
    assert evaluate("shop.example", policy, spf=spf, dkim=dkim, unsure=unsure) is verdict
