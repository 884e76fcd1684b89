"""The receiver's process: SMTP, and LMTP where set, until told to stop."""

from __future__ import annotations

import asyncio
import socket

from inbox.errors import ConfigError
from inbox.intake.door import SpoolDoor
from inbox.log import get_logger
from inbox.settings import Settings, split_listen
from inbox.smtp_in.limits import Limits, affordable
from inbox.smtp_in.lmtp import LmtpReceiver
from inbox.smtp_in.server import Server
from inbox.smtp_in.tls import server_context

log = get_logger("run.smtp")


async def run_smtp(settings: Settings, stop: asyncio.Event) -> None:
    """Take mail until `stop` is set, then finish what is under way within eight seconds.

    The database is `settings.database_url`. Raises ConfigError when that is missing, an address
    cannot be listened on or the certificate cannot be used.
    """
    if settings.database_url is None:
        raise ConfigError("the receiver needs INBOX_DATABASE_URL")
    door = SpoolDoor.of(settings, settings.database_url)
    server = Server(
        door,
        limits_of(settings),
        hostname=settings.domain or socket.gethostname(),
        tls=server_context(settings.tls_certificate, settings.tls_key),
    )
    try:
        await server.listen(*split_listen(settings.smtp_listen))
        if settings.lmtp_listen:
            await server.listen(*split_listen(settings.lmtp_listen), kind=LmtpReceiver)
        log.info("smtp.ready", smtp=settings.smtp_listen, lmtp=settings.lmtp_listen)
        await stop.wait()
    finally:
        await server.stop()
        await door.close()


def limits_of(settings: Settings) -> Limits:
    """The limits that settings ask for, within what this process can afford."""
    return Limits(
        message_bytes=settings.max_message_bytes,
        connections=affordable(settings.max_connections),
        connections_per_address=settings.max_connections_per_address,
    )
