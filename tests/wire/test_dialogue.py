"""The order of commands, and what each is answered (RFC 5321 §4.1)."""

from __future__ import annotations

import pytest

from tests.wire.peer import MAIL, SALES, SUPPORT, Peer, RecordingDoor


async def test_the_banner_names_the_host_and_no_program(port: int) -> None:
    async with await Peer.connect(port) as peer:
        assert await peer.reply() == "220 mail.desk.example ESMTP"


async def test_a_mail_arrives_as_it_was_sent(peer: Peer, door: RecordingDoor) -> None:
    await peer.envelope(SUPPORT, SALES)
    assert await peer.data() == "250 2.6.0 Message kept"
    [(raw, envelope)] = door.kept
    assert raw == MAIL
    assert envelope.sender == "jane@shop.example"
    assert envelope.recipients == (SUPPORT, SALES)
    assert (envelope.source, envelope.peer, envelope.helo) == (
        "smtp",
        "127.0.0.1",
        "mail.shop.example",
    )
    assert envelope.received_at is not None


async def test_extensions_offered(port: int) -> None:
    async with await Peer.connect(port) as peer:
        await peer.reply()
        await peer.raw(b"EHLO mail.shop.example\r\n")
        answer = (await peer.reader.readuntil(b"250 STARTTLS\r\n")).decode()
        offered = [line[4:] for line in answer.splitlines()[1:]]
        assert offered == [
            "SIZE 36700160",
            "8BITMIME",
            "SMTPUTF8",
            "PIPELINING",
            "ENHANCEDSTATUSCODES",
            "STARTTLS",
        ]


async def test_mail_before_ehlo_is_out_of_order(port: int) -> None:
    async with await Peer.connect(port) as peer:
        await peer.reply()
        assert await peer.code("MAIL FROM:<jane@shop.example>") == 503


async def test_a_transaction_has_its_order(peer: Peer) -> None:
    assert await peer.code(f"RCPT TO:<{SUPPORT}>") == 503
    assert await peer.code("DATA") == 503
    assert await peer.code("MAIL FROM:<jane@shop.example>") == 250
    assert await peer.code("DATA") == 554
    assert await peer.code("MAIL FROM:<other@shop.example>") == 503


@pytest.mark.parametrize("ender", ["RSET", "EHLO again.example", "HELO again.example"])
async def test_what_ends_a_transaction(peer: Peer, ender: str) -> None:
    await peer.envelope()
    assert await peer.code(ender) == 250
    assert await peer.code("DATA") == 503


async def test_bounces_have_no_sender(peer: Peer, door: RecordingDoor) -> None:
    await peer.envelope(sender="")
    assert (await peer.data()).startswith("250")
    assert door.kept[0][1].sender == ""


async def test_postmaster_needs_no_domain(peer: Peer) -> None:
    assert await peer.code("MAIL FROM:<>") == 250
    assert await peer.code("RCPT TO:<Postmaster>") == 250


async def test_nobody_learns_who_is_here(peer: Peer) -> None:
    known, unknown = await peer.say(f"VRFY {SUPPORT}"), await peer.say("VRFY nobody@desk.example")
    assert known == unknown
    assert known.startswith("252")
    assert await peer.code("EXPN staff") == 502


async def test_an_unknown_command_does_no_harm(peer: Peer) -> None:
    assert await peer.code("FLURB x") == 500
    assert await peer.code("NOOP") == 250
    assert await peer.code("HELP") == 214


async def test_there_is_nothing_to_log_in_to(peer: Peer) -> None:
    assert await peer.code("AUTH PLAIN AGEAYg==") == 502


async def test_quit(peer: Peer) -> None:
    assert await peer.say("QUIT") == "221 2.0.0 Bye"
    assert await peer.reply() == ""


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"..\r\n...x\r\nend\r\n", b".\r\n..x\r\nend\r\n"),
        (b".x\r\n", b"x\r\n"),
        (b"", b""),
        (b"\r\n\r\nhello\r\n", b"\r\n\r\nhello\r\n"),
    ],
)
async def test_dots_are_taken_off(
    peer: Peer, door: RecordingDoor, sent: bytes, kept: bytes
) -> None:
    await peer.envelope()
    assert (await peer.data(sent)).startswith("250")
    assert door.mails == [kept]


async def test_many_mails_on_one_connection(peer: Peer, door: RecordingDoor) -> None:
    for number in range(25):
        await peer.envelope()
        assert (await peer.data(b"Subject: %d\r\n\r\n" % number)).startswith("250")
    assert [raw.split()[1] for raw in door.mails] == [b"%d" % number for number in range(25)]


async def test_one_reply_each_for_a_pipelined_group(peer: Peer, door: RecordingDoor) -> None:
    await peer.raw(
        f"MAIL FROM:<jane@shop.example>\r\nRCPT TO:<{SUPPORT}>\r\n"
        f"RCPT TO:<nobody@desk.example>\r\nDATA\r\n".encode()
    )
    assert [(await peer.reply())[:3] for _ in range(4)] == ["250", "250", "550", "354"]
    await peer.raw(MAIL + b".\r\nQUIT\r\n")
    assert await peer.rest() == [250, 221]
    assert door.kept[0][1].recipients == (SUPPORT,)
