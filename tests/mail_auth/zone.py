"""A DNS zone of a test's own, and mails signed for it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

import dkim
from nacl.signing import SigningKey

from inbox.mail_auth.dns import Lookup, Temporary, Value

SEED = bytes(range(32))
PUBLIC = base64.b64encode(bytes(SigningKey(SEED).verify_key)).decode()


@dataclass
class Zone:
    """Records by (name, kind); a name in `silent` never answers. Counts what was asked."""

    records: dict[tuple[str, str], list[Value]] = field(default_factory=dict)
    silent: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def txt(self, name: str, *texts: str) -> Zone:
        self.records[name, "TXT"] = [(text.encode(),) for text in texts]
        return self

    def until(self, deadline: float) -> Lookup:
        def ask(name: str, kind: str) -> list[Value]:
            self.asked.append(name)
            if name.endswith(self.silent or ("\0",)):
                raise Temporary("Timeout")
            return self.records.get((name, kind), [])

        return ask


def shop() -> Zone:
    """shop.example: signs with the selector `s`, sends from 192.0.2.0/24, asks for DMARC."""
    zone = Zone()
    zone.txt("s._domainkey.shop.example", f"v=DKIM1; k=ed25519; p={PUBLIC}")
    zone.txt("shop.example", "some other text", "v=spf1 ip4:192.0.2.0/24 -all")
    return zone.txt("_dmarc.shop.example", "v=DMARC1; p=reject")


def letter(from_: str = "Jane <jane@shop.example>", body: str = "Hello") -> bytes:
    head = f"From: {from_}\r\nTo: support@us.example\r\nSubject: Boots\r\nMessage-ID: <1@x>\r\n"
    return f"{head}\r\n{body}\r\n".encode()


def signed(raw: bytes, domain: str = "shop.example", **options: bool) -> bytes:
    """The mail with a signature of `domain` on top."""
    header = dkim.sign(
        raw,
        b"s",
        domain.encode(),
        base64.b64encode(SEED),
        canonicalize=(b"relaxed", b"relaxed"),
        signature_algorithm=b"ed25519-sha256",
        include_headers=[b"from", b"subject"],
        **options,
    )
    return bytes(header) + raw
