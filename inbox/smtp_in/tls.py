"""The certificate for STARTTLS."""

from __future__ import annotations

import ssl
from pathlib import Path

from inbox.errors import ConfigError


def server_context(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """A context for STARTTLS, None without a certificate. Raises ConfigError if unusable."""
    if certificate is None:
        if key is not None:
            raise ConfigError("INBOX_TLS_KEY is set, but INBOX_TLS_CERTIFICATE is not")
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(certificate, key)
    except OSError as error:
        raise ConfigError(
            f"the certificate {certificate} cannot be used: {_why(error)}; "
            "INBOX_TLS_CERTIFICATE wants PEM with the whole chain, INBOX_TLS_KEY its key"
        ) from error
    return context


def _why(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):  # whose own words are about its source code
        return "it or its key is no PEM, or they are not of one another"
    missing = f"{error.filename}: " if error.filename else ""
    return f"{missing}{error.strerror or error}"
