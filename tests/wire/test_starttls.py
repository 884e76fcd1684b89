"""STARTTLS (RFC 3207): nothing said in the clear is believed afterwards."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import pytest

from inbox.errors import ConfigError
from inbox.smtp_in.server import Server
from inbox.smtp_in.tls import server_context
from tests.polling import ENOUGH
from tests.wire.peer import MAIL, SUPPORT, Peer, RecordingDoor


async def test_a_mail_inside_tls(peer: Peer, door: RecordingDoor) -> None:
    assert await peer.code("STARTTLS") == 220
    await peer.start_tls()
    assert await peer.code("EHLO mail.shop.example") == 250
    await peer.envelope()
    assert (await peer.data()).startswith("250")
    assert door.mails == [MAIL]


async def test_commands_behind_starttls_are_not_run(peer: Peer) -> None:
    # CVE-2011-0411, CVE-2024-34083
    await peer.raw(b"STARTTLS\r\nEHLO injected.example\r\nMAIL FROM:<injected@x.example>\r\n")
    assert await peer.rest() == [554]


async def test_the_state_before_tls_is_forgotten(peer: Peer) -> None:
    await peer.envelope()
    assert await peer.code("STARTTLS") == 220
    await peer.start_tls()
    assert await peer.code(f"RCPT TO:<{SUPPORT}>") == 503
    assert await peer.code("MAIL FROM:<a@shop.example>") == 503
    await peer.raw(b"EHLO mail.shop.example\r\n")
    assert b"STARTTLS" not in await peer.reader.readuntil(b"250 ENHANCEDSTATUSCODES\r\n")
    assert await peer.code("STARTTLS") == 503


@pytest.mark.parametrize(
    "garbage", [b"\x16\x03\x01\xff\xff" + bytes(3000), b"NOT TLS\r\n" * 50, b""]
)
async def test_a_broken_handshake_leaves_nothing_behind(
    peer: Peer, server: Server, garbage: bytes
) -> None:
    assert await peer.code("STARTTLS") == 220
    await peer.raw(garbage)
    peer.vanish()
    async with asyncio.timeout(ENOUGH):
        while server.gate.sessions:
            await asyncio.sleep(0.01)


def test_a_certificate_that_is_missing_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="INBOX_TLS_CERTIFICATE wants PEM"):
        server_context(tmp_path / "none.pem", None)
    with pytest.raises(ConfigError, match="INBOX_TLS_CERTIFICATE is not"):
        server_context(None, tmp_path / "key.pem")


def test_old_tls_is_not_spoken() -> None:
    pem = Path(__file__).parent / "mail.test.pem"
    context = server_context(pem, pem)
    assert context is not None
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
