"""Talks to the relay: one mail, several recipients, what it said to each.

Connections are kept for the next mail, a few at most and not for long. After a connection failed,
the relay is left alone for a moment, so that a dead one costs one time-out and not one a mail.
When the service stops, talks that do not end are cut: what was said so far may be said again.
"""

from __future__ import annotations

import asyncio
import re
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import cast
from weakref import WeakKeyDictionary

from aiosmtplib import SMTP, SMTPException, SMTPResponseException, SMTPServerDisconnected

from inbox.outbound.relay import Relay

_CONNECT = 10.0  # seconds
_COMMAND = 30.0
_PER_MEGABYTE = 10.0
_IDLE = 15.0
_MOST = 8
_REST = 10.0
# Sign in, or encrypt, first (RFC 4954 §6, RFC 3207 §4): it is the settings that are wrong, and no
# mail may be given up for that.
_ABOUT_US = frozenset({530, 534, 535, 538})
_INSIDES = re.compile(r"\[Errno -?\d+\] ?| ?\(_ssl\.c:\d+\)")  # of Python, in what it says


@dataclass(frozen=True, slots=True)
class SmtpReply:
    """What the relay said: code and words."""

    code: int
    words: str

    @property
    def is_accepted(self) -> bool:
        """The relay answers for the mail now."""
        return 200 <= self.code < 300

    @property
    def is_final(self) -> bool:
        """It makes no sense to try this mail again."""
        return 500 <= self.code < 600 and self.code not in _ABOUT_US

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip()


class RelayTrouble(Exception):
    """No answer for this mail; try again later. `is_unsure`: the relay may have it all the same.
    `is_ours`: we ended the talk, so it says nothing about the relay."""

    def __init__(self, words: str, *, is_unsure: bool = False, is_ours: bool = False) -> None:
        super().__init__(words)
        self.is_unsure = is_unsure
        self.is_ours = is_ours


class SmtpTransport:
    """The way to one relay, of one process."""

    def __init__(self, relay: Relay) -> None:
        self._relay = relay
        self._idle: list[tuple[SMTP, asyncio.TimerHandle]] = []
        self._room = asyncio.Semaphore(_MOST)
        self._rests_until, self._why = 0.0, ""
        self._is_cut = False
        self._endings: dict[object, Callable[[], None]] = {}

    async def send(
        self, wire: bytes, *, sender: str, recipients: Sequence[str]
    ) -> dict[str, SmtpReply]:
        """What the relay said of each recipient. Raises RelayTrouble where it said nothing."""
        try:
            return await self._send(wire, sender, recipients)
        except RelayTrouble as trouble:
            if not self._is_cut:
                raise
            words = "the service was stopped before the relay answered"
            raise RelayTrouble(words, is_unsure=trouble.is_unsure, is_ours=True) from None

    def rests(self) -> str:
        """Why nothing new is begun at this moment; empty where it is."""
        is_over = asyncio.get_running_loop().time() >= self._rests_until
        return "" if is_over or self._idle else f"{self._why} (a moment ago)"

    def cut(self) -> None:
        """End every talk under way; each, and all that would begin, raises RelayTrouble."""
        self._is_cut = True
        for end in tuple(self._endings.values()):
            end()

    async def _send(
        self, wire: bytes, sender: str, recipients: Sequence[str]
    ) -> dict[str, SmtpReply]:
        async with self._room:
            if self._is_cut:
                raise RelayTrouble("nothing was said")
            client, is_fresh = await self._connection(sender)
            try:
                return await self._talk(client, wire, sender, recipients)
            except SMTPServerDisconnected:
                if is_fresh or self._is_cut:
                    raise RelayTrouble("the relay closed the connection") from None
            # It had closed a connection that we kept: that says nothing about this mail.
            client = await self._connect(sender)
            try:
                return await self._talk(client, wire, sender, recipients)
            except SMTPServerDisconnected:
                raise RelayTrouble("the relay closed the connection") from None

    async def close(self) -> None:
        """Say goodbye on every connection that is kept."""
        for _, timer in self._idle:
            timer.cancel()
        kept, self._idle = [client for client, _ in self._idle], []
        # Together: a relay that no longer answers costs two seconds and not two for each.
        await asyncio.gather(*map(_say_goodbye, kept))

    async def _talk(
        self, client: SMTP, wire: bytes, sender: str, recipients: Sequence[str]
    ) -> dict[str, SmtpReply]:
        """One mail. Raises SMTPServerDisconnected only where nothing of it was sent."""
        is_clean = False
        try:
            with self._ended_by(lambda: _hang_up(client)):
                replies = await _transaction(client, wire, sender, recipients)
                # Refused it is all the same, whatever comes of beginning anew.
                is_taken = any(reply.is_accepted for reply in replies.values())
                is_clean = is_taken or await _reset(client)
            return replies
        except SMTPServerDisconnected:
            raise
        except SMTPResponseException as error:
            # Refused before any recipient was named, so for all of them.
            is_clean = await _reset(client)
            return dict.fromkeys(recipients, SmtpReply(error.code, _words(error.message)))
        except (SMTPException, OSError) as error:
            raise self._trouble(error) from error
        finally:
            if is_clean:
                self._put_back(client)
            else:  # also when we are told to stop: what was half said is never continued
                client.close()

    async def _connection(self, sender: str) -> tuple[SMTP, bool]:
        while self._idle:
            client, timer = self._idle.pop()
            timer.cancel()
            if client.is_connected:
                return client, False
            client.close()
        return await self._connect(sender), True

    async def _connect(self, sender: str) -> SMTP:
        loop = asyncio.get_running_loop()
        if why := self.rests():
            raise RelayTrouble(why)
        client = self._relay.client(sender, timeout=_CONNECT)
        is_open = False
        try:
            async with asyncio.timeout(3 * _CONNECT) as patience:
                with self._ended_by(lambda: patience.reschedule(loop.time())):
                    await client.connect()
                    await client.ehlo(timeout=_CONNECT)
            is_open = True
            return client
        except (SMTPException, OSError, ValueError) as error:
            self._rest(error)
            raise RelayTrouble(_words(error)) from error
        finally:
            if not is_open:
                client.close()

    @contextmanager
    def _ended_by(self, end: Callable[[], None]) -> Iterator[None]:
        mine = object()
        self._endings[mine] = end
        try:
            yield
        finally:
            del self._endings[mine]

    def _trouble(self, error: Exception) -> RelayTrouble:
        if isinstance(error, TimeoutError):
            self._rest(error)
        return RelayTrouble(_words(error))

    def _rest(self, error: Exception) -> None:
        self._rests_until = asyncio.get_running_loop().time() + _REST
        self._why = _words(error)

    def _put_back(self, client: SMTP) -> None:
        timer = asyncio.get_running_loop().call_later(_IDLE, self._drop, client)
        self._idle.append((client, timer))

    def _drop(self, client: SMTP) -> None:
        self._idle = [kept for kept in self._idle if kept[0] is not client]
        client.close()


_transports: WeakKeyDictionary[AbstractEventLoop, dict[Relay, SmtpTransport]] = WeakKeyDictionary()


def transport_to(relay: Relay) -> SmtpTransport:
    """The transport that this process shares for a relay: a connection belongs to its loop."""
    mine = _transports.setdefault(asyncio.get_running_loop(), {})
    return mine.setdefault(relay, SmtpTransport(relay))


def cut_transports() -> None:
    """End what this loop says to its relays; nothing more is said to them."""
    for transport in _transports.get(asyncio.get_running_loop(), {}).values():
        transport.cut()


async def close_transports() -> None:
    """Close what `transport_to` opened in this loop, before it ends."""
    for transport in _transports.pop(asyncio.get_running_loop(), {}).values():
        await transport.close()


async def _transaction(
    client: SMTP, wire: bytes, sender: str, recipients: Sequence[str]
) -> dict[str, SmtpReply]:
    options = [f"SIZE={len(wire)}"] if client.supports_extension("size") else []
    await client.mail(sender, options=options, timeout=_COMMAND)
    replies = {one: await _rcpt(client, one) for one in recipients}
    if accepted := [one for one in recipients if replies[one].is_accepted]:
        replies.update(dict.fromkeys(accepted, await _data(client, wire)))
    return replies


async def _say_goodbye(client: SMTP) -> None:
    with suppress(SMTPException, OSError):
        await client.quit(timeout=2)
    client.close()


def _hang_up(client: SMTP) -> None:
    # At once: closing would wait until the relay has read what was written so far.
    if client.transport is not None:
        cast(asyncio.WriteTransport, client.transport).abort()


async def _reset(client: SMTP) -> bool:
    try:
        await client.rset(timeout=_COMMAND)
    except (SMTPException, OSError):
        return False
    return True


async def _rcpt(client: SMTP, recipient: str) -> SmtpReply:
    try:
        reply = await client.rcpt(recipient, timeout=_COMMAND)
    except SMTPResponseException as error:
        return SmtpReply(error.code, _words(error.message))
    return SmtpReply(reply.code, _words(reply.message))


async def _data(client: SMTP, wire: bytes) -> SmtpReply:
    patience = _COMMAND + _PER_MEGABYTE * len(wire) / 1_000_000
    try:
        reply = await client.data(wire, timeout=patience)
    except SMTPResponseException as error:
        return SmtpReply(error.code, _words(error.message))
    except (SMTPException, OSError) as error:
        # RFC 1047: when the answer to the final dot is lost, nobody knows who has the mail.
        raise RelayTrouble(_words(error), is_unsure=True) from error
    return SmtpReply(reply.code, _words(reply.message))


def _words(error: object) -> str:
    if isinstance(error, SMTPResponseException):
        error = SmtpReply(error.code, error.message)
    said = _INSIDES.sub("", " ".join(str(error).split()))[:500]
    return said or type(error).__name__
