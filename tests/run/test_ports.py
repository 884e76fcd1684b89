"""Addresses to listen on: free, taken, next."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from inbox.errors import ConfigError
from inbox.run.ports import Ports, bind, until_listening, why_not
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


def test_the_next_free_one_skips_what_is_taken_or_held(taken: str) -> None:
    port = int(taken.rpartition(":")[2])
    with Ports() as ports, Ports() as others:
        found = ports.hold_next(taken)
        assert int(found.rpartition(":")[2]) > port
        assert ports.hold_next(found) != found
        assert others.hold_next(found) != found
        with pytest.raises(ConfigError, match="nor on any of the next 1 ports"):
            ports.hold_next(taken, tries=1)


def test_of_many_who_come_at_once_each_gets_a_port_of_its_own() -> None:
    wanted = free_listen()
    with ExitStack() as stack, ThreadPoolExecutor(8) as crowd:
        all_ports = [stack.enter_context(Ports()) for _ in range(24)]
        found = list(crowd.map(lambda ports: ports.hold_next(wanted), all_ports))
        assert len(set(found)) == 24


def test_what_is_held_is_there_for_our_roles_and_nobody_else() -> None:
    with Ports() as ports:
        held = ports.hold_next(free_listen())
        host, port = held.split(":")
        for share in (False, True):
            with pytest.raises(OSError, match="in use"), socket.socket() as stranger:
                stranger.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, share)
                stranger.bind((host, int(port)))
        for _ in range(2):  # a role that died is followed by another
            (ours,) = bind(held, "INBOX_WEB_LISTEN")
            with ours:
                ours.listen()
                with socket.create_connection((host, int(port))), ours.accept()[0]:
                    pass
    assert why_not(held) is None


def test_the_setting_to_change_is_named(taken: str) -> None:
    with Ports() as ports, pytest.raises(ConfigError, match="INBOX_LMTP_LISTEN"):
        ports.hold(Settings(smtp_listen=free_listen(), lmtp_listen=taken), ("lmtp_listen",))
    with socket.create_server(("127.0.0.1", 0)) as server:
        listen = f"127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(ConfigError, match=rf"{listen} \(INBOX_WEB_LISTEN\): another program"):
            bind(listen, "INBOX_WEB_LISTEN")


def test_one_address_is_not_for_two() -> None:
    """They would share it, and a peer could never know which of them it meets."""
    listen = free_listen()
    settings = Settings(smtp_listen=listen, lmtp_listen=listen)
    with Ports() as ports, pytest.raises(ConfigError, match="INBOX_SMTP_LISTEN and INBOX_LMTP_L"):
        ports.hold(settings, ("smtp_listen", "lmtp_listen"))


async def test_waits_until_somebody_listens() -> None:
    listen = free_listen()
    waiting = asyncio.create_task(until_listening(listen))
    await asyncio.sleep(0)
    host, port = listen.split(":")
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), host, int(port))
    async with server:
        await asyncio.wait_for(waiting, 5)
