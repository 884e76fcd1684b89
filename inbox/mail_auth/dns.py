"""Questions to the DNS, with answers kept as long as their owners allow, and an end to waiting."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

import dns.exception
import dns.rdatatype
import dns.resolver
from dns.name import LabelTooLong, NameTooLong

# What a question may ask for; the values are as `spf` reads them: text for A, AAAA and PTR,
# (preference, name) for MX, a tuple of byte strings for TXT.
Value = str | tuple[int, str] | tuple[bytes, ...]

# What hostile keys and records make the libraries raise that read them, besides their own errors.
SURPRISES: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class Temporary(Exception):
    """No answer just now: nothing is known, neither for nor against."""


class Lookup(Protocol):
    """Asks one question; an empty list means that there is no such record. Raises Temporary."""

    def __call__(self, name: str, kind: str) -> list[Value]: ...


def texts(lookup: Lookup, name: str) -> list[bytes]:
    """The TXT records of a name, each joined from its pieces. Raises Temporary."""
    values = lookup(name, "TXT")
    return [b"".join(piece for piece in value if isinstance(piece, bytes)) for value in values]


class Dns(Protocol):
    """Where questions are asked; tests bring a zone of their own."""

    def until(self, deadline: float) -> Lookup:
        """A way of asking that gives up at `deadline` (of `time.monotonic`)."""
        ...


@dataclass(frozen=True, slots=True)
class Resolver:
    """The machine's own name servers. Safe to use from several threads."""

    resolver: dns.resolver.Resolver

    def until(self, deadline: float) -> Lookup:
        """A way of asking that gives up at `deadline` (of `time.monotonic`)."""

        def ask(name: str, kind: str) -> list[Value]:
            return _ask(self.resolver, name, kind, deadline - time.monotonic())

        return ask


@cache
def resolver() -> Resolver:
    """The resolver of this process, with its cache."""
    try:
        asked = dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration:
        asked = dns.resolver.Resolver(configure=False)
    asked.cache = dns.resolver.LRUCache(10_000)
    asked.timeout = 2.0
    return Resolver(asked)


def _ask(asked: dns.resolver.Resolver, name: str, kind: str, seconds: float) -> list[Value]:
    if seconds <= 0:
        raise Temporary("the time is up")
    try:
        answer = asked.resolve(name, kind, lifetime=min(seconds, 5.0), search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.name.EmptyLabel, LabelTooLong, NameTooLong, UnicodeError):
        return []  # such a name cannot exist
    except dns.exception.DNSException as error:
        raise Temporary(type(error).__name__) from error
    return [_READ[kind](record) for record in answer]


_READ: dict[str, Callable[..., Value]] = {
    "A": lambda record: str(record.address),
    "AAAA": lambda record: str(record.address),
    "PTR": lambda record: str(record.target.to_text(True)),
    "MX": lambda record: (int(record.preference), str(record.exchange.to_text(True))),
    "TXT": lambda record: tuple(record.strings),
}
