"""Our own trouble is 4xx with a constant text; the peer keeps the mail and tries again."""

from __future__ import annotations

import asyncio

import pytest

from inbox.errors import NoRoom, Unavailable
from inbox.smtp_in.limits import Limits
from tests.polling import ENOUGH
from tests.wire.peer import MAIL, Peer, RecordingDoor


@pytest.mark.parametrize(
    "fault",
    [
        Unavailable(),
        RuntimeError("could not connect to postgresql://user:pw@10.0.0.5/db"),
        ConnectionRefusedError("10.0.0.5"),
        OSError(28, "No space left on device"),
    ],
)
async def test_a_fault_after_the_dot(peer: Peer, door: RecordingDoor, fault: Exception) -> None:
    door.fault = fault
    await peer.envelope()
    assert await peer.data() == "451 4.3.0 Temporary failure, try again later"
    door.fault = None
    await peer.envelope()
    assert (await peer.data()).startswith("250")


async def test_a_full_disk_before_data(peer: Peer, door: RecordingDoor) -> None:
    door.room = False
    assert (await peer.say("MAIL FROM:<jane@shop.example>")).startswith("452 4.3.1")
    door.room = True
    assert await peer.code("MAIL FROM:<jane@shop.example>") == 250


@pytest.mark.parametrize("fault", [NoRoom(), RuntimeError("write failed")])
async def test_a_disk_that_fills_meanwhile(
    peer: Peer, door: RecordingDoor, fault: Exception
) -> None:
    await peer.envelope()
    door.room, door.fault = False, fault
    assert (await peer.data()).startswith("452 4.3.1")


class TestSlowCommit:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(commit_seconds=0.2, drain_seconds=2)

    async def test_a_commit_that_takes_too_long(self, peer: Peer, door: RecordingDoor) -> None:
        door.opened.clear()
        await peer.envelope()
        assert (await peer.data()).startswith("451")
        assert not door.kept


async def test_the_peer_says_no_more_after_the_dot(peer: Peer, door: RecordingDoor) -> None:
    door.opened.clear()
    await peer.envelope()
    await peer.say("DATA")
    await peer.raw(MAIL + b".\r\n")
    peer.writer.write_eof()
    await door.knocked.wait()
    door.opened.set()
    assert (await peer.reply()).startswith("250")
    assert door.mails == [MAIL]


async def test_a_commit_outlives_the_peer(peer: Peer, door: RecordingDoor) -> None:
    door.opened.clear()
    await peer.envelope()
    await peer.say("DATA")
    await peer.raw(MAIL + b".\r\n")
    await door.knocked.wait()
    peer.vanish()
    door.opened.set()
    async with asyncio.timeout(ENOUGH):
        while not door.kept:
            await asyncio.sleep(0.01)
    assert door.mails == [MAIL]


@pytest.mark.parametrize("cut", [b"", b"\r\n", b"\r\n."])
@pytest.mark.parametrize("abruptly", [False, True])
async def test_a_mail_that_is_cut_off_is_not_kept(
    port: int, peer: Peer, door: RecordingDoor, cut: bytes, abruptly: bool
) -> None:
    await peer.envelope()
    await peer.say("DATA")
    await peer.raw(MAIL + b"unfinished" + cut)
    if abruptly:
        peer.vanish()
    else:
        peer.writer.close()
    async with await Peer.connect(port) as other:
        assert (await other.send(b"Subject: after\r\n\r\n")).startswith("250")
    assert door.mails == [b"Subject: after\r\n\r\n"]
