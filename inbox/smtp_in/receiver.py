"""One SMTP session: commands in, replies out, mails to the door.

What aiosmtpd does with commands and DATA is replaced: it answers 500 with an exception's text to a
fault of ours, holds an object per line, reads addresses leniently, and runs whatever follows a
refused command.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from inbox.clock import utcnow
from inbox.errors import InboxError, NoRoom
from inbox.log import get_logger
from inbox.model.mail import Envelope
from inbox.smtp_in import grammar, replies
from inbox.smtp_in.connection import Connection, Cut, PeerGone
from inbox.smtp_in.door import Door
from inbox.smtp_in.letter import Letter, hops
from inbox.smtp_in.limits import Gate
from inbox.smtp_in.transaction import Transaction

log = get_logger("smtp_in")

# RFC 2920 §3.1: these may stand inside a group; all others end one.
_MAY_BE_FOLLOWED = frozenset({"MAIL", "RCPT", "RSET", "QUIT"})
_JUNK = frozenset({"NOOP", "RSET", "VRFY", "EXPN", "HELP", "EHLO", "HELO", "LHLO"})
# Browsers and proxies that were talked into speaking to us, and chunks that we did not offer to
# take: the octets that follow are not commands.
_FOREIGN = frozenset(
    {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PRI", "PROXY", "BDAT"}
)


class Receiver(Connection):
    """A session. Replies are those of `replies`; 250 after the final dot means committed."""

    source = "smtp"
    greeting = "ESMTP"
    hello: Mapping[str, bool] = MappingProxyType({"EHLO": True, "HELO": False})  # with extensions?
    has_tls = True
    has_auth = False

    def __init__(
        self,
        door: Door,
        gate: Gate,
        *,
        hostname: str,
        tls: ssl.SSLContext | None = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(gate, hostname=hostname, tls=tls if self.has_tls else None, loop=loop)
        self._door = door
        self._helo = ""
        self._is_extended = False  # the peer said EHLO: it may pipeline and use parameters
        self._transaction: Transaction | None = None
        self._errors = 0
        self._junk = 0

    async def _converse(self) -> None:
        await self._say(f"220 {self.hostname} {self.greeting}")
        while not self._is_over and (line := await self._next_command()) is not None:
            await self._answer(line)
            if self._gate.draining:
                raise Cut(replies.SHUTTING_DOWN)

    async def _answer(self, line: bytes) -> None:
        try:
            reply = await self._obey(line)
        except grammar.BadSyntax as error:
            reply = error.reply
        except (Cut, PeerGone):
            raise
        except Exception as error:
            self._complain("smtp.command_failed", error)
            reply = replies.OUR_FAULT
        if reply.startswith("5"):
            self._errors += 1
        if self._errors > self._limits.errors or self._junk > self._limits.junk_commands:
            raise Cut(replies.TOO_MANY_ERRORS)
        if reply:
            await self._say(reply)

    async def _obey(self, line: bytes) -> str:
        word, _, rest = line.partition(b" ")
        verb = word.decode("ascii", "replace").upper()
        if verb in _FOREIGN or not word[:1].isalpha():
            raise Cut(replies.NOT_MAIL)
        if len(line) > self._limits.command_octets:
            return replies.LINE_TOO_LONG
        if b"\0" in line or b"\r" in line:
            return replies.SYNTAX
        if self._has_more and not (verb in _MAY_BE_FOLLOWED and self._is_extended):
            raise Cut(replies.IMPROPER_PIPELINING)
        self._junk += verb in _JUNK
        try:
            return await self._run(verb, rest.decode().strip(" "))
        except UnicodeDecodeError:
            return replies.BAD_ARGUMENT

    async def _run(self, verb: str, argument: str) -> str:
        if verb in self.hello:
            return await self._greet(argument, is_extended=self.hello[verb])
        if command := _COMMANDS.get(verb):
            return await command(self, argument)
        return _CONSTANT.get(verb, replies.UNKNOWN_COMMAND)

    async def _greet(self, argument: str, *, is_extended: bool) -> str:
        self._helo, self._is_extended = grammar.read_helo(argument), is_extended
        self._transaction = None
        offers = [self.hostname, *(self._offers() if is_extended else ())]
        return "\r\n".join([f"250-{offer}" for offer in offers[:-1]] + [f"250 {offers[-1]}"])

    def _offers(self) -> list[str]:
        offers = [
            f"SIZE {self._limits.message_bytes}",
            "8BITMIME",
            "SMTPUTF8",
            "PIPELINING",
            "ENHANCEDSTATUSCODES",
        ]
        if self.tls_context and not self._tls_protocol:
            offers.append("STARTTLS")
        return offers

    async def _starttls(self, argument: str) -> str:
        if argument:
            return replies.BAD_ARGUMENT
        if self._tls_protocol or not self._is_extended:
            return replies.BAD_SEQUENCE
        if not self.tls_context:
            return replies.NO_TLS
        await self._shake_hands()
        # RFC 3207 §4.2: what was said in the clear is forgotten.
        self._helo, self._is_extended, self._transaction = "", False, None
        return ""

    async def _shake_hands(self) -> None:
        """From now on all is said under TLS. Raises PeerGone."""
        self._reset_timeout(self._limits.data_lag_seconds)
        try:
            await super().smtp_STARTTLS("")
        except Exception as error:
            log.debug("smtp.handshake_failed", peer=self._peer, cause=repr(error.__cause__))
            self.abort()
            self.connection_lost(None)  # nobody else says so before a handshake is complete
            raise PeerGone from error

    async def _mail(self, argument: str) -> str:
        if not self._helo or self._transaction:
            return replies.BAD_SEQUENCE
        said = grammar.read_mail(argument, with_auth=self.has_auth)
        if said.size > self._limits.message_bytes:
            return replies.TOO_BIG
        if not await self._door.has_room(said.size or self._limits.message_bytes):
            return replies.NO_ROOM
        self._transaction = Transaction(said)
        return replies.SENDER_OK

    async def _rcpt(self, argument: str) -> str:
        if self._transaction is None:
            return replies.BAD_SEQUENCE
        recipient = grammar.read_rcpt(argument, utf8=self._transaction.mail.utf8)
        if len(self._transaction.recipients) >= self._limits.recipients:
            return replies.TOO_MANY_RECIPIENTS
        if refusal := await self._refusal_of(recipient, self._transaction):
            return refusal
        self._transaction.recipients.append(recipient)
        return replies.RECIPIENT_OK

    async def _refusal_of(self, recipient: str, transaction: Transaction) -> str:
        """Why a mail is not taken for this recipient; "" where it is."""
        return "" if await self._door.knows(recipient) else replies.UNKNOWN_RECIPIENT

    async def _rset(self, argument: str) -> str:
        self._transaction = None
        return replies.OK

    async def _quit(self, argument: str) -> str:
        raise Cut(replies.BYE)

    async def _data(self, argument: str) -> str:
        transaction = self._transaction
        if transaction is None:
            return replies.BAD_SEQUENCE
        if not transaction.recipients:
            return replies.NO_VALID_RECIPIENTS
        if argument:
            return replies.BAD_ARGUMENT
        await self._say(replies.START)
        letter = Letter(self._gate)
        try:
            await self._receive(letter)
            reply = letter.refusal or await self._keep(letter, transaction)
        finally:
            letter.release()
            self._transaction = None
        self._junk = 0
        return self._verdict(reply, transaction)

    def _verdict(self, reply: str, transaction: Transaction) -> str:
        # LMTP says it once for each recipient.
        return reply

    async def _keep(self, letter: Letter, transaction: Transaction) -> str:
        """Through the door; the reply is 250 only after its commit."""
        # Longer than the commit may take: that says 451 and not 421.
        self._reset_timeout(self._limits.commit_seconds + 10)
        raw, size = letter.hand_over()
        if hops(raw) > self._limits.hops:
            self._gate.give(size)
            return replies.LOOP
        commit = self._gate.start(self._door.accept(raw, self._envelope(transaction)), size)
        try:
            async with asyncio.timeout(self._limits.commit_seconds):
                await asyncio.shield(commit)
        except NoRoom:
            return replies.NO_ROOM
        except Exception as error:
            commit.cancel()
            self._complain("smtp.not_kept", error)
            return replies.OUR_FAULT if await self._door.has_room(size) else replies.NO_ROOM
        log.info("smtp.kept", peer=self._peer, size=size, recipients=len(transaction.recipients))
        return replies.KEPT

    def _complain(self, event: str, error: Exception) -> None:
        if isinstance(error, InboxError):
            log.error(
                event, peer=self._peer, cause=repr(error), behind=type(error.__cause__).__name__
            )
        else:
            log.error(event, peer=self._peer, exc_info=error)

    def _envelope(self, transaction: Transaction) -> Envelope:
        return Envelope(
            sender=transaction.mail.sender,
            recipients=tuple(dict.fromkeys(transaction.recipients)),
            source=self.source,
            peer=self._peer,
            helo=self._helo,
            received_at=utcnow(),
        )


_COMMANDS: Mapping[str, Callable[[Receiver, str], Awaitable[str]]] = {
    "STARTTLS": Receiver._starttls,
    "MAIL": Receiver._mail,
    "RCPT": Receiver._rcpt,
    "DATA": Receiver._data,
    "RSET": Receiver._rset,
    "QUIT": Receiver._quit,
}
_CONSTANT = {
    "NOOP": replies.OK,
    "HELP": replies.HELP,
    "VRFY": replies.CANNOT_VERIFY,
    "EXPN": replies.NOT_IMPLEMENTED,
    "AUTH": replies.NOT_IMPLEMENTED,
    "XCLIENT": replies.NOT_TRUSTED,
    "XFORWARD": replies.NOT_TRUSTED,
}
