"""LMTP (RFC 2033), as a local mail server speaks it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from inbox.errors import Unavailable
from tests.wire.peer import MAIL, SALES, SUPPORT, Peer, RecordingDoor


@pytest.fixture
async def peer(lmtp_port: int) -> AsyncIterator[Peer]:
    async with await Peer.connect(lmtp_port) as peer:
        yield await peer.greet("LHLO")


async def test_one_reply_for_each_recipient(peer: Peer, door: RecordingDoor) -> None:
    await peer.envelope(SUPPORT, SALES)
    assert await peer.code("RCPT TO:<nobody@desk.example>") == 550
    assert (await peer.data()).startswith("250")
    assert (await peer.reply()).startswith("250")
    assert await peer.code("NOOP") == 250
    [(raw, envelope)] = door.kept
    assert raw == MAIL
    assert envelope.recipients == (SUPPORT, SALES)
    assert envelope.source == "lmtp"


async def test_a_fault_is_said_to_each(peer: Peer, door: RecordingDoor) -> None:
    door.fault = Unavailable()
    await peer.envelope(SUPPORT, SALES)
    assert (await peer.data()).startswith("451")
    assert (await peer.reply()).startswith("451")


async def test_no_recipient_no_data(peer: Peer) -> None:
    assert await peer.code("MAIL FROM:<jane@shop.example>") == 250
    assert await peer.code("DATA") == 554


@pytest.mark.parametrize("verb", ["HELO", "EHLO"])
async def test_smtp_is_not_spoken_here(peer: Peer, verb: str) -> None:
    assert await peer.code(f"{verb} mail.shop.example") == 500


async def test_lmtp_is_not_spoken_on_the_smtp_port(port: int) -> None:
    async with await Peer.connect(port) as peer:
        await peer.reply()
        assert await peer.code("LHLO mail.shop.example") == 500
