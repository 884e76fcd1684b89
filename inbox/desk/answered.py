"""The mail that an answer answers: which it is, who wrote it, and what its thread is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select, tuple_

from inbox.desk.addresses import people_of
from inbox.desk.answer import Opening
from inbox.desk.participants import ASKED
from inbox.desk.recipients import Addressed, Answered, addressed
from inbox.desk.subjects import reply_subject
from inbox.errors import Invalid
from inbox.mail.header_values import is_sendable
from inbox.mail.parse import parse
from inbox.mail.tokens import find_token
from inbox.model.address import Address, base_address, normalize
from inbox.model.conversation import MessageKind, Visibility
from inbox.refusals import Refusal
from inbox.store.arrived import NEWEST_FIRST, place
from inbox.store.engine import Reader, Writer
from inbox.store.objects import Objects
from inbox.store.people import mailboxes_among, ours_among
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, Customer, CustomerAddress, Message, Participant, Spool

_HEADER_OCTETS = 65_536
HEAD = func.coalesce(Spool.head, func.substring(Spool.raw, 1, _HEADER_OCTETS))
_MOST_IDS = 40
_MOST_HIDDEN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The mail that is answered, with what its row does not hold."""

    message: Message
    reply_to: tuple[Address, ...] = ()
    customer: Address | None = None  # where it is a mail of ours, or none at all

    @property
    def subject(self) -> str:
        """Of what answers it."""
        said = self.message.subject
        return reply_subject(said) if self.message.id else " ".join(said.split())

    @property
    def quoted(self) -> int | None:
        """The message that is quoted below the answer: never one of ours."""
        return self.message.id if self.customer is None else None

    @property
    def answered(self) -> Answered:
        """Its addresses, as values."""
        message = self.message
        if self.customer:
            told = (*people_of(message.to), *people_of(message.cc))
            return Answered(author=self.customer, cc=told)
        return Answered(
            author=Address(name=message.author_name, address=message.author_address),
            reply_to=self.reply_to,
            to=people_of(message.to),
            cc=people_of(message.cc),
            is_forged=is_forged(message.proof),
        )


def belongs(conversation: Conversation) -> ColumnElement[bool]:
    """Whether the author of a message takes part in the conversation, as a condition of SQL."""
    return _belongs(conversation.id, conversation.customer_id)


def _belongs(conversation_id: Any, customer_id: Any) -> ColumnElement[bool]:
    return or_(
        exists().where(
            CustomerAddress.customer_id == customer_id,
            CustomerAddress.address == Message.author_address,
        ),
        exists().where(
            Participant.conversation_id == conversation_id,
            Participant.address == Message.author_address,
            # Whom one of us has asked is never answered instead of the customer.
            Participant.part != ASKED,
        ),
    )


_MAILS: Final = (
    select(Message)
    .where(
        Message.conversation_id == bindparam("conversation"),
        Message.kind == MessageKind.MAIL,
        Message.visibility == Visibility.PUBLIC,
        Message.author_address != "",
    )
    .order_by(_belongs(bindparam("conversation"), bindparam("customer")).desc(), *NEWEST_FIRST)
    .limit(1)
)
_NEWEST: Final = Objects(Message, _MAILS)


async def find_source(
    db: Reader | Writer, conversation: Conversation, message_id: int | None = None
) -> Source:
    """The given message, or the newest of somebody who belongs to the conversation.

    Whoever wrote in from an address that nobody knows there gets no answer by default: a person
    reads them first. Raises Invalid when there is nobody to answer.
    """
    about = {"conversation": conversation.id, "customer": conversation.customer_id}
    message = (
        await _NEWEST.first(db, **about)
        if message_id is None
        else await db.scalar(_MAILS.where(Message.id == message_id), about)
    )
    if message is None:
        return await _own_words(db, conversation)
    return Source(message=message, reply_to=await reply_to_of(db, message))


def opening_source(opening: Opening) -> Source:
    """What stands for the mail that is answered where nobody has written yet."""
    message = Message(
        id=0, subject=opening.subject, message_id="", references=[], to=[], cc=[], language=None
    )
    return Source(message=message, customer=opening.to)


async def _own_words(db: Reader | Writer, conversation: Conversation) -> Source:
    """Our own last mail, where the customer has not written yet. Raises Invalid."""
    message = await db.scalar(
        select(Message)
        .where(Message.conversation_id == conversation.id, Message.kind == MessageKind.REPLY)
        .order_by(*NEWEST_FIRST)
        .limit(1)
    )
    found = await db.execute(
        select(CustomerAddress.address, Customer.name)
        .join(Customer, Customer.id == CustomerAddress.customer_id)
        .where(CustomerAddress.customer_id == conversation.customer_id)
        .order_by(CustomerAddress.created_at)
    )
    theirs = {row.address: Address(name=row.name, address=row.address) for row in found}
    if not theirs or "" in theirs:
        raise Invalid(Refusal.NOBODY_TO_ANSWER)
    if message is None:  # the first mail was taken back
        first = next(iter(theirs.values()))
        return opening_source(Opening(to=first, subject=conversation.subject))
    told = [*people_of(message.to), *people_of(message.cc)]
    named = [one for one in told if normalize(one.address) in theirs]
    return Source(message=message, customer=named[0] if named else next(iter(theirs.values())))


async def recipients_of(
    db: Reader | Writer,
    conversation: Conversation,
    source: Source,
    cc: tuple[Address, ...] | None,
) -> Addressed:
    """To whom the answer goes. Raises Invalid for an address in `cc` that cannot be used."""
    if bad := [one.address for one in cc or () if not is_sendable(normalize(one.address))]:
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=bad[0][:100])
    mail = source.answered
    people = [mail.author, *mail.reply_to, *mail.to, *mail.cc, *(cc or ())]
    ours = await ours_among(db, (normalize(one.address) for one in people))

    def is_ours(address: str) -> bool:
        return bool(ours & {normalize(address), base_address(address)})

    if cc is None:
        others = [one for one in (*mail.to, *mail.cc) if not is_ours(one.address)]
        cc = await _taking_part(db, conversation, others) if others else ()
    return addressed(mail, is_ours, cc)


async def hidden_of(db: Reader | Writer, bcc: Sequence[str], told: Addressed) -> tuple[str, ...]:
    """Who gets a copy of which nobody else knows, each once. Raises Invalid for what is no address,
    and for one of a mailbox, where it would come in again.
    """
    wanted = dict.fromkeys(map(normalize, bcc))
    bad = [one for one in wanted if not is_sendable(one) or find_token(one)]
    if bad:
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=bad[0][:100])
    if wanted and (ours := await mailboxes_among(db, wanted)):
        raise Invalid(Refusal.COMES_BACK, address=ours[0])
    seen = {normalize(one.address) for one in (*told.to, *told.cc)}
    if len(wanted) > _MOST_HIDDEN:
        raise Invalid(Refusal.MANY_RECIPIENTS, most=_MOST_HIDDEN)
    return tuple(one for one in wanted if one not in seen)


async def conversation_ids(
    db: Reader | Writer, conversation_id: int, answered: Message
) -> tuple[str, ...]:
    """The thread as the customer's program knows it, oldest first: public mails and what they
    refer to. Ids of notes and of agents' own mails are nobody's business outside.
    """
    rows = await db.scalars(
        select(Message.message_id)
        .where(
            Message.conversation_id == conversation_id,
            Message.visibility == Visibility.PUBLIC,
            place <= tuple_(answered.received_at, answered.id),
            Message.message_id != "",
            # What an agent sent from their own program has an id of their own domain.
            or_(Message.kind == MessageKind.MAIL, Message.spool_id.is_(None)),
        )
        .order_by(*NEWEST_FIRST)
        .limit(_MOST_IDS)
    )
    return (*reversed(list(rows)), *answered.references)


_TAKING_PART: Final = Statement(f"""
select address from participant
 where conversation_id = :conversation and part <> '{ASKED}'
   and address = any(cast(:addresses as text[]))
union select address from customer_address
 where customer_id = :customer and address = any(cast(:addresses as text[]))
""")  # noqa: S608 - a constant


async def _taking_part(
    db: Reader | Writer, conversation: Conversation, people: Iterable[Address]
) -> tuple[Address, ...]:
    """Those of the mail's people who belong to the conversation: its Cc is kept, not believed."""
    by_address = {normalize(one.address): one for one in people}
    rows = await _TAKING_PART.rows(
        db,
        conversation=conversation.id,
        customer=conversation.customer_id,
        addresses=list(by_address),
    )
    known = {row["address"] for row in rows}
    return tuple(person for address, person in by_address.items() if address in known)


async def reply_to_of(db: Reader | Writer, message: Message) -> tuple[Address, ...]:
    """Where the author of a mail wants to be answered, as its header says."""
    if message.spool_id is None:
        return ()
    return reply_to_in(await db.scalar(select(HEAD).where(Spool.id == message.spool_id)))


def reply_to_in(head: bytes | None) -> tuple[Address, ...]:
    """What Reply-To names at the beginning of a mail; nothing is parsed for a mail without it."""
    if not head or b"reply-to" not in head.lower():
        return ()
    return parse(head.partition(b"\r\n\r\n")[0] + b"\r\n\r\n").reply_to


async def elsewhere(
    db: Reader | Writer, author: Address, head: bytes | None, *, is_forged: bool
) -> tuple[Address, ...]:
    """Where an answer to a mail that begins so goes, if not to its author."""
    named = reply_to_in(head)
    if not named:
        return ()
    ours = await ours_among(db, (normalize(one.address) for one in named))
    mail = Answered(author=author, reply_to=named, is_forged=is_forged)
    to = addressed(mail, lambda one: bool(ours & {normalize(one), base_address(one)})).to
    return tuple(one for one in to if one.address != author.address)


def is_proved(proof: Mapping[str, Any]) -> bool:
    """Whether the address of a mail is proved to be its sender's, from the column of its row."""
    return proof.get("dmarc") == "pass" or proof.get("source") == "submission"


def is_forged(proof: Mapping[str, Any]) -> bool:
    """Whether the domain that a mail names says that it is not of it."""
    return proof.get("dmarc") == "fail"
