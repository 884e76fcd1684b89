"""Who may be written to, and how an address must look (RFC 5321 §4.1.2, RFC 6531)."""

from __future__ import annotations

import pytest

from inbox.errors import Unavailable
from tests.wire.peer import SUPPORT, Peer, RecordingDoor


@pytest.mark.parametrize(
    "path",
    [
        "<>",
        "<@>",
        "<@desk.example>",
        "<a@>",
        "<a b@desk.example>",
        "<a@b@desk.example>",
        "<<a@desk.example>>",
        "<a@desk.example",
        "a@desk.example>",
        "<a@desk.example> junk",
        "<nodomain>",
        "<a@-x-.desk.example>",
        "<.a@desk.example>",
        "<a..b@desk.example>",
        "<a@[999.1.1.1]>",
        "<a,b@desk.example>",
        "<(c)a@desk.example>",
        "",
        '<"unclosed@desk.example>',
        f"<{'a' * 300}@desk.example>",
        "<a\x1b[2J@desk.example>",
    ],
)
async def test_a_malformed_recipient_is_refused(peer: Peer, path: str) -> None:
    await peer.say("MAIL FROM:<jane@shop.example>")
    assert await peer.code(f"RCPT TO:{path}") in (501, 555)


@pytest.mark.parametrize(
    "path",
    [
        "victim@elsewhere.example",
        "support%elsewhere.example@desk.example",
        "elsewhere.example!support@desk.example",
        '"support@elsewhere.example"@desk.example',
        "@desk.example:victim@elsewhere.example",
        "no-such-box@desk.example",
    ],
)
async def test_we_relay_for_nobody_and_bounce_nothing_later(peer: Peer, path: str) -> None:
    await peer.say("MAIL FROM:<jane@shop.example>")
    assert await peer.code(f"RCPT TO:<{path}>") in (501, 550)


@pytest.mark.parametrize(
    "sender", ["a..b@phone.example", "a.@phone.example", '"a b"@x.example', "a@[192.0.2.1]"]
)
async def test_senders_with_odd_but_living_addresses(peer: Peer, sender: str) -> None:
    assert await peer.code(f"MAIL FROM:<{sender}>") == 250


async def test_utf8_in_an_address_needs_the_extension(peer: Peer, door: RecordingDoor) -> None:
    assert await peer.code("MAIL FROM:<jörg@shop.example>") == 553
    assert await peer.code("MAIL FROM:<jörg@shop.example> SMTPUTF8") == 250
    assert await peer.code(f"RCPT TO:<{SUPPORT}>") == 250
    assert (await peer.data("Subject: ☃\r\n\r\n".encode())).startswith("250")
    assert door.kept[0][1].sender == "jörg@shop.example"


async def test_what_is_not_utf8_is_refused(peer: Peer) -> None:
    assert await peer.code(b"MAIL FROM:<\xff\xfe@shop.example> SMTPUTF8") == 501
    assert await peer.code("NOOP") == 250


@pytest.mark.parametrize(
    ("parameter", "code"),
    [
        ("BODY=8BITMIME", 250),
        ("BODY=NONSENSE", 501),
        ("SIZE=1000", 250),
        ("SIZE=36700161", 552),
        ("SIZE=99999999999999999999", 552),
        ("SIZE=abc", 501),
        ("SIZE=-5", 501),
        ("SIZE=", 501),
        ("SMTPUTF8=1", 501),
        ("SIZE=1 SIZE=2", 501),
        ("FLURB=1", 555),
    ],
)
async def test_parameters_of_mail(peer: Peer, parameter: str, code: int) -> None:
    assert await peer.code(f"MAIL FROM:<jane@shop.example> {parameter}") == code


async def test_parameters_of_rcpt(peer: Peer) -> None:
    await peer.say("MAIL FROM:<jane@shop.example>")
    assert await peer.code(f"RCPT TO:<{SUPPORT}> FLURB=1") == 555


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("[127.0.0.1]", 250),
        ("[IPv6:::1]", 250),
        ("WIN_HOST", 250),
        ("", 501),
        ("<script>alert(1)</script>", 501),
        ("a b c", 501),
        ("\x1b]0;x\x07", 501),
        ("a" * 400, 501),
        ("bücher.example", 501),
    ],
)
async def test_names_a_peer_gives_itself(peer: Peer, name: str, code: int) -> None:
    assert await peer.code(f"EHLO {name}") == code


async def test_addresses_cannot_be_looked_up_just_now(peer: Peer, door: RecordingDoor) -> None:
    class Closed(RecordingDoor):
        async def knows(self, recipient: str) -> bool:
            raise Unavailable

    door.__class__ = Closed
    await peer.say("MAIL FROM:<jane@shop.example>")
    assert (await peer.say(f"RCPT TO:<{SUPPORT}>")).startswith("451 4.3.0")
