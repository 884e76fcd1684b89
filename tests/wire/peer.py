"""The other end of the line: a client that sends anything at all, and a door that remembers."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import Iterable
from types import TracebackType

from inbox.model.mail import Envelope
from tests.polling import ENOUGH

SUPPORT = "support@desk.example"
SALES = "sales@desk.example"
MAIL = b"From: <jane@shop.example>\r\nSubject: Boots\r\n\r\nThey leak.\r\n"


class Peer:
    """A raw SMTP client. Every wait ends after ten seconds."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    @classmethod
    async def connect(cls, port: int, *, source: str = "127.0.0.1") -> Peer:
        """A connection whose banner is still to be read."""
        return cls(*await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0)))

    async def __aenter__(self) -> Peer:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.writer.close()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            await self.writer.wait_closed()

    async def raw(self, octets: bytes) -> None:
        """Send octets as they are; a peer that is cut off stops talking."""
        # uvloop says RuntimeError of a transport that the other side has closed.
        with contextlib.suppress(ConnectionError, RuntimeError):
            self.writer.write(octets)
            await self.writer.drain()

    async def reply(self) -> str:
        """The last line of the next reply; "" when the connection was closed."""
        async with asyncio.timeout(ENOUGH):
            while True:
                try:
                    line = (await self.reader.readuntil(b"\r\n")).decode()
                except (asyncio.IncompleteReadError, ConnectionError):
                    return ""
                if line[3:4] != "-":
                    return line.rstrip("\r\n")

    async def say(self, line: str | bytes) -> str:
        """Send one command and read its reply."""
        await self.raw((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return await self.reply()

    async def code(self, line: str | bytes) -> int:
        """Send one command; its reply's code, 0 when the connection was closed."""
        return int((await self.say(line))[:3] or 0)

    async def rest(self) -> list[int]:
        """All codes until the connection is closed."""
        codes = []
        while text := await self.reply():
            codes.append(int(text[:3]))
        return codes

    async def drip(self, octets: bytes, every: float) -> list[int]:
        """Send the same again and again until the connection is closed; all codes heard."""
        heard = asyncio.create_task(self.rest())
        while not heard.done():
            await self.raw(octets)
            await asyncio.wait({heard}, timeout=every)
        return await heard

    async def greet(self, verb: str = "EHLO") -> Peer:
        """Banner and EHLO."""
        assert (await self.reply()).startswith("220 ")
        assert (await self.say(f"{verb} mail.shop.example")).startswith("250 ")
        return self

    async def envelope(self, *recipients: str, sender: str = "jane@shop.example") -> Peer:
        """MAIL and RCPT, all accepted."""
        assert await self.code(f"MAIL FROM:<{sender}>") == 250
        for recipient in recipients or (SUPPORT,):
            assert await self.code(f"RCPT TO:<{recipient}>") == 250
        return self

    async def data(self, mail: bytes = MAIL) -> str:
        """DATA with dot-stuffed CRLF content; the reply after the final dot."""
        assert (await self.say("DATA")).startswith("354 ")
        await self.raw(mail + b".\r\n")
        return await self.reply()

    async def send(self, mail: bytes = MAIL, *recipients: str) -> str:
        """One whole mail on a fresh connection; the reply after the final dot."""
        await self.greet()
        await self.envelope(*recipients)
        return await self.data(mail)

    def vanish(self) -> None:
        """Reset the connection, as a peer does that lost its power."""
        sock: socket.socket = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def start_tls(self) -> None:
        """The handshake; the certificate is not looked at."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        await self.writer.start_tls(context)


class RecordingDoor:
    """A door that keeps in memory, and can be slow, full or out of order."""

    def __init__(self, known: Iterable[str] = (SUPPORT, SALES, "postmaster")) -> None:
        self.known = {address.lower() for address in known}
        self.kept: list[tuple[bytes, Envelope]] = []
        self.fault: Exception | None = None
        self.room = True
        self.opened = asyncio.Event()
        self.opened.set()
        self.knocked = asyncio.Event()

    async def knows(self, recipient: str) -> bool:
        """Known addresses, in any case."""
        return recipient.lower() in self.known

    async def has_room(self, size: int) -> bool:
        """As set."""
        return self.room

    async def accept(self, raw: bytes, envelope: Envelope) -> None:
        """Remember, when open."""
        self.knocked.set()
        await self.opened.wait()
        if self.fault:
            raise self.fault
        self.kept.append((raw, envelope))

    @property
    def mails(self) -> list[bytes]:
        """The bytes of all mails, in order."""
        return [raw for raw, _ in self.kept]
