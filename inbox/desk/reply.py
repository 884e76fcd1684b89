"""The verb that answers a customer.

The answer's message, its outgoing mail and its event are one transaction: what is shown as sent is
in the queue, and what is in the queue is shown. Raises Conflict, Invalid, NotFound.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any, Literal

from inbox.desk.answer import Answer
from inbox.desk.answered import (
    conversation_ids,
    find_source,
    hidden_of,
    opening_source,
    recipients_of,
)
from inbox.desk.collision import refuse_if_moved_on
from inbox.desk.draw_in import draw_in_copied, outside_of
from inbox.desk.entry import Entry, add_entry, clean_words, same_entry
from inbox.desk.letterhead import letterhead
from inbox.desk.participants import add_participants
from inbox.desk.recipients import Addressed
from inbox.desk.record import record
from inbox.desk.sender import sender_of
from inbox.desk.signed_with import signed_with
from inbox.desk.snippet import snippet
from inbox.desk.standing import standing, written
from inbox.desk.tokens import grant_customer
from inbox.errors import Invalid, NotFound
from inbox.jobs.registry import Context
from inbox.mail.ids import new_message_id
from inbox.model.actor import Actor
from inbox.model.conversation import MessageKind, Status
from inbox.model.event import EventName
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.outbound.scrub import scrubbed
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.people import own_addresses
from inbox.store.tables import Agent, Conversation, Mailbox, Message

Via = Literal["web", "mail", "later"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An answer as it would be sent: its entry, and what its mail keeps in its row."""

    mailbox: Mailbox
    sender: str
    addressed: Addressed
    entry: Entry
    draft: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An answer that was put on its way, and how things stood before it."""

    message: Message
    leaves_at: datetime
    payload: dict[str, Any]


async def reply(
    db: Writer,
    conversation_id: int,
    answer: Answer,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    expected_last_event: int | None = None,
    via: Via = "web",
    rng: Callable[[int], bytes] = token_bytes,
) -> Message:
    """Answer the customer in their thread, from the mailbox, in the name of `by`.

    It leaves after the mailbox's `undo_seconds`. The same `idempotency` again gives the same
    message. A conversation that nobody has becomes theirs. Raises Conflict where others said
    something after `expected_last_event`.
    """
    conversation = await lock(db, conversation_id)
    if there := await same_entry(db, by, answer.idempotency):
        return there
    await refuse_if_moved_on(db, conversation, expected_last_event, by)
    published = await publish(
        db, conversation, answer, by=by, now=now, context=context, via=via, rng=rng
    )
    await record(
        db,
        conversation.id,
        EventName.MESSAGE_REPLIED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=published.message.id,
        payload=published.payload,
        # Nobody is told of what may still be taken back.
        tell_at=published.leaves_at,
    )
    return published.message


async def publish(
    db: Writer,
    conversation: Conversation,
    answer: Answer,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    via: Via,
    rng: Callable[[int], bytes] = token_bytes,
) -> Published:
    """Everything of an answer but its event. The conversation is locked already."""
    made = await prepare(db, conversation, answer, by=by, context=context, rng=rng)
    people = (*made.addressed.to, *made.addressed.cc)
    drawn_in = await add_participants(db, conversation.id, people)
    message = await add_entry(db, conversation.id, made.entry, by=by, now=now, rng=rng)
    leaves_at = now + timedelta(seconds=made.mailbox.undo_seconds)
    await _send(db, message, made, by, now, leaves_at, context)
    was = _take_turn(conversation, message, by, now)
    payload = {"via": via, "was": was, "drawn_in": drawn_in}
    payload |= await draw_in_copied(db, message, answer.cc or (), by=by, now=now)
    return Published(message=message, leaves_at=leaves_at, payload=payload)


async def prepare(
    db: Reader | Writer,
    conversation: Conversation,
    answer: Answer,
    *,
    by: Agent,
    context: Context,
    rng: Callable[[int], bytes] = token_bytes,
) -> Prepared:
    """What would be sent, and to whom; nothing is changed. Raises Invalid, NotFound."""
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    if answer.opening:
        source = opening_source(answer.opening)
    else:
        source = await find_source(db, conversation, answer.in_reply_to_message)
    cc = await outside_of(db, answer.cc)
    addressed = await recipients_of(db, conversation, source, cc)
    if not addressed.to:
        raise Invalid(Refusal.NO_ADDRESS)
    addressed = replace(addressed, bcc=await hidden_of(db, answer.bcc, addressed))
    sender, letterhead_of = await sender_of(db, mailbox, answer.sender, by)
    signed = await signed_with(db, answer.text, by, context.settings.own_domains)
    people = [*await own_addresses(db, by.id), *signed]
    entry = Entry(
        kind=MessageKind.REPLY,
        text=scrubbed(clean_words(answer.text, answer.files), sender, people),
        files=answer.files,
        to=addressed.to,
        cc=addressed.cc,
        subject=source.subject,
        message_id=new_message_id(sender.rpartition("@")[2], context.secret, rng),
        in_reply_to=source.message.message_id,
        references=await conversation_ids(db, conversation.id, source.message),
        spool_id=answer.spool_id,
        has_html=answer.has_html,
        idempotency=answer.idempotency,
    )
    draft = {
        **letterhead(letterhead_of, by, source.message.language),
        "address": sender,
        "answers": source.quoted if _quotes(answer, mailbox) else None,
        "token": mailbox.customer_token,
        **({"signed": signed} if signed else {}),
        **({"html": answer.html} if answer.html else {}),
        **({"source": answer.source, "markdown": answer.is_markdown} if answer.source else {}),
    }
    return Prepared(mailbox=mailbox, sender=sender, addressed=addressed, entry=entry, draft=draft)


def _quotes(answer: Answer, mailbox: Mailbox) -> bool:
    return mailbox.quotes if answer.quote is None else answer.quote


async def _send(
    db: Writer,
    message: Message,
    made: Prepared,
    by: Agent,
    now: datetime,
    leaves_at: datetime,
    context: Context,
) -> None:
    mailbox, addressed = made.mailbox, made.addressed
    if mailbox.customer_token:
        address = addressed.to[0].address
        await grant_customer(db, context.secret, message, address=address, now=now)
    mail = NewMail(
        kind="reply",
        recipients=(*(one.address for one in (*addressed.to, *addressed.cc)), *addressed.bcc),
        header_id=message.message_id,
        sender=made.sender,
        mailbox_id=mailbox.id,
        conversation_id=message.conversation_id,
        message_id=message.id,
        agent_id=by.id,
        draft=made.draft,
        run_at=leaves_at,
    )
    if await enqueue_mail(db, mail, context.settings, now=now) is None:
        raise NotFound(Refusal.SENT_BEFORE)


def _take_turn(
    conversation: Conversation, message: Message, by: Agent, now: datetime
) -> dict[str, Any]:
    """Now it is the customer's turn; returns how things stood, so that it can be undone."""
    was = standing(conversation) | {
        "snippet": conversation.snippet,
        "last_message_at": written(conversation.last_message_at),
        "has_files": conversation.has_files,
    }
    if conversation.status == Status.SNOOZED:
        conversation.returns_at = None
    conversation.status = Status.WAITING
    conversation.assignee_id = conversation.assignee_id or by.id
    conversation.waiting_since = conversation.closed_at = conversation.promised_until = None
    conversation.snippet = snippet(message.text)
    conversation.last_message_at = now
    conversation.message_count += 1
    return was
