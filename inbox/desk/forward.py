"""The verbs that ask somebody outside: a mail is passed on, and their answer answered.

Whoever is asked gets that one mail and what is written to them, in a thread of their own; nothing
that the customer writes later, no comment, not the customer's address. What they say comes into the
conversation for us alone. Nobody takes the customer's place. Raises Conflict, Invalid, NotFound,
and Leaking for a file of the customer's with which others could speak in our name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from inbox.desk.answer import Answer
from inbox.desk.answered import Source, reply_to_of
from inbox.desk.draw_in import draw_in_copied, outside_of
from inbox.desk.entry import Entry, add_entry, clean_words, count_note, same_entry, storable
from inbox.desk.forward_mail import passed_files
from inbox.desk.leaking import refuse_keys
from inbox.desk.leaves import leaves_at
from inbox.desk.letterhead import letterhead
from inbox.desk.participants import ASKED
from inbox.desk.passable import is_passable, newest_passable
from inbox.desk.recipients import addressed
from inbox.desk.record import record
from inbox.desk.signed_with import signed_with
from inbox.desk.standing import standing, written
from inbox.desk.subjects import reply_subject, topic
from inbox.errors import Invalid, NotFound
from inbox.jobs.registry import Context
from inbox.mail.header_values import is_sendable
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import find_token
from inbox.model.actor import Actor
from inbox.model.address import Address, base_address, normalize
from inbox.model.conversation import MessageKind, Visibility
from inbox.model.event import EventName
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.outbound.scrub import scrubbed
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.people import ours_among, own_addresses
from inbox.store.tables import (
    Agent,
    Conversation,
    CustomerAddress,
    File,
    Mailbox,
    Message,
    Participant,
)

_MOST_OCTETS = 24 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """What goes to whom, in which thread."""

    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    bcc: tuple[str, ...] = ()
    mail: Message
    subject: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    passes: bool = False  # the mail goes along, with its files
    drawn_in: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()  # what is taken out of the writer's signature


async def forward(
    db: Writer,
    conversation_id: int,
    words: Answer,
    address: str,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    message_id: int | None = None,
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Pass a mail on, the customer's newest or the given one, with the words above it.

    With all its files, or those that the words name, and, unless the words have `quote` False, with
    what it says. Not to one of us, nor to who takes part already; those of ours on Cc are drawn in.
    It leaves at the words' time, or after the mailbox's `undo_seconds`.
    """
    conversation = await lock(db, conversation_id)
    if there := await same_entry(db, by, words.idempotency):
        return there
    to, *cc = [Address(address=address), *(await outside_of(db, words.cc) or ())]
    people = [await _outsider(db, conversation, one) for one in (to, *cc)]
    hidden = [await _outsider(db, conversation, Address(address=one)) for one in words.bcc]
    mail = await _passed(db, conversation, message_id)
    (first, _), *others = people
    letter = _Letter(
        to=(first,),
        cc=tuple(one for one, _ in others),
        bcc=tuple(one.address for one, _ in hidden),
        mail=mail,
        subject=f"Fwd: {topic(mail.subject)}".strip(),
        passes=True,
        drawn_in=tuple(new for _, made in (*people, *hidden) for new in made),
    )
    return await _send(db, conversation, words, letter, by, now, context, rng)


async def answer_asked(
    db: Writer,
    conversation_id: int,
    words: Answer,
    message_id: int,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Answer a mail of somebody who was asked: to them alone, in their thread."""
    conversation = await lock(db, conversation_id)
    if there := await same_entry(db, by, words.idempotency):
        return there
    clean_words(words.text, words.files)
    mail = await _theirs(db, conversation, message_id)
    letter = _Letter(
        to=await _asked(db, conversation, mail),
        mail=mail,
        subject=reply_subject(mail.subject),
        in_reply_to=mail.message_id,
        references=(*mail.references, mail.message_id),
    )
    return await _send(db, conversation, words, letter, by, now, context, rng)


async def _send(
    db: Writer,
    conversation: Conversation,
    words: Answer,
    letter: _Letter,
    by: Agent,
    now: datetime,
    context: Context,
    rng: Callable[[int], bytes],
) -> Message:
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    signed = await signed_with(db, words.text, by, context.settings.own_domains)
    people = [*await own_addresses(db, by.id), *signed]
    if letter.passes:
        await _must_fit(db, words, letter.mail)
        await refuse_keys(db, await passed_files(Reader(db), letter.mail, words.passes))
    entry = Entry(
        kind=MessageKind.FORWARD,
        text=scrubbed(_words(words, letter), mailbox.address, people),
        files=words.files,
        to=letter.to,
        cc=letter.cc,
        subject=letter.subject,
        message_id=new_message_id(mailbox.address.rpartition("@")[2], context.secret, rng),
        in_reply_to=letter.in_reply_to,
        references=letter.references,
        spool_id=words.spool_id,
        has_html=words.has_html,
        idempotency=words.idempotency,
    )
    message = await add_entry(db, conversation.id, entry, by=by, now=now, rng=rng)
    leaves = leaves_at(words.at, mailbox.undo_seconds, now=now)
    signing = replace(letter, signed=tuple(signed))
    await _enqueue(db, message, mailbox, signing, by, leaves, context, now, words)
    was = standing(conversation) | {
        "snippet": conversation.snippet,
        "last_message_at": written(conversation.last_message_at),
        "has_files": conversation.has_files,
    }
    count_note(conversation, message)
    conversation.assignee_id = conversation.assignee_id or by.id
    told = await draw_in_copied(db, message, words.cc or (), by=by, now=now)
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_FORWARDED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=message.id,
        payload={
            "via": "mail" if words.spool_id else "web",
            "was": was,
            "drawn_in": list(letter.drawn_in),
            "value": ", ".join(one.address for one in (*letter.to, *letter.cc)),
            **told,
            **({"until": written(words.at)} if words.at else {}),
        },
        tell_at=leaves,
    )
    return message


async def _enqueue(
    db: Writer,
    message: Message,
    mailbox: Mailbox,
    letter: _Letter,
    by: Agent,
    leaves: datetime,
    context: Context,
    now: datetime,
    words: Answer,
) -> None:
    to = (*(one.address for one in (*letter.to, *letter.cc)), *letter.bcc)
    mail = NewMail(
        kind="forward",
        recipients=tuple(dict.fromkeys(to)),
        header_id=message.message_id,
        sender=mailbox.address,
        mailbox_id=mailbox.id,
        conversation_id=message.conversation_id,
        message_id=message.id,
        agent_id=by.id,
        draft={
            **letterhead(mailbox, by),
            "mail": letter.mail.id,
            "passes": letter.passes,
            "later": words.at is not None,
            "signed": letter.signed,
            **({} if words.passes is None else {"files": list(words.passes)}),
            **({"quotes": False} if words.quote is False else {}),
            **({"html": words.html} if words.html else {}),
            **({"source": words.source, "markdown": words.is_markdown} if words.source else {}),
        },
        run_at=leaves,
    )
    if await enqueue_mail(db, mail, context.settings, now=now) is None:
        raise NotFound(Refusal.SENT_BEFORE)


async def _outsider(
    db: Writer, conversation: Conversation, given: Address
) -> tuple[Address, tuple[str, ...]]:
    """Whom we ask, taking part from now on as that and no more. Raises Invalid."""
    address = normalize(given.address.strip())
    if not is_sendable(address) or find_token(address):
        raise Invalid(Refusal.NO_MAIL_ADDRESS, address=address[:100])
    if await ours_among(db, [address, base_address(address)]):
        raise Invalid(Refusal.ONE_OF_OURS)
    if address in await _partners(db, conversation):
        raise Invalid(Refusal.TAKES_PART, address=address)
    made = await db.scalars(
        insert(Participant)
        .values(conversation_id=conversation.id, address=address, part=ASKED)
        .on_conflict_do_nothing()
        .returning(Participant.address)
    )
    return Address(name=given.name, address=address), tuple(made)


async def _partners(db: Writer, conversation: Conversation) -> set[str]:
    """The customer, and whoever takes part with them."""
    return set(
        await db.scalars(
            select(CustomerAddress.address)
            .where(CustomerAddress.customer_id == conversation.customer_id)
            .union(
                select(Participant.address).where(
                    Participant.conversation_id == conversation.id, Participant.part != ASKED
                )
            )
        )
    )


async def _asked(db: Writer, conversation: Conversation, mail: Message) -> tuple[Address, ...]:
    """Who answered, or where they want to be answered: never the customer. Raises Invalid."""
    source = Source(message=mail, reply_to=await reply_to_of(db, mail))
    named = [mail.author_address, *(one.address for one in source.reply_to)]
    ours = await ours_among(db, map(normalize, named))
    theirs = ours | await _partners(db, conversation)
    found = addressed(source.answered, lambda one: normalize(one) in theirs, ())
    to = tuple(replace(one, address=normalize(one.address)) for one in found.to)
    if not to or any(one.address in theirs for one in to):
        raise Invalid(Refusal.NOBODY_TO_ANSWER)
    return to


async def _passed(db: Writer, conversation: Conversation, message_id: int | None) -> Message:
    if message_id is None:
        if mail := await newest_passable(db, conversation.id):
            return mail
        raise Invalid(Refusal.NOTHING_TO_FORWARD)
    found = await db.get(Message, message_id)
    if (
        found is None
        or found.conversation_id != conversation.id
        or not await is_passable(db, found)
    ):
        raise NotFound(Refusal.NO_SUCH_MESSAGE)
    return found


async def _theirs(db: Writer, conversation: Conversation, message_id: int) -> Message:
    mail = await db.get(Message, message_id)
    if (
        mail is None
        or mail.conversation_id != conversation.id
        or (mail.kind, mail.visibility) != (MessageKind.MAIL, Visibility.INTERNAL)
    ):
        raise NotFound(Refusal.NO_SUCH_MESSAGE)
    return mail


async def _must_fit(db: Writer, words: Answer, mail: Message) -> None:
    theirs = select(File.size).where(File.message_id == mail.id, File.aside.is_(False))
    if words.passes is not None:
        theirs = theirs.where(File.id.in_(words.passes))
    rows: Sequence[int] = list(await db.scalars(theirs))
    if sum(rows) + sum(one.size for one in words.files) > _MOST_OCTETS:
        raise Invalid(Refusal.FILES_TOO_LARGE)


def _words(words: Answer, letter: _Letter) -> str:
    """What is written above the mail: nothing is enough where it goes along. Raises Invalid."""
    text = storable(words.text)
    has_mail = letter.passes and (words.quote is not False or bool(words.passes))
    return clean_words(text, words.files) if text.strip() or not has_mail else ""
