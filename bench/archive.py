"""A stored archive of any size: a desk's three years of mail, written straight into the tables.

Conversations of five messages (question, answer, question, answer, thanks), a thousand of them
under way at a time. A few customers write much and most write once; ten share a domain, and one
organisation is large. A fifth of the subjects say nothing. The same size gives the same archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import asyncpg

from inbox.threading.references import hash_id
from inbox.threading.subject import base_subject

NOW: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MAILBOX: Final = "support@us.example"
LENGTH: Final = 5  # messages of a conversation
_BLOCK: Final = 1000  # conversations under way at a time
_YEARS: Final = timedelta(days=3 * 365)
_GENERIC: Final = ("Question", "Invoice", "Order", "Problem", "Hello")
_SYLLABLES: Final = ("ka", "ro", "mi", "ten", "sul", "var", "po", "lin", "dge", "sha", "bo", "quer")
_WORDS: Final = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
_TABLES: Final = (
    ("mailbox", ("id", "address", "name", "confirm")),
    ("mailbox_address", ("address", "mailbox_id")),
    ("customer", ("id", "name")),
    ("customer_address", ("address", "customer_id", "organisation")),
    (
        "conversation",
        ("id", "mailbox_id", "customer_id", "subject", "base_subject", "status", "message_count",
         "last_message_at", "closed_at", "thread_root", "thread_index"),
    ),
    (
        "message",
        ("id", "conversation_id", "kind", "visibility", "author_kind", "author_address",
         "message_id", "received_at", "text", "identity"),
    ),
    ("message_ref", ("id_hash", "conversation_id", "how", "message_id")),
    ("participant", ("conversation_id", "address", "part")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Archive:
    """What is in it, by number; nothing is kept in memory."""

    messages: int

    @property
    def conversations(self) -> int:
        """How many there are."""
        return self.messages // LENGTH

    @property
    def customers(self) -> int:
        """How many people have written."""
        return max(1, self.conversations // 3)

    def customer(self, conversation: int) -> int:
        """Who asks in a conversation: the cube makes a few of them write much."""
        part = _mixed(conversation) / 2**32
        return min(self.customers - 1, int(self.customers * part**3))

    def address(self, customer: int) -> str:
        """Their address; every fiftieth is of the large organisation."""
        place = "large" if customer % 50 == 0 else f"firm{customer // 10}"
        return f"person{customer}@{place}.example"

    def at(self, message: int) -> datetime:
        """When it came."""
        return NOW - _YEARS * ((self.messages - message) / self.messages)

    def said(self, conversation: int, place: int) -> str:
        """What is written in a conversation's message."""
        return text(conversation, place)

    def message(self, conversation: int, place: int) -> int:
        """The number of a conversation's message."""
        block, within = divmod(conversation, _BLOCK)
        size = min(_BLOCK, self.conversations - block * _BLOCK)
        return block * _BLOCK * LENGTH + place * size + within

    async def write(self, connection: asyncpg.Connection) -> None:
        """Fill an empty database that has our schema."""
        # As a replica, so that foreign keys are not looked up for each row: they are right.
        await connection.execute("set session_replication_role = replica")
        sources: tuple[Callable[[], Iterator[tuple[Any, ...]]], ...] = (
            lambda: iter([(1, MAILBOX, "Support", "off")]),
            lambda: iter([(MAILBOX, 1)]),
            self._customers,
            self._addresses,
            self._conversations,
            self._messages,
            self._refs,
            self._participants,
        )
        for (table, columns), rows in zip(_TABLES, sources, strict=True):
            await connection.copy_records_to_table(table, records=rows(), columns=columns)
        await connection.execute("set session_replication_role = origin")
        await connection.execute("vacuum analyze")

    def _customers(self) -> Iterator[tuple[Any, ...]]:
        yield from ((n + 1, f"Person {n}") for n in range(self.customers))

    def _addresses(self) -> Iterator[tuple[Any, ...]]:
        for n in range(self.customers):
            address = self.address(n)
            yield address, n + 1, address.partition("@")[2]

    def _conversations(self) -> Iterator[tuple[Any, ...]]:
        for n in range(self.conversations):
            last = self.at(self.message(n, LENGTH - 1))
            is_closed = n % 8 != 0
            title = subject(n)
            yield (
                n + 1,
                1,
                self.customer(n) + 1,
                title,
                base_subject(title).text,
                "closed" if is_closed else "open",
                LENGTH,
                last,
                last if is_closed else None,
                root(n),
                root(n),
            )

    def _messages(self) -> Iterator[tuple[Any, ...]]:
        for n in range(self.conversations):
            address = self.address(self.customer(n))
            for place in range(LENGTH):
                number = self.message(n, place)
                is_ours = place % 2 == 1
                yield (
                    number + 1,
                    n + 1,
                    "reply" if is_ours else "mail",
                    "public",
                    "agent" if is_ours else "customer",
                    MAILBOX if is_ours else address,
                    header_id(n, place),
                    self.at(number),
                    self.said(n, place),
                    sha256(b"%d" % number).digest(),
                )

    def _refs(self) -> Iterator[tuple[Any, ...]]:
        for n in range(self.conversations):
            for place in range(LENGTH):
                how = "ours" if place % 2 else "known"
                yield hash_id(header_id(n, place)), n + 1, how, self.message(n, place) + 1

    def _participants(self) -> Iterator[tuple[Any, ...]]:
        for n in range(0, self.conversations, 3):
            yield n + 1, f"colleague{n}@firm{self.customer(n) // 10}.example", "cc"


def header_id(conversation: int, place: int) -> str:
    """The Message-ID of a stored message."""
    return (
        f"{_mixed(conversation):08x}.{conversation}.{place}@{'us' if place % 2 else 'out'}.example"
    )


def subject(conversation: int) -> str:
    """What a conversation is called; every fifth says nothing."""
    if conversation % 5 == 0:
        return _GENERIC[_mixed(conversation) % len(_GENERIC)]
    return f"{_word(conversation, 1)} {_word(conversation, 2)} {conversation} is late".capitalize()


def root(conversation: int) -> bytes:
    """Its Thread-Index, without the blocks of answers."""
    return b"\x01" + sha256(b"root %d" % conversation).digest()[:21]


def text(conversation: int, place: int) -> str:
    """What is written there: forty words."""
    seed = conversation * LENGTH + place
    lines = (
        " ".join(_word(seed, 8 * line + n) for n in range(8)).capitalize() + "."
        for line in range(5)
    )
    return "\n".join(lines)


def _word(seed: int, n: int) -> str:
    return _WORDS[_mixed(seed * 64 + n) % len(_WORDS)]


def _mixed(number: int) -> int:
    """A number below 2**32 that looks like chance."""
    number = (number ^ 0x9E3779B9) * 0x85EBCA6B & 0xFFFFFFFF
    number = (number ^ number >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    return number ^ number >> 16
