"""Only CRLF.CRLF ends a mail: nobody hides a second mail in a first (CVE-2023-51764 and after)."""

from __future__ import annotations

import pytest

from tests.wire.peer import SUPPORT, Peer, RecordingDoor

INNER = (
    b"MAIL FROM:<boss@desk.example>\r\nRCPT TO:<" + SUPPORT.encode() + b">\r\nDATA\r\n"
    b"From: <boss@desk.example>\r\nSubject: inner\r\n\r\ninner\r\n.\r\n"
)


@pytest.mark.parametrize(
    "sequence",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\n.\r",
        b"\r.\n",
        b"\r.\r",
        b"\r.\r\n",
        b"\r\n.\n",
        b"\r\n.\r",
        b"\r\n.\r\r\n",
        b"\r\r\n.\r\r\n",
        b"\r\n\x00.\r\n",
        b"\r\n.\x00\r\n",
        b"\r\n. \r\n",
        b"\r\n .\r\n",
        b"\r\n..\r\n",
        b"\x0b.\x0b",
        b"\x0c.\x0c",
        b"\x1c.\x1d",
        b"\xc2\x85.\xc2\x85",
        b"\xe2\x80\xa8.\xe2\x80\xa8",
    ],
)
async def test_an_end_of_data_that_is_none(
    peer: Peer, door: RecordingDoor, sequence: bytes
) -> None:
    await peer.envelope()
    assert await peer.code("DATA") == 354
    await peer.raw(b"Subject: outer\r\n\r\nouter" + sequence + INNER + b"QUIT\r\n")
    assert await peer.rest() == [250, 221]
    assert len(door.kept) == 1
    assert door.mails[0].startswith(b"Subject: outer\r\n\r\nouter")
    assert door.mails[0].endswith(b"\r\ninner\r\n")


async def test_the_true_end_is_seen_and_what_follows_is_not_believed(
    peer: Peer, door: RecordingDoor
) -> None:
    await peer.envelope()
    await peer.say("DATA")
    await peer.raw(b"Subject: outer\r\n\r\nouter\r\n.\r\n" + INNER)
    # The body of the second was sent before it was asked for.
    assert await peer.rest() == [250, 250, 250, 554]
    assert door.mails == [b"Subject: outer\r\n\r\nouter\r\n"]


async def test_the_true_end_in_single_octets(peer: Peer, door: RecordingDoor) -> None:
    await peer.envelope()
    await peer.say("DATA")
    for octet in b"Subject: slow\r\n\r\n..\r\n.\r\n":
        await peer.raw(bytes([octet]))
    assert (await peer.reply()).startswith("250")
    assert door.mails == [b"Subject: slow\r\n\r\n.\r\n"]


async def test_commands_ended_by_a_bare_line_feed_are_not_run(peer: Peer) -> None:
    await peer.raw(b"NOOP\nNOOP\nNOOP\r\n")
    assert await peer.rest() == [554]


async def test_a_bare_carriage_return_ends_no_command(peer: Peer) -> None:
    assert await peer.code(b"NOOP\rMAIL FROM:<a@b.example>\rNOOP") == 500


async def test_a_nul_in_a_command_is_refused(peer: Peer) -> None:
    assert await peer.code(b"MAIL FROM:<a\x00b@shop.example>") == 500


@pytest.mark.parametrize(
    "content", [b"a\x00b\r\n", b"a\rb\r\n", b"a\nb\r\n", b"\xff\xfe\r\n", b"\x1b[2J\r\n"]
)
async def test_odd_octets_in_a_mail_are_kept_as_they_are(
    peer: Peer, door: RecordingDoor, content: bytes
) -> None:
    await peer.envelope()
    assert (await peer.data(content)).startswith("250")
    assert door.mails == [content]
