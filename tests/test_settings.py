"""A wrong setting ends in one sentence that names it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from inbox.errors import ConfigError
from inbox.settings import load, refuse_unknown


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
        ("INBOX_BLOBS", "/srv/mail"),
        ("INBOX_BLOBS", "file://srv/mail"),
        ("INBOX_BLOBS", "file:///"),
        ("INBOX_BLOBS", "file:///srv/../etc"),
        ("INBOX_BLOBS", "s3://"),
        ("INBOX_BLOBS", "s3://key:secret@mail"),
        ("INBOX_BLOBS", "gs://mail/inbox"),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=f"^{name} is wrong: "):
        load()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("INBOX_MAX_CONNECTIONS", "many", "expected a whole number, not 'many'"),
        ("INBOX_MAX_CONNECTIONS", "0", "expected 1 or more, not '0'"),
        ("INBOX_WORKER_CONCURRENCY", "65", "expected 64 or less, not '65'"),
        ("INBOX_MAIL_AUTH", "maybe", "expected 'direct', 'relay', 'exchange', 'google' or 'none'"),
        ("INBOX_DOMAIN", "a b", "expected a domain like example.com, not 'a b'"),
        ("INBOX_TRUSTED_PEERS", "mx.example", "expected addresses or networks, such as"),
        ("INBOX_TRUSTED_PEERS", "10.0.0.1, 300.1.1.1", "expected addresses or networks, such as"),
    ],
)
def test_a_wrong_setting_says_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=f"^{name} is wrong: {re.escape(says)}"):
        load()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("max_connections = 'many'", "INBOX_MAX_CONNECTIONS is wrong: expected a whole number"),
        ("max_connections = 1.5", "INBOX_MAX_CONNECTIONS is wrong: expected a whole number"),
        ("data = 3", "INBOX_DATA is wrong: expected a path, not 3"),
        ("trusted_peers = 3.5", "INBOX_TRUSTED_PEERS is wrong: expected addresses or networks"),
        ("metrics_token = 12345", "INBOX_METRICS_TOKEN is wrong: expected text, in quotes"),
    ],
)
def test_a_wrong_value_of_the_file_says_so_too(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "inbox.toml"
    file.write_text(line)
    with pytest.raises(ConfigError, match=f"^{re.escape(says)}") as refused:
        load(file)
    assert "12345" not in refused.value.public


def test_trusted_peers_are_listed_as_one_would(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = ("192.0.2.10", "2001:db8::/32")
    for written in ("192.0.2.10,2001:db8::/32", "192.0.2.10 2001:db8::/32", json.dumps(wanted)):
        monkeypatch.setenv("INBOX_TRUSTED_PEERS", written)
        assert load().trusted_peers == wanted
    monkeypatch.delenv("INBOX_TRUSTED_PEERS")
    file = tmp_path / "inbox.toml"
    file.write_text('trusted_peers = ["192.0.2.10", "2001:db8::/32"]')
    assert load(file).trusted_peers == wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INBOX_RELAY_URL", "smtp://user:p%40ss@relay.example:587"),
        ("INBOX_RELAY_URL", "smtps://[2001:db8::1]"),
        ("INBOX_DOMAIN", "Reply.Example.com"),
        ("INBOX_DOMAIN", "localhost"),
        ("INBOX_WEB_URL", "https://desk.example.com/"),
        ("INBOX_WEB_URL", "http://127.0.0.1:8080"),
        ("INBOX_BLOBS", "file:///srv/mail"),
        ("INBOX_BLOBS", "s3://our-mail/inbox"),
        ("INBOX_BLOBS", "s3://our-mail"),
    ],
)
def test_a_sound_setting_is_taken(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    found = getattr(load(), name.removeprefix("INBOX_").lower())
    assert str(found).lower() == value.lower()


def test_raw_mail_is_in_the_database_unless_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load().blobs is None
    monkeypatch.setenv("INBOX_BLOBS", "")
    assert load().blobs is None
    monkeypatch.setenv("INBOX_BLOBS", "s3://our-mail/inbox/")
    assert load().blobs == "s3://our-mail/inbox"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("INBOX_RELAY_URI", "there is no setting INBOX_RELAY_URI; did you mean INBOX_RELAY_URL?"),
        ("INBOX_SMTP_LISTE", "there is no setting INBOX_SMTP_LISTE; did you mean INBOX_SMTP_LI"),
        ("inbox_databaseurl", "there is no setting inbox_databaseurl; did you mean INBOX_DATABASE"),
        ("INBOX_XYZZY", "there is no setting INBOX_XYZZY (docs/administration.md lists all)"),
        ("INBOX_SERVICE_HOST", "there is no setting INBOX_SERVICE_HOST"),
    ],
)
def test_a_misspelt_variable_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, says: str
) -> None:
    monkeypatch.setenv(name, "x")
    with pytest.raises(ConfigError, match=f"^{re.escape(says)}"):
        load()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("relay_uri = 'x'", "there is no setting relay_uri; did you mean relay_url?"),
        ("INBOX_DOMAIN = 'x'", "there is no setting INBOX_DOMAIN; did you mean domain?"),
        ("[smtp]\nlisten = 'x'", "there is no setting smtp"),
    ],
)
def test_a_misspelt_key_of_the_file_is_refused(tmp_path: Path, line: str, says: str) -> None:
    file = tmp_path / "inbox.toml"
    file.write_text(line)
    with pytest.raises(ConfigError, match=f"^{re.escape(f'{file}: {says}')}"):
        load(file)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "inbox.toml"
    with pytest.raises(ConfigError, match=r"inbox\.toml does not exist$"):
        load(file)
    with pytest.raises(ConfigError, match=r" is no file$"):
        load(tmp_path)
    file.write_bytes(b"\xff\xfedata")
    with pytest.raises(ConfigError, match=r"inbox\.toml is not valid TOML: it is not in UTF-8$"):
        load(file)


def test_what_is_not_ours_is_let_be() -> None:
    refuse_unknown({"INBOX_TEST_DATABASE_URL": "x", "MY_INBOX": "x", "inbox_domain": "us.example"})
    of_a_service = ("SERVICE_HOST", "SERVICE_PORT_WEB", "PORT", "PORT_80_TCP", "PORT_80_TCP_ADDR")
    kubernetes = {f"INBOX_{name}": "x" for name in of_a_service}
    refuse_unknown({"KUBERNETES_SERVICE_HOST": "192.0.2.1", **kubernetes})
    with pytest.raises(ConfigError, match="INBOX_PORT"):
        refuse_unknown(kubernetes)
