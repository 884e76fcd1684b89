"""Where mail goes out, and how safe the way must be: `smtp://`, `smtps://`, user and password."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from aiosmtplib import SMTP

from inbox.errors import ConfigError
from inbox.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """The server that takes our mail. `start_tls`: True demands it, None takes it if offered."""

    host: str
    port: int
    is_tls: bool = False
    start_tls: bool | None = True
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    name: str | None = None  # by which we introduce ourselves

    def client(self, sender: str, *, timeout: float) -> SMTP:
        """A client that is not connected yet."""
        return SMTP(
            hostname=self.host,
            port=self.port,
            username=self.user,
            password=self.password,
            # Never this machine's own name: it is nobody's business (CVE-2026-39971 leaks it so).
            local_hostname=self.name or sender.rpartition("@")[2] or "localhost",
            timeout=timeout,
            use_tls=self.is_tls,
            start_tls=False if self.is_tls else self.start_tls,
            # Taking TLS if offered is no proof of whom we talk to, so none is asked for.
            validate_certs=self.is_tls or self.start_tls is True,
        )


def relay_of(settings: Settings) -> Relay | None:
    """The relay of the settings; None when mails are to be kept. Raises ConfigError."""
    if settings.relay_url is None:
        return None
    try:
        url = urlsplit(settings.relay_url)
        host, port = url.hostname or "", url.port
    except ValueError as error:
        raise ConfigError(f"INBOX_RELAY_URL is wrong: {error}") from error
    if not host:
        raise ConfigError("INBOX_RELAY_URL is wrong: it names no host")
    is_tls = url.scheme == "smtps"
    user = unquote(url.username) if url.username else None
    return Relay(
        host=host,
        port=port or (465 if is_tls else 587 if user else 25),
        is_tls=is_tls,
        start_tls=_start_tls(settings, host),
        user=user,
        password=unquote(url.password or "") if user else None,
        name=settings.domain,
    )


def _start_tls(settings: Settings, host: str) -> bool | None:
    match settings.relay_tls:
        case "require":
            return True
        case "opportunistic":
            return None
        case "off":
            return False
    # Demanded everywhere but on the way to this machine itself, which nobody can listen to.
    return not _is_loopback(host)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
