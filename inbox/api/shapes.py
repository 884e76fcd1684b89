"""What the API gives, field by field; a field that is here stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, Field

from inbox.model.marks import Urgency
from inbox.model.satisfaction import Rated, Rating
from inbox.store.identity import KnownAddress
from inbox.store.listed import Listed
from inbox.store.tables import (
    Agent,
    Conversation,
    CustomerMerge,
    CustomerNote,
    Mailbox,
    Message,
)

Item = TypeVar("Item", bound=BaseModel)


class Page(BaseModel, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next: str | None = Field(
        default=None, description="The `cursor` of the part after this one; null at the end"
    )


class Person(BaseModel):
    """Somebody with an address."""

    name: str
    address: str


class MailboxOut(BaseModel):
    """A department."""

    id: int
    name: str
    address: str
    language: str
    time_zone: str

    @classmethod
    def of(cls, row: Mailbox) -> MailboxOut:
        return cls(
            id=row.id,
            name=row.name,
            address=row.address,
            language=row.language,
            time_zone=row.time_zone,
        )


class AgentOut(BaseModel):
    """One of us."""

    id: int
    name: str


class CustomerRef(BaseModel):
    """Whose a conversation is."""

    id: int
    name: str
    address: str


class ConversationOut(BaseModel):
    """A conversation as lists show it."""

    id: int
    mailbox: int
    subject: str
    state: str = Field(
        description="open (our turn), waiting (the customer's), snoozed, closed, spam"
    )
    customer: CustomerRef
    assignee: AgentOut | None
    snippet: str
    messages: int
    has_files: bool
    last_message_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None = Field(description="By when the next thing of it is due, see `due`")
    due: str = Field(description="first_answer, next_answer, solution, promise, or nothing")
    returns_at: datetime | None = Field(
        description="When it is our turn again, of one that waits or is snoozed"
    )
    priority: str = Field(description="low, normal, high, urgent")
    tags: list[str]
    last_event: int = Field(description="Changes with everything that happens; see `expected`")

    @classmethod
    def of(cls, row: Listed) -> ConversationOut:
        assignee = AgentOut(id=row.assignee_id, name=row.assignee) if row.assignee_id else None
        return cls(
            id=row.id,
            mailbox=row.mailbox_id,
            subject=row.subject,
            state=row.status,
            customer=CustomerRef(id=row.customer_id, name=row.customer, address=row.address),
            assignee=assignee,
            snippet=row.snippet,
            messages=row.message_count,
            has_files=row.has_files,
            last_message_at=row.last_message_at,
            waiting_since=row.waiting_since,
            due_at=row.due_at,
            due=row.due,
            returns_at=row.returns_at,
            priority=Urgency(row.priority).word,
            tags=list(row.tags),
            last_event=row.last_event_id,
        )


class RatingOut(BaseModel):
    """What the customer says of our help."""

    rated: Rated
    words: str = Field(description="A sentence of theirs beside it, or nothing")
    at: datetime


class ConversationWhole(ConversationOut):
    """One conversation with all that is known of it but its messages."""

    created_at: datetime
    closed_at: datetime | None
    also_in: list[int] = Field(description="Further mailboxes of yours that see it")
    refers_to: int | None = Field(description="The conversation that it continues or came out of")
    participants: list[Person] = Field(description="Who takes part besides the customer")
    promised_until: datetime | None = Field(description="By when whoever has it answers")
    category: str = Field(description="What it was about")
    solution: str = Field(description="And how it ended")
    rating: RatingOut | None = Field(description="What the customer says of our help")

    @classmethod
    def whole(
        cls,
        found: Conversation,
        *,
        customer: CustomerRef,
        assignee: Agent | None,
        also_in: Sequence[int],
        refers_to: int | None,
        participants: Sequence[Person],
        rating: Rating | None,
    ) -> ConversationWhole:
        return cls(
            id=found.id,
            mailbox=found.mailbox_id,
            subject=found.subject,
            state=found.status,
            customer=customer,
            assignee=AgentOut(id=assignee.id, name=assignee.name) if assignee else None,
            snippet=found.snippet,
            messages=found.message_count,
            has_files=found.has_files,
            last_message_at=found.last_message_at,
            waiting_since=found.waiting_since,
            due_at=found.due_at,
            due=found.due,
            returns_at=found.returns_at,
            priority=Urgency(found.priority).word,
            tags=list(found.tags),
            last_event=found.last_event_id,
            created_at=found.created_at,
            closed_at=found.closed_at,
            also_in=list(also_in),
            refers_to=refers_to,
            participants=list(participants),
            promised_until=found.promised_until,
            category=found.category,
            solution=found.solution,
            rating=RatingOut(rated=rating.rated, words=rating.words, at=rating.at)
            if rating
            else None,
        )


class Proved(BaseModel):
    """What was found out about who really sent a mail."""

    spf: str
    dkim: str
    dmarc: str = Field(description="pass, fail, none or temperror, for the domain of From")


class MessageOut(BaseModel):
    """An entry of a conversation."""

    id: int
    conversation: int
    kind: str = Field(
        description="mail, reply (ours), note, auto, held (an answer not sent yet), forward (ours, "
        "to somebody outside whom the customer does not know of)"
    )
    is_public: bool = Field(description="False for what the customer never sees")
    author: Person
    author_kind: str = Field(description="customer (or somebody else outside), agent, system")
    to: list[Person]
    cc: list[Person]
    subject: str
    text: str = Field(description="The person's own words")
    quoted: str = Field(description="What they quote, and their signature")
    message_id: str
    received_at: datetime
    proof: Proved | None = Field(description="Null for what did not come by mail")

    @classmethod
    def of(cls, row: Message) -> MessageOut:
        proof = row.proof
        return cls(
            id=row.id,
            conversation=row.conversation_id,
            kind=row.kind,
            is_public=row.visibility == "public",
            author=Person(name=row.author_name, address=row.author_address),
            author_kind=row.author_kind,
            to=people(row.to),
            cc=people(row.cc),
            subject=row.subject,
            text=row.text,
            quoted=row.quoted,
            message_id=row.message_id,
            received_at=row.received_at,
            proof=Proved(**{name: str(proof.get(name, "none")) for name in Proved.model_fields})
            if proof
            else None,
        )


class AddressOut(BaseModel):
    """An address of a customer, and how it became known."""

    address: str
    evidence: str = Field(
        description="from: they wrote from there; told: an agent said so; same_name: somebody of "
        "their organisation answered under their name; reply_to: they asked for answers there; "
        "answered: they asked for answers there, and answered from there"
    )
    message: int | None = Field(description="The message that it was learned from")
    told_by: int | None = Field(description="The agent who said so")
    since: datetime

    @classmethod
    def of(cls, row: KnownAddress, shown: bool) -> AddressOut:
        return cls(
            address=row.address,
            evidence=row.evidence,
            message=row.message_id if shown else None,
            told_by=row.agent_id,
            since=row.created_at,
        )


class CustomerMergeOut(BaseModel):
    """A merge with another customer that can be taken back."""

    id: int
    addresses: list[str]
    at: datetime

    @classmethod
    def of(cls, row: CustomerMerge) -> CustomerMergeOut:
        return cls(id=row.id, addresses=row.addresses, at=row.created_at)


class CustomerOut(BaseModel):
    """A customer."""

    id: int
    name: str
    addresses: list[AddressOut]
    organisations: list[str]
    phones: list[str]
    merges: list[CustomerMergeOut]
    conversations: list[int] = Field(description="Of those that exist for you, the newest")


class Corrected(BaseModel):
    """A correction that was made."""

    conversation: int = Field(description="Where to look now")
    correction: int | None = Field(
        description="By this number it is taken back; null where nothing had to be changed"
    )


class CorrectionOut(BaseModel):
    """A correction in the past of a conversation."""

    correction: int = Field(description="By this number it is taken back, if it still stands")
    name: str
    by: str
    at: datetime
    to: int | None = Field(description="Where the mails went; null where it does not exist for you")
    undoes: int | None = Field(None, description="The correction that was taken back by this one")


class CustomersMerged(BaseModel):
    """Two customers are one."""

    customer: int
    merge: int | None = Field(description="By this number it is taken back")


def people(rows: Iterable[dict[str, str]]) -> list[Person]:
    """Names and addresses as they are stored."""
    return [Person(name=one.get("name", ""), address=one.get("address", "")) for one in rows]


class CustomerNoteOut(BaseModel):
    """What one of us noted about a customer."""

    id: int
    by: str
    at: datetime
    text: str

    @classmethod
    def of(cls, row: CustomerNote) -> CustomerNoteOut:
        return cls(id=row.id, by=row.agent_name, at=row.created_at, text=row.text)
