"""What is wrong on the way to the relay is told from what is kept of it."""

from __future__ import annotations

import pytest

from inbox.outbound.trouble import Trouble, trouble_of


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("535 5.7.8 Authentication credentials invalid", Trouble.SIGN_IN),
        ("530 5.7.0 Authentication required", Trouble.SIGN_IN),
        ("The SMTP AUTH extension is not supported by this server.", Trouble.NO_SIGN_IN),
        ("SMTP STARTTLS extension not supported by server.", Trouble.NO_TLS),
        (
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate",
            Trouble.CERTIFICATE,
        ),
        (
            "Error connecting to 127.0.0.1 on port 27726: [SSL: WRONG_VERSION_NUMBER] wrong"
            " version number",
            Trouble.NOT_TLS,
        ),
        (
            "Error connecting to mail.example on port 25: Name or service not known (a moment ago)",
            Trouble.NO_NAME,
        ),
        ("Error connecting to 127.0.0.1 on port 5500: Connection refused", Trouble.NOBODY),
        ("Timed out waiting for server ready message", Trouble.SILENT),
        ("Error connecting to 192.0.2.1 on port 25: Network is unreachable", Trouble.SILENT),
        ("450 4.7.1 Greylisted", Trouble.LATER),
        ("550 5.7.1 Sender address rejected: not owned by user", Trouble.REFUSED),
        # Said of whom the mail is for, not of the way to the relay.
        ("451 4.4.1 <pat@home.example>: Connection timed out", Trouble.LATER),
        ("450 4.1.2 <pat@home.example>: name resolution failed", Trouble.LATER),
        ("550 5.7.1 <pat@home.example>: Connection refused by policy", Trouble.REFUSED),
        ("454 4.7.0 TLS not available", Trouble.NO_TLS),
        ("the relay closed the connection", None),
        ("", None),
    ],
)
def test_trouble(words: str, trouble: Trouble | None) -> None:
    assert trouble_of(words) == trouble
