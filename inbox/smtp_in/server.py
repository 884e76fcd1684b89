"""The listening sockets, on the caller's loop (aiosmtpd's Controller makes a thread of its own)."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable

from inbox.errors import ConfigError
from inbox.smtp_in.door import Door
from inbox.smtp_in.limits import Gate, Limits
from inbox.smtp_in.receiver import Receiver

_BACKLOG = 256


class Server:
    """Receivers behind one gate: SMTP, LMTP or both."""

    def __init__(
        self, door: Door, limits: Limits, *, hostname: str, tls: ssl.SSLContext | None = None
    ) -> None:
        self.gate = Gate(limits)
        self._door = door
        self._hostname = hostname
        self._tls = tls
        self._servers: list[asyncio.Server] = []

    async def listen(self, host: str, port: int, kind: Callable[..., Receiver] = Receiver) -> int:
        """Accept connections on host:port; returns the port (port 0 takes a free one).

        `kind` makes the session of each.

        Raises ConfigError with a clear sentence when the address cannot be taken.
        """
        loop = asyncio.get_running_loop()

        def session() -> Receiver:
            return kind(self._door, self.gate, hostname=self._hostname, tls=self._tls, loop=loop)

        try:
            server = await loop.create_server(
                session, host, port, backlog=_BACKLOG, reuse_port=hasattr(socket, "SO_REUSEPORT")
            )
        except OSError as error:
            raise ConfigError(
                f"cannot listen on {host}:{port} for mail: {error.strerror or error}"
            ) from error
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Accept nothing more, say 421 to idle sessions, let running mails end in time."""
        for server in self._servers:
            server.close()
        await self.gate.drained()
