"""The verb that makes mails a conversation of their own, with the customer whose they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import insert, literal, select

from inbox.desk.belong import divide, take_along
from inbox.desk.carry import Entry, Move, entries_of
from inbox.desk.customer import customer_with
from inbox.desk.subjects import indexed
from inbox.errors import Invalid
from inbox.mail.header_values import is_sendable
from inbox.mail.thread_index import new_root
from inbox.model.actor import Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import alone, lock
from inbox.store.tables import Conversation, ConversationMailbox
from inbox.threading.subject import base_subject


async def split(
    db: Writer,
    conversation_id: int,
    message_id: int,
    *,
    following: bool,
    by: Actor,
    now: datetime,
    secret: bytes,
    rng: Callable[[int], bytes] = token_bytes,
) -> tuple[Conversation, int]:
    """Take a mail out, with our answers to it or with all that came after it.

    The author of the first mail is the new conversation's customer; the former one has no part in
    it. Later answers follow the mails. Returns the new conversation and the event's id. Raises
    Invalid when nothing would stay or nobody outside wrote any of it, NotFound.
    """
    await alone(db)
    source = await lock(db, conversation_id)
    entries = await entries_of(db, source.id)
    wanted = [message_id]
    if following:
        places = [one.id for one in entries]
        wanted = places[places.index(message_id) :] if message_id in places else []
    going, staying = divide(entries, wanted)
    if not staying:
        raise Invalid(Refusal.NOTHING_ELSE)
    target = await _open(db, source, going, now, rng)
    move = Move(
        source=source, target=target, going=going, staying=staying, by=by, now=now, how="split"
    )
    event_id = await take_along(db, move, EventName.CONVERSATION_SPLIT, secret=secret)
    return await lock(db, target.id), event_id


async def _open(
    db: Writer,
    source: Conversation,
    going: Sequence[Entry],
    now: datetime,
    rng: Callable[[int], bytes],
) -> Conversation:
    person, first = _customer(going), going[0]
    root = new_root(now, rng(16))
    opened = Conversation(
        mailbox_id=source.mailbox_id,
        customer_id=await customer_with(db, person.address, person.name, now=now),
        subject=first.subject,
        base_subject=indexed(base_subject(first.subject).text),
        status=Status.OPEN,
        assignee_id=source.assignee_id,
        last_message_at=first.received_at,
        thread_root=root,
        thread_index=root,
        refers_to=source.id,
        created_at=now,
    )
    db.add(opened)
    await db.flush()
    # Whoever could read the mails where they were, can where they are.
    also = select(literal(opened.id), ConversationMailbox.mailbox_id).where(
        ConversationMailbox.conversation_id == source.id
    )
    await db.execute(
        insert(ConversationMailbox).from_select(["conversation_id", "mailbox_id"], also)
    )
    return opened


def _customer(going: Sequence[Entry]) -> Address:
    """Who wrote the first of them; where only we wrote, to whom."""
    for kind in (MessageKind.MAIL, MessageKind.AUTO):
        for one in going:
            is_theirs = one.kind == kind and one.author_kind == ActorKind.CUSTOMER
            if is_theirs and is_sendable(one.author_address):
                return Address(name=one.author_name, address=one.author_address)
    for one in going:
        if one.kind == MessageKind.REPLY and one.to:
            to = one.to[0]
            return Address(name=to.get("name", ""), address=normalize(to.get("address", "")))
    raise Invalid(Refusal.NOBODY_OUTSIDE)
