"""The receiver's process: SMTP, LMTP and submission where set, until told to stop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from inbox.errors import ConfigError
from inbox.intake.door import SpoolDoor
from inbox.log import get_logger
from inbox.settings import Settings, split_listen
from inbox.smtp_in.door import TooSoon
from inbox.smtp_in.limits import Limits, affordable
from inbox.smtp_in.lmtp import LmtpReceiver
from inbox.smtp_in.server import Server
from inbox.smtp_in.submission import Submission, Submissions
from inbox.smtp_in.tls import server_context

if TYPE_CHECKING:
    from inbox.intake.submitters import Submitters

log = get_logger("run.smtp")

_SUBMITTING = 100  # sessions of our own people at a time, apart from all others
_SUBMITTED = 128 << 20  # octets of theirs under way
_ASKING = 4  # connections for passwords


async def run_smtp(settings: Settings, stop: asyncio.Event) -> None:
    """Take mail until `stop` is set, then finish what is under way within eight seconds.

    The database is `settings.database_url`. Raises ConfigError when that is missing, an address
    cannot be listened on or the certificate cannot be used.
    """
    if settings.database_url is None:
        raise ConfigError("the receiver needs INBOX_DATABASE_URL")
    tls = server_context(settings.tls_certificate, settings.tls_key)
    kinds = submission_kinds(settings)
    if kinds and tls is None:
        raise ConfigError(
            f"INBOX_{next(iter(kinds)).upper()} needs INBOX_TLS_CERTIFICATE:"
            " nobody signs in where the line can be read"
        )
    async with AsyncExitStack() as house:
        door = SpoolDoor.of(settings, settings.database_url)
        house.push_async_callback(door.close)
        server = Server(door, limits_of(settings), hostname=_name(settings), tls=tls)
        apart = Server(door, _limits_of_ours(settings), hostname=_name(settings), tls=tls)
        house.push_async_callback(_stop, server, apart)
        await server.listen(*split_listen(settings.smtp_listen))
        if settings.lmtp_listen:
            await server.listen(*split_listen(settings.lmtp_listen), kind=LmtpReceiver)
        if kinds:
            guard = _guard(settings, settings.database_url)
            house.push_async_callback(guard.close)
        for name, listen in kinds.items():
            kind = Submission if name == "submission_listen" else Submissions
            await apart.listen(*split_listen(listen), kind=partial(kind, guard=guard))
        log.info("smtp.ready", smtp=settings.smtp_listen, lmtp=settings.lmtp_listen, **kinds)
        await stop.wait()


def submission_kinds(settings: Settings) -> Mapping[str, str]:
    """The addresses at which our own people hand over mail, by the name of the setting."""
    names = ("submission_listen", "submissions_listen")
    return {name: listen for name in names if (listen := getattr(settings, name))}


async def _stop(*servers: Server) -> None:
    await asyncio.gather(*(server.stop() for server in servers))


def _guard(settings: Settings, url: str) -> Submitters:
    # Only who signs in needs an ORM.
    from inbox.intake.submitters import Submitters  # noqa: PLC0415 - an ORM
    from inbox.store.engine import Database  # noqa: PLC0415 - an ORM
    from inbox.store.flood import most_of  # noqa: PLC0415 - an ORM

    return Submitters(
        Database(url, pool=_ASKING),
        too_soon=TooSoon,
        most=most_of(settings),
        domain=settings.domain,
    )


def limits_of(settings: Settings) -> Limits:
    """The limits that settings ask for, within what this process can afford."""
    return Limits(
        message_bytes=settings.max_message_bytes,
        connections=affordable(settings.max_connections),
        connections_per_address=settings.max_connections_per_address,
    )


def _limits_of_ours(settings: Settings) -> Limits:
    limits = limits_of(settings)
    return replace(
        limits, connections=min(_SUBMITTING, limits.connections), bytes_in_flight=_SUBMITTED
    )


def _name(settings: Settings) -> str:
    return settings.domain or socket.gethostname()
