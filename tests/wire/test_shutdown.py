"""A stop loses no mail and cuts nobody off after the dot."""

from __future__ import annotations

import asyncio

import pytest

from inbox.errors import ConfigError
from inbox.smtp_in.server import Server
from tests.polling import ENOUGH
from tests.wire.peer import MAIL, Peer, RecordingDoor


async def test_idle_peers_are_told(peer: Peer, server: Server) -> None:
    await peer.envelope()
    await server.stop()
    assert (await peer.reply()).startswith("421 4.3.2")
    assert await peer.reply() == ""


async def test_nobody_new_is_let_in(port: int, server: Server) -> None:
    await server.stop()
    with pytest.raises(ConnectionRefusedError):
        await Peer.connect(port)


async def test_a_mail_under_way_is_finished(
    peer: Peer, door: RecordingDoor, server: Server
) -> None:
    door.opened.clear()
    await peer.envelope()
    await peer.say("DATA")
    await peer.raw(MAIL[:20])
    stopping = asyncio.create_task(server.stop())
    while not server.gate.draining:
        await asyncio.sleep(0)
    await peer.raw(MAIL[20:] + b".\r\n")
    await door.knocked.wait()
    assert not stopping.done()
    door.opened.set()
    assert await peer.rest() == [250, 421]
    await stopping
    assert door.mails == [MAIL]


async def test_who_never_ends_is_dropped_in_time(peer: Peer, server: Server) -> None:
    await peer.envelope()
    await peer.say("DATA")
    async with asyncio.timeout(ENOUGH):
        await server.stop()
    assert await peer.reply() == ""
    assert not server.gate.sessions


async def test_an_address_that_cannot_be_listened_on(server: Server) -> None:
    with pytest.raises(ConfigError, match=r"cannot listen on 192\.0\.2\.1:25 for mail"):
        await server.listen("192.0.2.1", 25)
