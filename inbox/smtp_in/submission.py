"""Submission (RFC 6409): people of ours hand over their own mail, and sign in for it.

Nothing is taken without TLS, and nothing but the handshake before a person has signed in. Who has
is who wrote: the mail is theirs from whichever address it says it comes.
"""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64decode
from dataclasses import replace
from typing import Final

from inbox.log import get_logger
from inbox.model.mail import Envelope
from inbox.smtp_in import replies
from inbox.smtp_in.connection import Cut, PeerGone
from inbox.smtp_in.door import Door, Guard, TooSoon
from inbox.smtp_in.limits import Gate
from inbox.smtp_in.receiver import Receiver
from inbox.smtp_in.transaction import Transaction

log = get_logger("smtp_in")

_IN_THE_CLEAR: Final = frozenset({"EHLO", "HELO", "STARTTLS", "NOOP", "RSET", "QUIT"})
_SIGNED_IN_ONLY: Final = frozenset({"MAIL", "RCPT", "DATA", "VRFY", "EXPN"})
_MOST_GUESSES: Final = 3  # in one session


class Submission(Receiver):
    """A session of somebody's own mail program, with STARTTLS."""

    source = "submission"
    has_auth = True

    def __init__(
        self,
        door: Door,
        gate: Gate,
        *,
        guard: Guard,
        hostname: str,
        tls: ssl.SSLContext,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(door, gate, hostname=hostname, tls=tls, loop=loop)
        self._guard = guard
        self._agent: int | None = None
        self._guesses = 0
        self._is_told = False  # that it is too much

    async def _run(self, verb: str, argument: str) -> str:
        if not self._tls_protocol and verb not in _IN_THE_CLEAR:
            return replies.TLS_FIRST
        if verb == "AUTH":
            return await self._auth(argument)
        if self._agent is None and verb in _SIGNED_IN_ONLY:
            return replies.SIGN_IN_FIRST
        if verb == "MAIL" and self._agent is not None and self._transaction is None:
            return await self._begin(self._agent, argument)
        return await super()._run(verb, argument)

    async def _begin(self, agent: int, argument: str) -> str:
        """Asked once a mail how many it may go to: a statement for each would be the flood's."""
        room = await self._guard.room(agent)
        if room is None:
            return await self._too_much(agent)
        reply = await super()._run("MAIL", argument)
        if self._transaction:
            self._transaction.room = room
        return reply

    async def _too_much(self, agent: int) -> str:
        if not self._is_told:
            self._is_told = True
            await self._guard.tell(agent)
        return replies.TOO_MUCH_FOR_NOW

    def _offers(self) -> list[str]:
        offers = super()._offers()
        return [*offers, "AUTH PLAIN LOGIN"] if self._tls_protocol else offers

    async def _auth(self, argument: str) -> str:
        """RFC 4954 §4. The mechanisms say the password in the clear, which TLS has made safe."""
        if not self._is_extended or self._agent is not None or self._transaction:
            return replies.BAD_SEQUENCE
        mechanism, _, initial = argument.partition(" ")
        try:
            match mechanism.upper():
                case "PLAIN":
                    name, password = await self._plain(initial.strip())
                case "LOGIN":
                    name, password = await self._login(initial.strip())
                case _:
                    return replies.NO_SUCH_MECHANISM
        except _GivenUp:
            return replies.CANCELLED
        except ValueError:  # no base64, no UTF-8, or not of its form
            return replies.BAD_ARGUMENT
        return await self._sign_in(name, password)

    async def _plain(self, initial: str) -> tuple[str, str]:
        # RFC 4616 §2: on whose behalf, who, and the password.
        said = _decoded(initial) if initial else await self._ask(replies.CHALLENGE)
        behalf, name, password = said.split("\0")
        if behalf not in ("", name):
            return "", password  # nobody acts for another
        return name, password

    async def _login(self, initial: str) -> tuple[str, str]:
        name = _decoded(initial) if initial else await self._ask(replies.ASK_NAME)
        return name, await self._ask(replies.ASK_PASSWORD)

    async def _ask(self, question: str) -> str:
        await self._say(question)
        line = await self._next_command()
        if line is None:
            raise PeerGone
        if line == b"*":
            raise _GivenUp
        if len(line) > self._limits.command_octets or self._has_more:
            raise Cut(replies.IMPROPER_PIPELINING)
        return _decoded(line.decode("ascii"))

    async def _sign_in(self, name: str, password: str) -> str:
        # A right password takes as long as a wrong one.
        self._reset_timeout(self._limits.data_lag_seconds)
        refusal = replies.WRONG_PASSWORD
        try:
            self._agent = await self._guard.enter(name, password, self._peer)
        except TooSoon:
            refusal = replies.NOT_NOW
        if self._agent is not None:
            return replies.SIGNED_IN
        self._guesses += 1
        log.info("smtp.sign_in_refused", peer=self._peer)
        if self._guesses >= _MOST_GUESSES:
            raise Cut(replies.TOO_MANY_GUESSES)
        return refusal

    async def _refusal_of(self, recipient: str, transaction: Transaction) -> str:
        if await self._door.knows(recipient):
            return ""
        sender = transaction.mail.sender
        if self._agent is None or not sender or "@" not in recipient:
            return replies.NOT_RELAYED
        if transaction.may_leave is None:
            transaction.may_leave = await self._door.knows(
                sender
            ) and await self._guard.may_write_as(self._agent, sender)
        if not transaction.may_leave:
            return replies.NOT_RELAYED
        if transaction.outside >= transaction.room:
            return await self._too_much(self._agent)
        transaction.outside += 1
        return ""

    def _envelope(self, transaction: Transaction) -> Envelope:
        return replace(super()._envelope(transaction), submitted_by=self._agent)


class Submissions(Submission):
    """The same with TLS from the first octet (RFC 8314 §3.3)."""

    async def _converse(self) -> None:
        shaking = asyncio.ensure_future(self._shake_hands())
        await asyncio.sleep(0)  # until TLS reads what comes
        self._hand_over()
        await shaking
        await super()._converse()

    def _hand_over(self) -> None:
        """Give TLS what came before it was there to read: a loop that is busy reads at once."""
        buffer: bytearray = self._reader._buffer  # type: ignore[attr-defined] # asyncio has no other way to it
        early = bytes(buffer)
        if not early or self._tls_protocol is None:
            return
        buffer.clear()
        self._tls_protocol.get_buffer(len(early))[: len(early)] = early
        self._tls_protocol.buffer_updated(len(early))

    async def push(self, status: str | bytes) -> None:
        """Nothing: the one reply that the library would say here is that of STARTTLS."""


class _GivenUp(Exception):
    """The peer has taken AUTH back."""


def _decoded(text: str) -> str:
    """Raises ValueError."""
    if text == "=":  # RFC 4954 §4: an empty one
        return ""
    return b64decode(text, validate=True).decode()
