"""Peers that tests talk to on loopback: a relay that does as it is told, one step a mail."""

from __future__ import annotations

import asyncio
import ssl
import warnings
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from enum import StrEnum, auto
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.headers import POLICY


class Does(StrEnum):
    """What the relay does with one mail."""

    ACCEPT = auto()
    SAY_LATER = auto()  # 451 after the data
    REFUSE = auto()  # 554 after the data
    REFUSE_SENDER = auto()  # 550 to MAIL FROM
    DROP_BEFORE_354 = auto()  # hang up instead of letting the data come
    DROP_IN_DATA = auto()  # hang up when some of the data is there
    DROP_AFTER_DOT = auto()  # hang up when all is there; the mail is lost
    SWALLOW_250 = auto()  # keep the mail, hang up instead of saying so (RFC 1047)
    HANG = auto()  # say nothing any more when the data is to come
    SILENT = auto()  # say nothing any more from MAIL FROM on
    DROP_AT_RSET = auto()  # hang up instead of beginning anew


@dataclass(frozen=True, slots=True)
class Arrived:
    """A mail as the relay got it."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        """The mail, parsed."""
        return BytesParser(policy=POLICY).parsebytes(self.raw)

    @property
    def text(self) -> str:
        """Its plain text."""
        part = self.mail.get_body(("plain",))
        return _lines(part)

    @property
    def html(self) -> str:
        """Its HTML."""
        part = self.mail.get_body(("html",))
        return _lines(part)


@dataclass(kw_only=True)
class Relay:
    """A scripted SMTP server: `steps` are used up one a mail, then everything is accepted."""

    steps: deque[Does] = field(default_factory=deque)
    # What is said to RCPT for an address; each answer is used once, the last for ever.
    answers: dict[str, list[str]] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    connections: int = 0
    commands: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0
    stuck: asyncio.Event = field(default_factory=asyncio.Event)  # somebody is kept waiting
    heard: Callable[[Arrived], None] = lambda _: None  # of each mail that has arrived
    _open: set[asyncio.Transport] = field(default_factory=set)

    @property
    def url(self) -> str:
        """For INBOX_RELAY_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def will(self, *steps: Does) -> None:
        """Script the next mails."""
        self.steps.extend(steps)

    def says(self, address: str, *answers: str) -> None:
        """Script the answers to RCPT for an address, for example `550 5.1.1 nobody`."""
        self.answers[address] = list(answers)

    def to(self, address: str) -> list[Arrived]:
        """What arrived for an address."""
        return [one for one in self.arrived if address in one.recipients]

    def hang_up(self) -> None:
        """Close every connection, as a relay does with idle ones."""
        for transport in tuple(self._open):
            transport.abort()


@asynccontextmanager
async def relay_peer(
    *, tls: ssl.SSLContext | None = None, is_tls_from_start: bool = False, login: bool = False
) -> AsyncIterator[Relay]:
    """A relay on loopback; with `tls` it offers STARTTLS or speaks TLS from the start."""
    relay = Relay()
    options: dict[str, Any] = {"decode_data": False, "ident": "scripted", "enable_SMTPUTF8": False}
    if tls is not None and not is_tls_from_start:
        options |= {"tls_context": tls, "require_starttls": False}
    if login:
        options |= {
            "authenticator": _Authenticator(relay),
            "auth_require_tls": False,
            "auth_required": True,
        }
    server = await asyncio.get_running_loop().create_server(
        lambda: _Session(relay, **options),
        "127.0.0.1",
        0,
        ssl=tls if is_tls_from_start else None,
    )
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()
        relay.hang_up()
        await server.wait_closed()


class _Session(SMTP):
    """One connection; does what the relay's script says."""

    def __init__(self, relay: Relay, **options: Any) -> None:
        self._relay = relay
        self._step = Does.ACCEPT
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a password may pass in the clear: it may, here
            super().__init__(_Handler(relay, self), **options)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._relay.connections += 1
        self._relay._open.add(cast(asyncio.Transport, transport))

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport is not None:
            self._relay._open.discard(cast(asyncio.Transport, self.transport))
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:
        match self._step:
            case Does.HANG:
                self._relay.stuck.set()
                await asyncio.sleep(3600)
            case Does.DROP_BEFORE_354:
                self._hang_up()
            case Does.DROP_IN_DATA:
                await self.push("354 go on")
                await self._reader.read(64)
                self._hang_up()
            case _:
                await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:
        if self._step is Does.DROP_AT_RSET:
            self._hang_up()
        else:
            await super().smtp_RSET(arg)

    def _hang_up(self) -> None:
        cast(asyncio.Transport, self.transport).abort()

    def begin(self) -> Does:
        """The step for the mail that begins now."""
        self._step = self._relay.steps.popleft() if self._relay.steps else Does.ACCEPT
        return self._step

    def end(self, envelope: Envelope) -> str:
        """Keep the mail, or not, and say so, or not."""
        if self._step in (Does.ACCEPT, Does.SWALLOW_250):
            recipients = tuple(str(one) for one in envelope.rcpt_tos)
            content = envelope.original_content or b""
            arrived = Arrived(envelope.mail_from or "", recipients, bytes(content))
            self._relay.arrived.append(arrived)
            self._relay.heard(arrived)
        if self._step in (Does.SWALLOW_250, Does.DROP_AFTER_DOT):
            self._hang_up()
        if self._step is Does.SAY_LATER:
            return "451 4.3.0 come again later"
        if self._step is Does.REFUSE:
            return "554 5.7.1 we do not like it"
        return "250 2.0.0 taken"


def _lines(part: MIMEPart | None) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


class _Handler:
    def __init__(self, relay: Relay, session: _Session) -> None:
        self._relay, self._session = relay, session

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._relay.commands.append(f"MAIL FROM:<{address}>")
        step = self._session.begin()
        if step is Does.REFUSE_SENDER:
            return "550 5.7.1 you may not"
        if step is Does.SILENT:
            self._relay.stuck.set()
            await asyncio.sleep(3600)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 go on"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._relay.commands.append(f"RCPT TO:<{address}>")
        answers = self._relay.answers.get(address, [])
        answer = answers.pop(0) if len(answers) > 1 else (answers or ["250 2.1.5 go on"])[0]
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self._session.end(envelope)


class _Authenticator:
    def __init__(self, relay: Relay) -> None:
        self._relay = relay

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        if not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        login = (data.login.decode(), data.password.decode())
        self._relay.logins.append(login)
        return AuthResult(success=login[1] == "open sesame", handled=False)
