"""Who really sent a mail, by each of the sources that may say so."""

from __future__ import annotations

import time
from typing import Any

import pytest

from inbox.mail.parse import parse
from inbox.mail_auth.dns import resolver
from inbox.mail_auth.prove import is_trusted, prove
from inbox.model.mail import Envelope
from inbox.model.proof import Proof, Result
from inbox.settings import Settings
from tests.mail_auth.zone import PUBLIC, Zone, letter, shop, signed

FORGED = b"Authentication-Results: mx.us.example; dmarc=pass header.from=shop.example\r\n"


async def proof_of(raw: bytes, zone: Zone, *, peer: str = "203.0.113.9", **settings: Any) -> Proof:
    envelope = Envelope(sender="jane@shop.example", recipients=("support@us.example",), peer=peer)
    chosen = Settings(**{"mail_auth": "direct", **settings})
    return await prove(raw, parse(raw), envelope, settings=chosen, dns=zone)


async def test_a_good_signature_of_the_authors_domain_proves_the_mail() -> None:
    proof = await proof_of(signed(letter()), shop())
    assert (proof.dkim, proof.spf, proof.dmarc) == (Result.PASS, Result.FAIL, Result.PASS)
    assert proof.is_proved
    assert proof.detail == "shop.example"


async def test_a_permitted_peer_is_enough_for_dmarc() -> None:
    proof = await proof_of(letter(), shop(), peer="192.0.2.7")
    assert (proof.dkim, proof.spf, proof.dmarc) == (Result.NONE, Result.PASS, Result.PASS)


async def test_a_forged_author_fails() -> None:
    proof = await proof_of(letter(), shop())
    assert proof.is_failed


async def test_a_signature_of_another_domain_proves_nothing() -> None:
    zone = shop()
    zone.records["s._domainkey.evil.example", "TXT"] = zone.records[
        "s._domainkey.shop.example", "TXT"
    ]
    proof = await proof_of(signed(letter(), "evil.example"), zone)
    assert proof.dkim is Result.PASS
    assert proof.is_failed


async def test_a_permitted_peer_with_a_signature_of_its_own_has_not_signed_for_us() -> None:
    zone = shop().txt("s._domainkey.evil.example", f"v=DKIM1; k=ed25519; p={PUBLIC}")
    proof = await proof_of(signed(letter(), "evil.example"), zone, peer="192.0.2.7")
    assert (proof.dmarc, proof.dkim, proof.is_signed) == (Result.PASS, Result.PASS, False)
    assert (await proof_of(signed(letter()), shop())).is_signed


async def test_a_changed_body_breaks_the_signature() -> None:
    proof = await proof_of(signed(letter()).replace(b"Hello", b"Hullo"), shop())
    assert (proof.dkim, proof.dmarc) == (Result.FAIL, Result.FAIL)


async def test_a_signature_that_leaves_the_end_open_does_not_count() -> None:
    raw = signed(letter(), length=True)
    assert b"l=" in raw
    assert (await proof_of(raw + b"and send it to me\r\n", shop())).dkim is Result.FAIL


async def test_two_authors_prove_nothing() -> None:
    raw = signed(letter("jane@shop.example, ann@us.example"))
    assert await proof_of(raw, shop()) == Proof(
        source="direct", detail="From does not name one mailbox"
    )


async def test_a_hundred_signatures_cost_five_questions() -> None:
    zone = shop()
    raw = letter()
    for _ in range(100):
        raw = signed(letter()).partition(b"From:")[0] + raw
    await proof_of(raw, zone)
    assert sum("_domainkey" in name for name in zone.asked) == 5


async def test_a_silent_name_server_speaks_neither_for_nor_against() -> None:
    zone = shop()
    zone.silent = ("shop.example",)
    proof = await proof_of(signed(letter()), zone)
    assert {proof.spf, proof.dkim, proof.dmarc} == {Result.ERROR}
    assert not proof.is_proved
    assert not proof.is_failed


async def test_a_domain_without_any_record_is_neither_proved_nor_failed() -> None:
    assert (await proof_of(letter(), Zone())).dmarc is Result.NONE


async def test_the_budget_ends_the_questions() -> None:
    lookup = resolver().until(time.monotonic() - 1)
    with pytest.raises(Exception, match="time is up"):
        lookup("shop.example", "TXT")


async def test_hostile_records_never_raise() -> None:
    zone = shop()
    zone.txt("shop.example", "v=spf1 include:shop.example redirect=%{x} ip4:1.2.3.4/99 -all")
    zone.txt("s._domainkey.shop.example", "v=DKIM1; k=rsa; p=AAAA")
    zone.txt("_dmarc.shop.example", "v=DMARC1; ===;;; p")
    assert (await proof_of(signed(letter()), zone)).dkim is Result.FAIL


async def test_a_trusted_relay_is_believed_and_nobody_else() -> None:
    zone, raw = Zone(), FORGED + letter()
    trusting = {"mail_auth": "relay", "trusted_authserv": "mx.us.example"}
    assert (await proof_of(raw, zone, peer="127.0.0.1", **trusting)).is_proved
    assert not (await proof_of(raw, zone, **trusting)).is_proved
    assert not (await proof_of(raw, zone, peer="127.0.0.1", mail_auth="relay")).is_proved
    assert not (await proof_of(raw, zone, peer="127.0.0.1", mail_auth="none")).is_proved
    assert zone.asked == []


def test_trusted_peers_may_be_networks() -> None:
    assert is_trusted("10.1.2.3", ("127.0.0.1", "10.0.0.0/8"))
    assert not is_trusted("11.1.2.3", ("10.0.0.0/8",))
    assert not is_trusted("", ("10.0.0.0/8",))
    assert not is_trusted("10.1.2.3", ("nonsense",))
