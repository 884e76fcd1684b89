"""Submission (RFC 6409): our own people hand over their mail, under TLS and signed in."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from functools import partial

import pytest
import uvloop

from inbox.smtp_in.door import TooSoon
from inbox.smtp_in.limits import Limits
from inbox.smtp_in.server import Server
from inbox.smtp_in.submission import Submission, Submissions
from inbox.smtp_in.tls import server_context
from tests.polling import ENOUGH
from tests.wire.conftest import CERTIFICATE
from tests.wire.peer import MAIL, SUPPORT, Peer, RecordingDoor

KAREN = "karen@desk.example"
PASSWORD = "abcdefgh-right"
OUTSIDE = "pat@customer.example"


class OneKey:
    """A guard who lets Karen in, number 7, and lets her write as support."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.is_tired = False
        self.has_sent_enough = False
        self.counted = self.told = 0

    async def enter(self, name: str, password: str, peer: str) -> int | None:
        """Karen alone."""
        self.asked.append((name, password, peer))
        if self.is_tired:
            raise TooSoon
        return 7 if (name, password) == (KAREN, PASSWORD) else None

    async def may_write_as(self, agent_id: int, sender: str) -> bool:
        """As support alone."""
        return (agent_id, sender) == (7, SUPPORT)

    async def room(self, agent_id: int) -> int | None:
        """Two at a time."""
        self.counted += 1
        return None if self.has_sent_enough else 2

    async def tell(self, agent_id: int) -> None:
        """Noted."""
        self.told += 1


@pytest.fixture
def guard() -> OneKey:
    return OneKey()


@pytest.fixture
async def submission_port(server: Server, guard: OneKey) -> int:
    return await server.listen("127.0.0.1", 0, kind=partial(Submission, guard=guard))


@pytest.fixture
async def plain(submission_port: int) -> AsyncIterator[Peer]:
    """A connection that has said EHLO, in the clear."""
    async with await Peer.connect(submission_port) as peer:
        yield await peer.greet()


@pytest.fixture
async def safe(plain: Peer) -> Peer:
    """The same under TLS."""
    assert await plain.code("STARTTLS") == 220
    await plain.start_tls()
    assert await plain.code("EHLO laptop.example") == 250
    return plain


@pytest.fixture
async def signed_in(safe: Peer) -> Peer:
    assert await safe.code(f"AUTH PLAIN {said(KAREN, PASSWORD)}") == 235
    return safe


def said(name: str, password: str, behalf: str = "") -> str:
    return coded(f"{behalf}\0{name}\0{password}")


def coded(text: str) -> str:
    return b64encode(text.encode()).decode()


async def test_a_mail_of_ours(signed_in: Peer, door: RecordingDoor) -> None:
    await signed_in.envelope(sender="karen.private@elsewhere.example")
    assert (await signed_in.data()).startswith("250")
    [(raw, envelope)] = door.kept
    assert raw == MAIL
    assert (envelope.submitted_by, envelope.source) == (7, "submission")


@pytest.mark.parametrize(
    "command", [f"AUTH PLAIN {said(KAREN, PASSWORD)}", "AUTH LOGIN", "MAIL FROM:<a@b.example>",
                f"RCPT TO:<{SUPPORT}>", "DATA", "VRFY karen", "HELP"],
)  # fmt: skip
async def test_nothing_is_said_in_the_clear(plain: Peer, guard: OneKey, command: str) -> None:
    assert (await plain.say(command)).startswith("530 5.7.0 STARTTLS")
    assert guard.asked == []


async def test_signing_in_is_offered_under_tls_alone(submission_port: int) -> None:
    async with await Peer.connect(submission_port) as peer:
        await peer.reply()
        await peer.raw(b"EHLO laptop.example\r\n")
        offered = await peer.reader.readuntil(b"250 ")
        assert b"AUTH" not in offered
        assert await peer.reader.readline() == b"STARTTLS\r\n"
        assert await peer.code("STARTTLS") == 220
        await peer.start_tls()
        await peer.raw(b"EHLO laptop.example\r\n")
        assert b"STARTTLS" not in await peer.reader.readuntil(b"250 ")
        assert await peer.reader.readline() == b"AUTH PLAIN LOGIN\r\n"


@pytest.mark.parametrize("command", ["MAIL FROM:<a@b.example>", f"RCPT TO:<{SUPPORT}>", "DATA"])
async def test_nothing_is_taken_before_somebody_signed_in(safe: Peer, command: str) -> None:
    assert (await safe.say(command)).startswith("530 5.7.0 Sign in")


async def test_signing_in_in_steps(safe: Peer, guard: OneKey) -> None:
    assert await safe.say("AUTH LOGIN") == "334 VXNlcm5hbWU6"
    assert await safe.say(coded(KAREN)) == "334 UGFzc3dvcmQ6"
    assert await safe.code(coded(PASSWORD)) == 235
    assert guard.asked == [(KAREN, PASSWORD, "127.0.0.1")]
    assert await safe.code("AUTH LOGIN") == 503
    await safe.envelope()
    assert (await safe.data()).startswith("250")


async def test_signing_in_with_the_name_at_once(safe: Peer) -> None:
    assert await safe.say(f"AUTH LOGIN {coded(KAREN)}") == "334 UGFzc3dvcmQ6"
    assert await safe.code(coded(PASSWORD)) == 235


async def test_signing_in_when_asked(safe: Peer) -> None:
    assert await safe.say("AUTH PLAIN") == "334 "
    assert await safe.code(said(KAREN, PASSWORD)) == 235


async def test_who_gives_up_may_try_again(safe: Peer, guard: OneKey) -> None:
    assert (await safe.say("AUTH PLAIN")).startswith("334")
    assert await safe.code("*") == 501
    assert guard.asked == []
    assert await safe.code(f"AUTH PLAIN {said(KAREN, PASSWORD, KAREN)}") == 235


@pytest.mark.parametrize(
    ("argument", "code"),
    [
        ("", 504), ("CRAM-MD5", 504), ("XOAUTH2 abc", 504), ("PLAIN !!!", 501),
        ("PLAIN " + coded("only one"), 501), ("PLAIN " + coded("a\0b\0c\0d"), 501),
        ("PLAIN =", 501), ("PLAIN /w==", 501),
        ("PLAIN " + said(KAREN, PASSWORD, "anna@desk.example"), 535),
        ("PLAIN " + said(KAREN, "wrong"), 535), ("PLAIN " + said("", ""), 535),
    ],
)  # fmt: skip
async def test_what_is_no_sign_in(safe: Peer, argument: str, code: int) -> None:
    assert await safe.code(f"AUTH {argument}") == code
    assert (await safe.say("MAIL FROM:<a@b.example>")).startswith("530")


async def test_guessing_is_cut(safe: Peer, guard: OneKey) -> None:
    for _ in range(2):
        assert await safe.code("AUTH PLAIN " + said(KAREN, "wrong")) == 535
    assert await safe.code("AUTH PLAIN " + said(KAREN, "wrong")) == 421
    assert len(guard.asked) == 3


async def test_who_has_to_wait_is_told_no_more(safe: Peer, guard: OneKey) -> None:
    guard.is_tired = True
    assert await safe.code("AUTH PLAIN " + said(KAREN, PASSWORD)) == 454
    assert await safe.code("AUTH PLAIN " + said(KAREN, PASSWORD)) == 454
    assert await safe.code("AUTH PLAIN " + said(KAREN, PASSWORD)) == 421


async def test_commands_behind_auth_are_not_run(safe: Peer, guard: OneKey) -> None:
    right = said(KAREN, PASSWORD)
    await safe.raw(f"AUTH PLAIN {right}\r\nMAIL FROM:<a@b.example>\r\n".encode())
    assert await safe.rest() == [554]
    assert guard.asked == []


async def test_an_answer_to_a_question_ends_with_its_line(safe: Peer, guard: OneKey) -> None:
    assert await safe.code("AUTH LOGIN") == 334
    await safe.raw(f"{coded(KAREN)}\r\n{coded(PASSWORD)}\r\n".encode())
    assert await safe.rest() == [554]
    assert guard.asked == []


async def test_a_smuggled_end_is_none_here_either(signed_in: Peer, door: RecordingDoor) -> None:
    await signed_in.envelope()
    body = b"Subject: x\r\n\r\nhi\n.\r\nMAIL FROM:<a@b.example>\r\n"
    assert (await signed_in.data(body)).startswith("250")
    assert door.mails == [body]


@pytest.mark.parametrize(
    "recipient", [OUTSIDE, "nobody@desk.example", "postmaster@elsewhere.example"]
)
async def test_nothing_is_relayed_for_a_private_address(signed_in: Peer, recipient: str) -> None:
    assert await signed_in.code(f"MAIL FROM:<{KAREN}>") == 250
    assert (await signed_in.say(f"RCPT TO:<{recipient}>")).startswith("550 5.7.1")
    assert await signed_in.code(f"RCPT TO:<{SUPPORT}>") == 250


async def test_a_department_may_write_to_people_outside(
    signed_in: Peer, door: RecordingDoor
) -> None:
    await signed_in.envelope(OUTSIDE, sender=SUPPORT)
    assert (await signed_in.data()).startswith("250")
    assert door.kept[0][1].recipients == (OUTSIDE,)


async def test_nobody_writes_to_people_outside_without_end(
    signed_in: Peer, guard: OneKey, door: RecordingDoor
) -> None:
    assert await signed_in.code(f"MAIL FROM:<{SUPPORT}>") == 250
    for number, code in ((1, 250), (2, 250), (3, 450), (4, 450)):
        assert await signed_in.code(f"RCPT TO:<p{number}@customer.example>") == code
    assert (await signed_in.data()).startswith("250")
    assert len(door.kept[0][1].recipients) == 2
    assert (guard.counted, guard.told) == (1, 1)  # once a mail, once a session
    guard.has_sent_enough = True
    assert "your administrators have been told" in await signed_in.say(f"MAIL FROM:<{SUPPORT}>")
    assert await signed_in.code(f"RCPT TO:<{SUPPORT}>") == 503
    assert guard.told == 1


async def test_other_departments_are_not_written_as(signed_in: Peer) -> None:
    assert await signed_in.code("MAIL FROM:<sales@desk.example>") == 250
    assert await signed_in.code(f"RCPT TO:<{OUTSIDE}>") == 550


async def test_the_parameter_of_auth(signed_in: Peer) -> None:
    # RFC 4954 §5
    assert await signed_in.code(f"MAIL FROM:<{KAREN}> SIZE=100 AUTH=<>") == 250
    assert await signed_in.code("RSET") == 250
    assert await signed_in.code(f"MAIL FROM:<{KAREN}> AUTH=") == 501


async def test_the_receiver_has_no_auth(peer: Peer) -> None:
    assert await peer.code("MAIL FROM:<a@b.example> AUTH=<>") == 555


async def test_tls_from_the_first_octet(server: Server, guard: OneKey, door: RecordingDoor) -> None:
    port = await server.listen("127.0.0.1", 0, kind=partial(Submissions, guard=guard))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    async with Peer(*await asyncio.open_connection("127.0.0.1", port, ssl=context)) as peer:
        await peer.greet()
        assert await peer.code("STARTTLS") == 503
        assert await peer.code(f"AUTH PLAIN {said(KAREN, PASSWORD)}") == 235
        await peer.envelope()
        assert (await peer.data(MAIL * 3000)).startswith("250")
    assert len(door.kept) == 1
    async with await Peer.connect(port) as peer:
        await peer.raw(b"EHLO in.the.clear\r\n")
        assert await peer.rest() == []
    async with asyncio.timeout(ENOUGH):
        while server.gate.sessions:
            await asyncio.sleep(0.01)


def test_tls_from_the_first_octet_on_the_loop_that_serves_and_is_busy(guard: OneKey) -> None:
    """It reads before TLS is there to listen, and what the peer said first was lost for good."""
    greetings: list[bytes] = []

    def greet(port: int) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        for _ in range(5):
            plain = socket.create_connection(("127.0.0.1", port), timeout=5)
            with context.wrap_socket(plain) as safe:
                greetings.append(safe.recv(3))

    async def serve() -> None:
        tls = server_context(CERTIFICATE, CERTIFICATE)
        server = Server(RecordingDoor(), Limits(drain_seconds=1), hostname="mail.example", tls=tls)
        port = await server.listen("127.0.0.1", 0, kind=partial(Submissions, guard=guard))
        client = asyncio.create_task(asyncio.to_thread(greet, port))
        while not client.done():
            await asyncio.sleep(0.001)
            time.sleep(0.002)
        await client
        await server.stop()

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve())
    assert greetings == [b"220"] * 5
