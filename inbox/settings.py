"""Settings: environment variables `INBOX_…` over `inbox.toml`, read once and passed down."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from inbox.errors import ConfigError

_PREFIX = "INBOX_"
_OF_TESTS = "INBOX_TEST_"
_DOMAIN = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*", re.IGNORECASE | re.ASCII)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
# What Kubernetes sets in every container for a service that is called inbox, or inbox-something.
_OF_KUBERNETES = re.compile(
    r"INBOX(_\w+)?_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)",
    re.ASCII,
)

# By the kind of a fault, as pydantic calls it.
_EXPECTED = {
    "int_parsing": "expected a whole number, not {given}",
    "int_type": "expected a whole number, not {given}",
    "int_from_float": "expected a whole number, not {given}",
    "greater_than_equal": "expected {ge} or more, not {given}",
    "less_than_equal": "expected {le} or less, not {given}",
    "literal_error": "expected {expected}, not {given}",
    "path_type": "expected a path, not {given}",
    "string_too_long": "expected {max_length} characters or fewer",
    "string_too_short": "expected at least {min_length} characters",
    "too_long": "expected {max_length} or fewer",
    "too_short": "expected at least {min_length}",
    "tuple_type": "expected a list",
    "list_type": "expected a list",
    "extra_forbidden": "there is no such field",
    "union_tag_invalid": "expected one of {expected_tags}, not '{tag}'",
    "union_tag_not_found": "expected {discriminator} to say which it is",
    "missing": "missing",
}


def split_listen(value: str) -> tuple[str, int]:
    """`host:port` as a pair; IPv6 hosts in brackets. Raises ValueError with what is expected."""
    host, colon, port = value.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise ValueError(f"expected host:port, for example 127.0.0.1:2525, not {value!r}")
    return host.strip("[]"), int(port)


def _listen(value: str) -> str:
    split_listen(value)
    return value


def _relay(value: str) -> str:
    if not value.startswith(("smtp://", "smtps://")) or not _names_a_host(value):
        raise ValueError("expected smtp://[user:password@]host[:port] or smtps://…")
    return value


def _web(value: str) -> str:
    if not value.startswith(("http://", "https://")) or not _names_a_host(value):
        raise ValueError("expected https://host, as people type it")
    return value


def _domain(value: str) -> str:
    if not _DOMAIN.fullmatch(value):
        raise ValueError(f"expected a domain like example.com, not {value!r}")
    return value.lower()


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is none
        return False


def _postgres(value: str) -> str:
    if not value.startswith(("postgresql://", "postgres://")):
        raise ValueError("expected postgresql://user:password@host/database")
    return value


def _blobs(value: object) -> object:
    if not isinstance(value, str) or not value:
        return None if value == "" else value
    parts = urlsplit(value)
    path = parts.path.rstrip("/")
    is_folder = parts.scheme == "file" and not parts.netloc and path and ".." not in path.split("/")
    is_bucket = parts.scheme == "s3" and _BUCKET.fullmatch(parts.netloc) and "//" not in path
    if not (is_folder or is_bucket) or parts.query or parts.fragment:
        raise ValueError("expected file:///absolute/folder or s3://bucket/prefix, or nothing")
    return f"{parts.scheme}://{parts.netloc}{path}"


def _domains(value: object) -> object:
    if isinstance(value, str):
        # Also as JSON, the form in which a process hands its settings on to another.
        value = re.sub(r'[\[\]",]', " ", value).split()
    return tuple(_domain(str(each)) for each in value) if isinstance(value, list | tuple) else value


def _peers(value: object) -> object:
    if isinstance(value, str):
        # Also as JSON, the form in which a process hands its settings on to another.
        value = re.sub(r'[\[\]",]', " ", value).split()
    for each in value if isinstance(value, list | tuple) else [value]:
        try:
            ip_network(str(each), strict=False)
        except ValueError as error:
            raise ValueError(
                f"expected addresses or networks, such as 192.0.2.10,10.0.0.0/8, not {each!r}"
            ) from error
    return value


def _words(value: object) -> object:
    # Also as JSON, the form in which a process hands its settings on to another.
    return re.sub(r'[\[\]",]', " ", value).split() if isinstance(value, str) else value


def _issuer(value: str) -> str:
    parts = urlsplit(value)
    is_here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not (parts.scheme == "https" or is_here) or not _names_a_host(value):
        raise ValueError("expected https://host, as the provider calls itself")
    return value


Listen = Annotated[str, AfterValidator(_listen)]


class Settings(BaseSettings):
    """All settings of one process; `docs/administration.md` explains each."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True, extra="forbid")

    data: Path = Path("data")
    database_url: Annotated[str, AfterValidator(_postgres)] | None = None
    # Where raw mail is kept: beside the database, or, without this, in it.
    blobs: Annotated[str | None, BeforeValidator(_blobs)] = None
    domain: Annotated[str, AfterValidator(_domain)] | None = None
    smtp_listen: Listen = "127.0.0.1:2525"
    lmtp_listen: Listen | None = None
    # Where our own people hand over mail, signed in: with STARTTLS (587), with TLS at once (465).
    submission_listen: Listen | None = None
    submissions_listen: Listen | None = None
    web_listen: Listen = "127.0.0.1:8080"
    web_url: Annotated[str, AfterValidator(_web)] | None = None
    relay_url: Annotated[str, AfterValidator(_relay)] | None = None
    # require: never send to the relay in the clear; off only for a relay on this machine.
    relay_tls: Literal["require", "opportunistic", "off"] | None = None
    max_message_bytes: int = Field(default=36_700_160, ge=65_536)
    max_connections: int = Field(default=400, ge=1)
    max_connections_per_address: int = Field(default=50, ge=1)
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    trusted_authserv: str | None = None
    trusted_peers: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_peers)] = (
        "127.0.0.1",
        "::1",
    )
    # Whose addresses are our own people's, registered or not.
    own_domains: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_domains)] = ()
    mail_auth: Literal["direct", "relay", "exchange", "google", "none"] = "none"
    # What one person may send by signing in, so that a stolen password is not worth much; 0 is no
    # limit. People are those outside.
    submission_mails_per_hour: int = Field(default=200, ge=0)
    submission_mails_per_day: int = Field(default=1000, ge=0)
    submission_people_per_hour: int = Field(default=200, ge=0)
    submission_people_per_day: int = Field(default=1000, ge=0)
    metrics_token: str | None = None
    # How people may come in, and who of them needs a code from an authenticator besides.
    sign_in: Annotated[
        tuple[Literal["password", "link", "oidc"], ...], NoDecode, BeforeValidator(_words)
    ] = ("password", "link", "oidc")
    second_step: Annotated[
        tuple[Literal["admin", "manager", "agent"], ...], NoDecode, BeforeValidator(_words)
    ] = ()
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] | None = None
    oidc_client_id: str = ""
    oidc_client_secret: str | None = None
    oidc_name: str | None = None  # how people call the provider
    log: Literal["text", "json"] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    worker_concurrency: int = Field(default=8, ge=1, le=64)
    # Private networks to which webhooks may go all the same; others never hear of anything.
    webhook_networks: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_peers)] = ()
    # For so long what follows a notice of a conversation is gathered into one.
    bundle_seconds: int = Field(default=60, ge=0, le=3600)
    demo_sink_listen: Listen | None = None

    @property
    def public_url(self) -> str:
        """The address that links in mails begin with, without a slash at the end."""
        return (self.web_url or f"http://{self.web_listen}").rstrip("/")

    def lets_in_by(self, way: str) -> bool:
        """Whether people may come in this way; by a link only where mail can leave."""
        needs = {"link": self.relay_url, "oidc": self.oidc_issuer and self.oidc_client_id}
        return way in self.sign_in and bool(needs.get(way, True))

    @property
    def log_style(self) -> str:
        """`text` on a terminal, `json` otherwise, unless set."""
        return self.log or ("text" if sys.stderr.isatty() else "json")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment wins over the file; there is no other source."""
        file = TomlConfigSettingsSource(settings_cls)
        return (init_settings, env_settings, file)


def load(config: Path | None = None) -> Settings:
    """The settings of this process. Raises ConfigError with one clear sentence."""
    file = config or Path("inbox.toml")
    if config is not None and not config.is_file():
        why = "is no file" if config.exists() else "does not exist"
        raise ConfigError(f"the settings file {config} {why}")
    refuse_unknown(os.environ)

    class FromFile(Settings):
        model_config = SettingsConfigDict(
            env_prefix=_PREFIX, frozen=True, extra="forbid", toml_file=file
        )

    try:
        return FromFile()
    except ValidationError as error:
        raise ConfigError(_sentence(error, file)) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file} is not valid TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not valid TOML: it is not in UTF-8") from error
    except OSError as error:
        raise ConfigError(f"the settings file {file} cannot be read: {error.strerror}") from error


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Raises ConfigError when a variable looks like a setting of ours and is none.

    A misspelt setting would otherwise do nothing, in silence. `INBOX_TEST_…` belongs to the tests.
    """
    known = [_PREFIX + name.upper() for name in Settings.model_fields]
    in_kubernetes = "KUBERNETES_SERVICE_HOST" in environment
    for name in sorted(environment):
        upper = name.upper()
        if not upper.startswith(_PREFIX) or upper.startswith(_OF_TESTS) or upper in known:
            continue
        if not (in_kubernetes and _OF_KUBERNETES.fullmatch(name)):
            raise ConfigError(f"there is no setting {name}{_nearest(upper, known)}")


def _sentence(error: ValidationError, file: Path) -> str:
    first = error.errors()[0]
    name = "_".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        wanted = name.lower().removeprefix(_PREFIX.lower())
        return f"{file}: there is no setting {name}{_nearest(wanted, Settings.model_fields)}"
    return f"{_PREFIX}{name.upper()} is wrong: {expected(error)}"


def expected(error: ValidationError) -> str:
    """What would be right instead of the first thing that is wrong, in words for people."""
    return expected_instead(error.errors(include_url=False)[0])


def expected_instead(wrong: Mapping[str, Any]) -> str:
    """The same of one of pydantic's errors."""
    if wrong["type"] == "string_type":
        return "expected text, in quotes"  # what was given instead may be a secret
    if said := _EXPECTED.get(wrong["type"]):
        return said.format(**wrong.get("ctx", {}), given=repr(wrong["input"])[:80])
    words: str = wrong["msg"]
    return words.removeprefix("Value error, ")


def _nearest(name: str, known: Iterable[str]) -> str:
    # Their common beginning makes all names alike; it is no hint.
    names = {one.removeprefix(_PREFIX): one for one in known}
    found = get_close_matches(name.removeprefix(_PREFIX), names, n=1)
    return f"; did you mean {names[found[0]]}?" if found else " (docs/administration.md lists all)"
