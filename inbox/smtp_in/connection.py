"""The life of a connection, on aiosmtpd's transport and STARTTLS: let in, timed, drained, ended.

What aiosmtpd does at EOF and at time-outs is replaced: it cancels a store that is under way, and
its one timer runs over the whole of DATA, so that a slow large mail never gets in while NOOP holds
a session for ever.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any, cast

from aiosmtpd.smtp import SMTP

from inbox.log import get_logger
from inbox.smtp_in import replies
from inbox.smtp_in.letter import Letter
from inbox.smtp_in.limits import Gate

log = get_logger("smtp_in")

_CHUNK = 1 << 17
_ABORT_AFTER = 5  # seconds to take a farewell


class Cut(Exception):
    """Say `reply` and end the session."""

    def __init__(self, reply: str) -> None:
        self.reply = reply
        super().__init__(reply)


class PeerGone(Exception):
    """The peer closed, or lost, its side."""


class Connection(SMTP):
    """A peer's connection; what is said on it is up to `_converse`."""

    line_length_limit = _CHUNK  # aiosmtpd's name for the buffer of its StreamReader

    def __init__(
        self,
        gate: Gate,
        *,
        hostname: str,
        tls: ssl.SSLContext | None = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(
            None,
            hostname=hostname,
            tls_context=tls,
            timeout=gate.limits.idle_seconds,
            loop=loop or asyncio.get_running_loop(),
        )
        self._gate = gate
        self._limits = gate.limits
        self._peer = ""
        self._began = self.loop.time()
        self._is_inside = False  # counted at the gate
        self._is_waiting = False  # for a command
        self._is_over = False

    async def _converse(self) -> None:
        raise NotImplementedError

    def connection_made(self, transport: Any) -> None:
        """Let the peer in, or turn it away before anything is spent on it."""
        if self._original_transport is None:
            self._peer = str((transport.get_extra_info("peername") or ("",))[0])
            if not self._gate.enter(self, self._peer):
                transport.write(replies.TOO_MANY_CONNECTIONS.encode() + b"\r\n")
                transport.close()
                return
            self._is_inside = True
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Count the session out; a commit that is running goes on."""
        if self._is_inside:
            self._is_inside = False
            self._gate.leave(self, self._peer)
            super().connection_lost(error)

    def eof_received(self) -> bool:
        """The peer will say no more; what it said is still answered (aiosmtpd would cancel it)."""
        if not self._is_inside:
            return False
        asyncio.StreamReaderProtocol.eof_received(self)
        return self._tls_protocol is None  # True has no effect on TLS but a warning

    def retire(self) -> None:
        """Say 421 and close if nothing is under way; else end after the running command."""
        if self._is_waiting:
            self._farewell(replies.SHUTTING_DOWN)

    def abort(self) -> None:
        """Drop the connection now."""
        if self.transport is not None:
            cast(asyncio.WriteTransport, self.transport).abort()

    def _timeout_cb(self) -> None:
        if self._writer.transport.get_write_buffer_size():
            self.abort()  # it does not read either
        else:
            self._farewell(replies.TIMEOUT)

    def _farewell(self, reply: str) -> None:
        self._is_over = True
        self._writer.write(reply.encode() + b"\r\n")
        self._writer.close()
        self.loop.call_later(_ABORT_AFTER, self.abort)

    async def _handle_client(self) -> None:
        try:
            await self._converse()
        except Cut as cut:
            self._farewell(cut.reply)
        except PeerGone:
            log.debug("smtp.peer_gone", peer=self._peer)
        except Exception:
            log.exception("smtp.session_failed", peer=self._peer)
        finally:
            if self.transport is not None:
                self.transport.close()

    async def _next_command(self) -> bytes | None:
        self._reset_timeout(self._gate.patience())
        if self.loop.time() - self._began > self._limits.session_seconds:
            raise Cut(replies.TOO_LONG_A_SESSION)
        self._is_waiting = True
        try:
            line: bytes = await self._reader.readuntil(b"\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        except asyncio.LimitOverrunError:
            raise Cut(replies.LINE_TOO_LONG) from None
        finally:
            self._is_waiting = False
        if not line.endswith(b"\r\n"):
            # RFC 5321 §2.3.8. Who means two commands by this and who one cannot be known.
            raise Cut(replies.BARE_LINE_END)
        return line[:-2]

    async def _receive(self, letter: Letter) -> None:
        """Take octets until the final dot, as long as they come fast enough on the whole."""
        lag, now = self._limits.data_lag_seconds, self.loop.time()
        due = now + lag
        while True:
            self._reset_timeout(due - now)
            try:
                chunk = await self._reader.read(_CHUNK)
            except ConnectionError:
                chunk = b""
            if not chunk:
                raise PeerGone  # RFC 5321 §4.1.1.10: nothing of it is kept
            now = self.loop.time()
            due = min(due + len(chunk) / self._limits.data_bytes_per_second, now + lag)
            rest = letter.feed(chunk)
            if rest is not None:
                self._unread(rest)
                return
            if letter.received > 2 * self._limits.message_bytes:
                raise Cut(replies.TOO_BIG)

    def _unread(self, rest: bytes) -> None:
        # A group of commands may follow the dot at once (RFC 2920 §3.1). StreamReader has no way to
        # put octets back; aiosmtpd reaches into its buffer, too.
        if rest:
            buffer: bytearray = vars(self._reader)["_buffer"]
            buffer[:0] = rest

    @property
    def _has_more(self) -> bool:
        # The peer spoke on without waiting for our answer.
        return bool(vars(self._reader)["_buffer"])

    async def _say(self, *lines: str) -> None:
        self._writer.write("".join(line + "\r\n" for line in lines).encode())
        try:
            await self._writer.drain()
        except ConnectionError as error:
            raise PeerGone from error
