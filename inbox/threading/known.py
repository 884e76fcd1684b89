"""What the store knows that bears on a mail: the only thing the decision asks of the outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from inbox.model.conversation import Status
from inbox.threading.above import Said


class Found(StrEnum):
    """By which clue a conversation was found."""

    IDENTITY = "identity"  # the very same mail is stored: key = clues.identity
    TOKEN = "token"  # noqa: S105 - a name; key = token hash
    ID = "id"  # key = id_hash of one of clues.id_hashes
    ROOT = "root"  # key = clues.thread_root
    CUSTOMER = "customer"  # a conversation of which the author is the customer or takes part in
    ORGANISATION = "organisation"  # one whose customer has an address at clues.organisation
    SUBJECT = "subject"  # one of the same subject, whoever takes part in it; key = of a later one
    SERIES = "series"  # one that has parts of the same whole; key = of the whole, or of the part


class How(StrEnum):
    """What an id is to a conversation (the column of `message_ref`)."""

    OURS = "ours"  # a mail of ours has it
    KNOWN = "known"  # a stored mail of somebody else has it
    SIBLING = "sibling"  # a stored mail refers to it, and none has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What counts about a candidate. Addresses are in the form of `normalize`."""

    id: int  # merges followed
    mailbox_id: int
    status: Status
    customer: frozenset[str]  # all known addresses of the customer
    participants: frozenset[str] = frozenset()  # others in To, Cc and From of its mails
    base_subject: str = ""
    last_message_at: datetime
    closed_at: datetime | None = None
    texts: tuple[str, ...] = ()  # our newest public words there, to hold quotes against
    words: tuple[str, ...] = ()  # everybody's
    requoted: tuple[str, ...] = ()  # what each of these quotes itself
    said: tuple[Said, ...] = ()  # its newest mails: by whom, when


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One clue that led to one conversation."""

    found: Found
    conversation_id: int
    key: bytes = b""
    how: How | None = None  # of an id
    is_barred: bool = False  # somebody took a mail with this id out of the conversation
    purpose: str = ""  # of a token: notice, release, customer
    is_valid: bool = True  # of a token: neither expired nor revoked


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything found for a mail's clues. One statement can fill it, a row a hit:

    `found`, `key`, `how`, `is_barred`, `purpose`, `is_valid` (the columns of `Hit`; null where they
    do not apply), then the conversation's after following `merged_into`: `id`, `mailbox_id`,
    `status`, `base_subject`, `last_message_at`, `closed_at`, `customer` (array of
    customer_address.address), `participants` (array of participant.address), `texts` (array of
    its newest public replies of ours, up to five), `words` and `requoted` (of its newest public
    mails and replies, up to eight) and `said` (of those of up to thirty whose minute the mail may
    name; all four only where the mail quotes something).

    It is a union of: message by identity; reply_token by token_hash = any(token_hashes);
    message_ref by id_hash = any(id_hashes); conversation by thread_root or the first 22 bytes of
    thread_index; and the newest 20 conversations in which clues.author is a customer's address or
    a participant and that had a message within policy.subject_days; likewise those under the base
    subject, where that is telling and an answer's, and by message_ref those under clues.topics;
    and, where something is quoted or numbered, those whose customer has an address at
    clues.organisation.
    """

    hits: tuple[Hit, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    author_is_ours: bool = False  # clues.author is an agent's address
    _by_id: dict[int, Conversation] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _by_found: dict[Found, list[Hit]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._by_id.update((one.id, one) for one in self.conversations)
        for hit in self.hits:
            if hit.conversation_id in self._by_id:
                self._by_found.setdefault(hit.found, []).append(hit)

    def of(self, found: Found, keys: Iterable[bytes] | None = None) -> Iterator[Hit]:
        """The hits of a kind whose conversation is known, in the order of `keys`."""
        hits = self._by_found.get(found, [])
        if keys is None:
            yield from hits
            return
        for key in keys:
            yield from (one for one in hits if one.key == key)

    def conversation(self, conversation_id: int) -> Conversation:
        """The candidate; raises KeyError for one that was not found."""
        return self._by_id[conversation_id]
