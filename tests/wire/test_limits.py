"""No peer costs more than its share: of memory, of time, of connections."""

from __future__ import annotations

import asyncio
import tracemalloc

import pytest

from inbox.smtp_in.limits import Limits
from inbox.smtp_in.server import Server
from tests.polling import ENOUGH
from tests.wire.conftest import Connect
from tests.wire.peer import MAIL, SUPPORT, Peer, RecordingDoor

SIZE = 1 << 20


@pytest.fixture
def limits() -> Limits:
    return Limits(
        message_bytes=SIZE,
        bytes_in_flight=3 * SIZE,
        connections=6,
        connections_per_address=4,
        recipients=120,
        drain_seconds=2,
    )


async def test_a_mail_of_any_size_up_to_the_limit(peer: Peer, door: RecordingDoor) -> None:
    mail = b"x" * (SIZE - 2) + b"\r\n"  # and all of it one line
    await peer.envelope()
    assert (await peer.data(mail)).startswith("250")
    assert door.mails == [mail]


async def test_one_octet_more_is_too_big_and_the_session_goes_on(
    peer: Peer, door: RecordingDoor
) -> None:
    await peer.envelope()
    assert (await peer.data(b"x" * (SIZE - 1) + b"\r\n")).startswith("552")
    await peer.envelope()
    assert (await peer.data()).startswith("250")
    assert door.mails == [MAIL]


async def test_data_without_end_is_cut_and_costs_no_memory(peer: Peer) -> None:
    await peer.envelope()
    await peer.say("DATA")
    tracemalloc.start()
    assert await peer.drip(b"A" * 65536, every=0) in ([552], [])  # [] when the reset overtakes it
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * SIZE


async def test_a_mail_of_empty_lines_costs_its_bytes_and_no_more(
    peer: Peer, door: RecordingDoor
) -> None:
    mail = b"\r\n" * (SIZE // 2)
    await peer.envelope()
    await peer.say("DATA")
    tracemalloc.start()
    await peer.raw(mail + b".\r\n")
    assert (await peer.reply()).startswith("250")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert door.mails == [mail]
    assert peak < 8 * SIZE


async def test_a_line_too_long_for_a_command(peer: Peer) -> None:
    assert await peer.code(b"MAIL FROM:<" + b"a" * 4096 + b"@x.example>") == 500
    assert await peer.code("NOOP") == 250


async def test_a_command_without_end_is_cut(peer: Peer) -> None:
    assert await peer.drip(b"A" * 65536, every=0) in ([500], [])


async def test_a_hundred_recipients_are_taken_and_not_a_thousand_more(
    peer: Peer, door: RecordingDoor
) -> None:
    await peer.say("MAIL FROM:<jane@shop.example>")
    codes = [await peer.code(f"RCPT TO:<{SUPPORT}>") for _ in range(130)]
    assert codes == [250] * 120 + [452] * 10
    assert (await peer.data()).startswith("250")
    assert door.kept[0][1].recipients == (SUPPORT,)


@pytest.mark.parametrize(
    ("command", "patience"),
    [
        ("NOOP", 100),
        ("RSET", 100),
        ("VRFY a@b.example", 100),
        ("EHLO again.example", 100),
        ("FLURB", 20),
        ("MAIL FROM:<bad", 20),
    ],
)
async def test_who_only_chatters_is_cut(peer: Peer, command: str, patience: int) -> None:
    codes = []
    while (code := await peer.code(command)) not in (0, 421):
        codes.append(code)
    assert code == 421
    assert patience - 1 <= len(codes) <= patience


async def test_guessing_addresses_is_cut(peer: Peer) -> None:
    await peer.say("MAIL FROM:<jane@shop.example>")
    codes = [await peer.code(f"RCPT TO:<guess{n}@desk.example>") for n in range(21)]
    assert codes == [550] * 20 + [421]


async def test_a_mail_that_goes_in_circles(peer: Peer, door: RecordingDoor) -> None:
    hop = b"Received: from a by b; Mon, 1 Jan 2024 00:00:00 +0000\r\n"
    await peer.envelope()
    assert (await peer.data(hop * 51 + MAIL)).startswith("554 5.4.6")
    await peer.envelope()
    assert (await peer.data(hop * 50 + MAIL)).startswith("250")
    assert len(door.kept) == 1


async def test_connections_of_one_address_and_of_all(connect: Connect) -> None:
    inside = [await (await connect()).greet() for _ in range(4)]
    fifth_of_one = await connect()
    assert (await fifth_of_one.reply()).startswith("421 4.7.0")
    for number in (2, 3):
        await (await connect(source=f"127.0.0.{number}")).greet()
    seventh_of_all = await connect(source="127.0.0.9")
    assert (await seventh_of_all.reply()).startswith("421 4.7.0")
    assert await inside[0].code("QUIT") == 221
    assert await inside[0].reply() == ""
    assert (await (await connect(source="127.0.0.9")).send()).startswith("250")


async def test_too_much_mail_at_once_waits_outside(
    connect: Connect, door: RecordingDoor, server: Server
) -> None:
    door.opened.clear()
    big = b"x" * (SIZE - 2) + b"\r\n"
    async with asyncio.TaskGroup() as group:
        waiting = []
        for _ in range(3):
            waiting.append(group.create_task((await connect()).send(big)))
        while server.gate.bytes_in_flight < 3 * SIZE:
            await asyncio.sleep(0)
        assert (await (await connect()).send(big)).startswith("452 4.3.1")
        door.opened.set()
    assert [task.result()[:3] for task in waiting] == ["250"] * 3
    assert server.gate.bytes_in_flight == 0


class TestSlowPeers:
    """Time runs out by progress, not in total."""

    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(
            idle_seconds=1,
            data_lag_seconds=1,
            data_bytes_per_second=1000,
            session_seconds=1.2,
            drain_seconds=2,
        )

    async def test_silence(self, peer: Peer) -> None:
        assert (await peer.reply()).startswith("421 4.4.2")
        assert await peer.reply() == ""

    async def test_a_command_in_drops(self, peer: Peer) -> None:
        async with asyncio.timeout(ENOUGH):
            assert await peer.drip(b"x", every=0.02) == [421]

    async def test_a_mail_in_drops(self, peer: Peer, door: RecordingDoor) -> None:
        await peer.envelope()
        await peer.say("DATA")
        async with asyncio.timeout(ENOUGH):
            assert await peer.drip(b"x", every=0.02) == [421]
        assert not door.kept

    async def test_a_large_mail_over_a_thin_line_gets_in(
        self, peer: Peer, door: RecordingDoor
    ) -> None:
        await peer.envelope()
        await peer.say("DATA")
        # Two seconds in all: more than the lag, the idle and the session time.
        for _ in range(20):
            await peer.raw(b"y" * 200 + b"\r\n")
            await asyncio.sleep(0.1)
        await peer.raw(b".\r\n")
        assert (await peer.reply()).startswith("250")
        assert len(door.mails[0]) == 20 * 202

    async def test_a_session_does_not_last_for_ever(self, peer: Peer) -> None:
        while (code := await peer.code("NOOP")) == 250:
            await asyncio.sleep(0.05)
        assert code == 421


async def test_slow_peers_delay_nobody(connect: Connect) -> None:
    slow = [await (await connect()).greet() for _ in range(2)]
    await slow[0].raw(b"MAIL FROM:<ja")
    await slow[1].envelope()
    await slow[1].say("DATA")
    async with asyncio.timeout(ENOUGH):  # far less than those are waited for
        assert (await (await connect()).send()).startswith("250")
