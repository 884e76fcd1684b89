"""Addresses to listen on: free or taken, and which one comes next."""

from __future__ import annotations

import asyncio
import errno
import socket

from inbox.errors import ConfigError
from inbox.settings import Settings, split_listen

_LISTENS = ("smtp_listen", "lmtp_listen", "web_listen")


def check_ports(settings: Settings, names: tuple[str, ...] = _LISTENS) -> None:
    """Every address of these settings can be listened on. Raises ConfigError for the first not."""
    for name in names:
        listen = getattr(settings, name)
        if listen and (why := why_not(listen)):
            advice = "; end that program or set another address" if why == _TAKEN else ""
            raise ConfigError(f"cannot listen on {listen} (INBOX_{name.upper()}): {why}{advice}")


_TAKEN = "another program does already"


def why_not(listen: str) -> str | None:
    """Why an address cannot be listened on just now; None when it can."""
    host, port = split_listen(listen)
    if port == 0:
        return "0 is no port"
    try:
        family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # As the servers do it: the remains of closed connections are in nobody's way. Not with
            # SO_REUSEPORT, which would share the port with a service that runs already.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            probe.listen(1)
    except OSError as error:
        return _TAKEN if error.errno == errno.EADDRINUSE else error.strerror or str(error)
    return None


def next_free(listen: str, *, taken: frozenset[str] = frozenset(), tries: int = 100) -> str:
    """This address or the next port that is free. Raises ConfigError when there is none near."""
    host, first = split_listen(listen)
    shown = f"[{host}]" if ":" in host else host
    for port in range(first, min(first + tries, 65536)):
        if f"{shown}:{port}" not in taken and not why_not(f"{shown}:{port}"):
            return f"{shown}:{port}"
    raise ConfigError(f"cannot listen on {listen} nor on any of the next {tries} ports")


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


def _reachable(host: str) -> str:
    # Nothing listens here: who listens everywhere is reached on this machine.
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
