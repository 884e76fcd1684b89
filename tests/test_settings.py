"""A wrong setting ends in one sentence that names it."""

from __future__ import annotations

import pytest

from inbox.errors import ConfigError
from inbox.settings import load


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INBOX_RELAY_URL", "http://relay.example"),
        ("INBOX_RELAY_URL", "smtp://"),
        ("INBOX_RELAY_URL", "smtp://relay.example:99999"),
        ("INBOX_DOMAIN", "two words"),
        ("INBOX_DOMAIN", "me@example.com"),
        ("INBOX_WEB_URL", "desk.example.com"),
        ("INBOX_WEB_URL", "ftp://desk.example.com"),
        ("INBOX_SMTP_LISTEN", "somewhere"),
        ("INBOX_DATABASE_URL", "mysql://db.example/inbox"),
        ("INBOX_MAX_MESSAGE_BYTES", "0"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=f"^{name} is wrong: "):
        load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INBOX_RELAY_URL", "smtp://user:p%40ss@relay.example:587"),
        ("INBOX_RELAY_URL", "smtps://[2001:db8::1]"),
        ("INBOX_DOMAIN", "Reply.Example.com"),
        ("INBOX_DOMAIN", "localhost"),
        ("INBOX_WEB_URL", "https://desk.example.com/"),
        ("INBOX_WEB_URL", "http://127.0.0.1:8080"),
    ],
)
def test_a_sound_setting_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    found = getattr(load(), name.removeprefix("INBOX_").lower())
    assert str(found).lower() == value.lower()
