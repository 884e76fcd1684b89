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
    except (OSError, ssl.SSLError) as error:
        raise ConfigError(
            f"the certificate {certificate} cannot be used: {error.strerror or error}; "
            "INBOX_TLS_CERTIFICATE wants PEM with the whole chain, INBOX_TLS_KEY its key"
        ) from error
    return context
