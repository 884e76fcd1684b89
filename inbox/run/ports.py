"""Addresses to listen on: free or taken, which one comes next, and nobody else's from then on.

A role listens seconds after its address was chosen, and again after it died. Meanwhile we hold the
address by a socket that is bound and does not listen: other programs find it taken, and our roles,
who ask for SO_REUSEPORT, do not.
"""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from socket import SO_REUSEADDR, SO_REUSEPORT, SOCK_STREAM, SOL_SOCKET, AddressFamily
from typing import Any, Self

from inbox.errors import ConfigError
from inbox.settings import Settings, split_listen

_TAKEN = "another program does already"


class Ports:
    """Addresses that are ours for as long as this is open."""

    def __init__(self) -> None:
        self._held: dict[str, ExitStack] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self._held:
            self._held.popitem()[1].close()

    def hold(self, settings: Settings, names: tuple[str, ...]) -> None:
        """Hold the addresses of these settings. Raises ConfigError for the first that is taken."""
        used: dict[str, str] = {}
        for name in names:
            listen = getattr(settings, name)
            if listen and (other := used.setdefault(listen, name)) != name:
                both = f"INBOX_{other.upper()} and INBOX_{name.upper()}"
                raise ConfigError(f"{both} are both {listen}; each needs an address of its own")
            if listen and listen not in self._held and (why := self._why_not(listen)):
                advice = "; end that program or set another address" if why == _TAKEN else ""
                setting = f"INBOX_{name.upper()}"
                raise ConfigError(f"cannot listen on {listen} ({setting}): {why}{advice}")

    def hold_next(self, listen: str, *, tries: int = 100) -> str:
        """Hold this address or the next port that is free, and say which. Raises ConfigError."""
        host, first = split_listen(listen)
        shown = f"[{host}]" if ":" in host else host
        for port in range(first, min(first + tries, 65536)):
            found = f"{shown}:{port}"
            if found not in self._held and not self._why_not(found):
                return found
        raise ConfigError(f"cannot listen on {listen} nor on any of the next {tries} ports")

    def _why_not(self, listen: str) -> str | None:
        if split_listen(listen)[1] == 0:
            return "0 is no port"
        with ExitStack() as held:
            try:
                for family, address in _addresses(listen):
                    held.enter_context(_held(family, address))
            except OSError as error:
                return _words(error)
            self._held[listen] = held.pop_all()
        return None


def why_not(listen: str) -> str | None:
    """Why an address cannot be listened on just now; None when it can."""
    with Ports() as ports:
        return ports._why_not(listen)


def is_held(listen: str) -> bool:
    """Whether an address that is taken refuses everybody: as ours do until their role listens."""
    host, port = split_listen(listen)
    try:
        socket.create_connection((_reachable(host), port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    return False


def bind(listen: str, name: str) -> list[socket.socket]:
    """Sockets of an address that we hold, to listen on. Raises ConfigError naming the setting."""
    with ExitStack() as bound:
        try:
            sockets = [
                bound.enter_context(_bound(*where, shared=True)) for where in _addresses(listen)
            ]
        except OSError as error:
            raise ConfigError(f"cannot listen on {listen} ({name}): {_words(error)}") from error
        bound.pop_all()
        return sockets


async def until_listening(listen: str) -> None:
    """Return once something accepts connections there."""
    host, port = split_listen(listen)
    while True:
        try:
            _, writer = await asyncio.open_connection(_reachable(host), port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return


@contextmanager
def _held(family: AddressFamily, address: Any) -> Iterator[None]:
    with _bound(family, address, shared=False) as first:
        first.listen(1)  # of several who come at once the kernel lets one
        first.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        holder = _bound(family, address, shared=True)
        # From now on it is in the way of everybody who does not share.
        holder.setsockopt(SOL_SOCKET, SO_REUSEADDR, 0)
    with holder:
        yield


def _bound(family: AddressFamily, address: Any, *, shared: bool) -> socket.socket:
    bound = socket.socket(family, SOCK_STREAM)
    try:
        # The remains of closed connections are in nobody's way.
        bound.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        bound.setsockopt(SOL_SOCKET, SO_REUSEPORT, shared)
        if family is AddressFamily.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _addresses(listen: str) -> list[tuple[AddressFamily, Any]]:
    """What a name stands for on this machine: `localhost` may mean two addresses, or one."""
    host, port = split_listen(listen)
    known = socket.getaddrinfo(host or None, port, type=SOCK_STREAM, flags=socket.AI_PASSIVE)
    found: dict[tuple[AddressFamily, Any], None] = {(one[0], one[4]): None for one in known}
    return [one for one in found if _is_here(*one)] or list(found)


def _is_here(family: AddressFamily, address: Any) -> bool:
    try:
        _bound(family, (address[0], 0, *address[2:]), shared=False).close()
    except OSError:
        return False
    return True


def _words(error: OSError) -> str:
    return _TAKEN if error.errno == errno.EADDRINUSE else error.strerror or str(error)


def _reachable(host: str) -> str:
    # Nothing listens here: who listens everywhere is reached on this machine.
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
