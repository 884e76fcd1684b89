"""Who speaks out of turn, or another protocol, is cut; what they sent ahead is never run."""

from __future__ import annotations

import pytest

from tests.wire.peer import MAIL, SUPPORT, Peer, RecordingDoor

WHOLE = (
    b"EHLO early.example\r\nMAIL FROM:<a@early.example>\r\nRCPT TO:<"
    + SUPPORT.encode()
    + b">\r\nDATA\r\n"
)


async def test_talking_before_the_banner(port: int, door: RecordingDoor) -> None:
    async with await Peer.connect(port) as peer:
        await peer.raw(WHOLE + MAIL + b".\r\n")
        assert await peer.rest() == [220, 554]
    assert not door.kept


async def test_a_body_sent_before_it_is_asked_for(peer: Peer, door: RecordingDoor) -> None:
    await peer.envelope()
    await peer.raw(b"DATA\r\n" + MAIL + b".\r\n")
    assert await peer.rest() == [554]
    assert not door.kept


async def test_the_body_of_a_refused_data_is_not_run(peer: Peer, door: RecordingDoor) -> None:
    await peer.raw(b"MAIL FROM:<a@shop.example>\r\nDATA\r\nRSET\r\n" + WHOLE + MAIL + b".\r\n")
    assert await peer.rest() == [250, 554]
    assert not door.kept


async def test_pipelining_is_for_those_who_asked_for_it(port: int) -> None:
    async with await Peer.connect(port) as peer:
        await peer.greet("HELO")
        await peer.raw(f"MAIL FROM:<a@b.example>\r\nRCPT TO:<{SUPPORT}>\r\n".encode())
        assert await peer.rest() == [554]


@pytest.mark.parametrize(
    "request_line",
    ["POST / HTTP/1.1", "GET /x HTTP/1.0", "CONNECT a:25 HTTP/1.1", "PRI * HTTP/2.0"],
)
async def test_a_browser_is_cut(port: int, door: RecordingDoor, request_line: str) -> None:
    async with await Peer.connect(port) as peer:
        await peer.reply()
        await peer.raw(request_line.encode() + b"\r\nHost: mail.example\r\n\r\n" + WHOLE)
        assert await peer.rest() == [554]


async def test_a_line_that_is_no_command_is_cut(peer: Peer) -> None:
    await peer.raw(b"\x16\x03\x01\x02\x00\r\n")
    assert await peer.rest() == [554]


@pytest.mark.parametrize(
    "size", ["10 LAST", "99999999999999999999 LAST", "-1 LAST", "", "x LAST", "0x10 LAST"]
)
async def test_chunks_that_were_not_offered_are_not_run(
    peer: Peer, door: RecordingDoor, size: str
) -> None:
    await peer.envelope()
    await peer.raw(f"BDAT {size}\r\n".encode() + b"RSET\r\n" + WHOLE)
    assert await peer.rest() == [554]


@pytest.mark.parametrize("command", ["XCLIENT ADDR=10.9.8.7", "XFORWARD ADDR=10.9.8.7"])
async def test_nobody_says_for_another_where_they_come_from(peer: Peer, command: str) -> None:
    assert await peer.code(command) == 550


async def test_a_proxy_header_is_cut(port: int) -> None:
    async with await Peer.connect(port) as peer:
        await peer.raw(b"PROXY TCP4 10.9.8.7 10.0.0.1 1 25\r\n")
        assert await peer.rest() == [220, 554]
