"""Addresses to listen on: free, taken, next."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator

import pytest

from inbox.errors import ConfigError
from inbox.run.ports import check_ports, next_free, until_listening, why_not
from inbox.settings import Settings
from tests.service import free_listen


@pytest.fixture
def taken() -> Iterator[str]:
    """An address that somebody listens on, and would share."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_free_and_taken(taken: str) -> None:
    assert why_not(free_listen()) is None
    assert why_not(taken) == "another program does already"
    assert why_not("127.0.0.1:0") == "0 is no port"
    assert why_not("203.0.113.7:25") == "Cannot assign requested address"


def test_the_next_free_one_skips_what_is_taken_or_promised(taken: str) -> None:
    port = int(taken.rpartition(":")[2])
    found = next_free(taken)
    assert int(found.rpartition(":")[2]) > port
    assert next_free(taken, taken=frozenset({found})) != found
    with pytest.raises(ConfigError, match="nor on any of the next 1 ports"):
        next_free(taken, tries=1)


def test_the_setting_to_change_is_named(taken: str) -> None:
    with pytest.raises(ConfigError, match="INBOX_LMTP_LISTEN"):
        check_ports(Settings(smtp_listen=free_listen(), lmtp_listen=taken), ("lmtp_listen",))


async def test_waits_until_somebody_listens() -> None:
    listen = free_listen()
    waiting = asyncio.create_task(until_listening(listen))
    await asyncio.sleep(0)
    host, port = listen.split(":")
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), host, int(port))
    async with server:
        await asyncio.wait_for(waiting, 5)
