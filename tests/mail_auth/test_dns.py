"""What name servers say, and do not say, as the checks hear it: over real sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import cast

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.resolver
import dns.rrset
import pytest

from inbox.mail_auth.dns import Resolver, Temporary, Value
from tests.polling import ENOUGH

ZONE = {
    ("shop.example.", "TXT"): ['"v=spf1 " "ip4:192.0.2.1 -all"', '"another"'],
    ("shop.example.", "MX"): ["20 b.shop.example.", "10 a.shop.example."],
    ("a.shop.example.", "A"): ["192.0.2.1"],
    ("a.shop.example.", "AAAA"): ["2001:db8::1"],
    ("1.2.0.192.in-addr.arpa.", "PTR"): ["a.shop.example."],
}


class NameServer(asyncio.DatagramProtocol):
    """Answers for a small zone; of others it may fail to say anything, or say nothing at all."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        question = dns.message.from_wire(data)
        asked = question.question[0]
        name, kind = asked.name.to_text(), dns.rdatatype.to_text(asked.rdtype)
        self.asked.append(name)
        if name == "silent.example.":
            return
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        if name == "broken.example.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif found := ZONE.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *found))
        elif name not in {known for known, _ in ZONE}:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        self._transport.sendto(answer.to_wire(), addr)


UNHEARD = ("silent.example", "broken.example")

Looked = Callable[[str, str], asyncio.Future[list[Value]]]


@pytest.fixture
async def server() -> AsyncIterator[tuple[NameServer, int]]:
    loop = asyncio.get_running_loop()
    transport, server = await loop.create_datagram_endpoint(NameServer, ("127.0.0.1", 0))
    yield server, transport.get_extra_info("sockname")[1]
    transport.close()


@pytest.fixture
def lookup(server: tuple[NameServer, int]) -> Looked:
    """Asks like the checks do, beside the loop."""
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port, resolver.timeout = ["127.0.0.1"], server[1], 0.2
    resolver.cache = dns.resolver.LRUCache(100)

    def ask(name: str, kind: str) -> asyncio.Future[list[Value]]:
        # Only of those who never answer is there nothing to wait for.
        seconds = 0.5 if name in UNHEARD else ENOUGH
        until = Resolver(resolver).until(time.monotonic() + seconds)
        return asyncio.get_running_loop().run_in_executor(None, until, name, kind)

    return ask


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("shop.example", "TXT", [(b"v=spf1 ", b"ip4:192.0.2.1 -all"), (b"another",)]),
        ("shop.example", "MX", [(20, "b.shop.example"), (10, "a.shop.example")]),
        ("a.shop.example", "A", ["192.0.2.1"]),
        ("a.shop.example", "AAAA", ["2001:db8::1"]),
        ("1.2.0.192.in-addr.arpa", "PTR", ["a.shop.example"]),
    ],
)
async def test_records_are_given_as_the_checks_read_them(
    lookup: Looked, name: str, kind: str, found: list[Value]
) -> None:
    assert sorted(await lookup(name, kind), key=str) == sorted(found, key=str)


@pytest.mark.parametrize(
    "name",
    [
        "nobody.example",  # no such name
        "a.shop.example",  # the name, but no such record
        f"{'a' * 64}.example",  # no name can be so
        "shop..example",
        f"{'a.' * 127}example",
    ],
)
async def test_what_there_is_not_is_known_not_to_be(lookup: Looked, name: str) -> None:
    assert await lookup(name, "MX") == []


@pytest.mark.parametrize("name", UNHEARD)
async def test_what_nobody_says_is_not_known(lookup: Looked, name: str) -> None:
    """A forger who can stop an answer gets neither a pass nor a failure for it."""
    async with asyncio.timeout(ENOUGH):
        with pytest.raises(Temporary):
            await lookup(name, "TXT")


async def test_nothing_is_asked_when_the_time_is_up(server: tuple[NameServer, int]) -> None:
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], server[1]
    late = Resolver(resolver).until(time.monotonic() - 1)
    with pytest.raises(Temporary, match="time is up"):
        late("shop.example", "TXT")
    assert server[0].asked == []


async def test_an_answer_is_kept_as_long_as_its_owner_allows(
    lookup: Looked, server: tuple[NameServer, int]
) -> None:
    for _ in range(3):
        await lookup("shop.example", "TXT")
    assert server[0].asked == ["shop.example."]
