"""The verb that says to which conversation a mail belongs, when it came to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from inbox.desk.carry import Entry, Move, addresses_of, carry, entries_of
from inbox.desk.customer import customer_with
from inbox.desk.merge import merge
from inbox.desk.record import record
from inbox.desk.recount import recount
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind, MessageKind
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import alone, lock
from inbox.store.tables import Conversation


async def belong(
    db: Writer,
    messages: Sequence[int],
    source: int,
    target: int,
    *,
    by: Actor,
    now: datetime,
    secret: bytes,
) -> int:
    """Move mails, and our answers to them, to where they belong; returns the event's id.

    What has nothing else in it is merged. Later answers follow; the ids of these mails stay out of
    the conversation that they left. Raises NotFound, also when they are elsewhere by now, and
    Invalid where they are there already.
    """
    await alone(db)
    for each in sorted((source, target)):
        await lock(db, each)
    here, there = await lock(db, source), await lock(db, target)
    if here.id == there.id:
        raise Invalid(Refusal.HERE_ALREADY)
    going, staying = divide(await entries_of(db, here.id), messages)
    if not staying:
        await merge(db, there.id, here.id, by=by, now=now)
        return (await lock(db, there.id)).last_event_id
    move = Move(
        source=here, target=there, going=going, staying=staying, by=by, now=now, how="moved"
    )
    return await take_along(db, move, EventName.MESSAGE_MOVED, secret=secret)


async def take_along(
    db: Writer, move: Move, name: EventName, *, secret: bytes, **payload: object
) -> int:
    """Carry, count anew on both sides, and record it where the mails were; the event's id."""
    source, target = move.source, move.target
    was = await _right_customer(db, move)
    await carry(db, move, secret=secret)
    await recount(db, source, now=move.now)
    await recount(db, target, now=move.now)
    await db.flush()
    event_id = await record(
        db,
        source.id,
        name,
        by=move.by,
        now=move.now,
        payload={
            "to": target.id,
            "messages": [one.id for one in move.going],
            **({"customer": was} if was else {}),
            **payload,
        },
    )
    # It is news there as well: who has the page open has not read what came.
    await db.execute(
        update(Conversation).where(Conversation.id == target.id).values(last_event_id=event_id)
    )
    return event_id


def divide(entries: Sequence[Entry], wanted: Sequence[int]) -> tuple[list[Entry], list[Entry]]:
    """The wanted entries with all that answers them by a program or by us, and the others.

    Raises NotFound when none is there.
    """
    chosen = {one.id for one in entries if one.id in set(wanted)}
    if not chosen:
        raise NotFound(Refusal.NO_SUCH_MESSAGE)
    ids = {one.message_id for one in entries if one.id in chosen} - {""}
    for one in entries:
        follows = one.kind in (MessageKind.REPLY, MessageKind.AUTO)
        if follows and one.in_reply_to in ids and one.id not in chosen:
            chosen.add(one.id)
            ids |= {one.message_id} - {""}
    going = [one for one in entries if one.id in chosen]
    return going, [one for one in entries if one.id not in chosen]


async def _right_customer(db: Writer, move: Move) -> int | None:
    """Give what stays to whom it is from, when all mails of its customer go; the former one."""
    own = set(await addresses_of(db, move.source.customer_id))
    wrote = [one for one in move.staying if _is_customers(one)]
    if any(one.author_address in own for one in wrote) or not wrote:
        return None
    if not any(_is_customers(one) and one.author_address in own for one in move.going):
        return None
    was, first = move.source.customer_id, wrote[0]
    move.source.customer_id = await customer_with(
        db, first.author_address, first.author_name, now=move.now
    )
    return was


def _is_customers(one: Entry) -> bool:
    is_mail = one.kind == MessageKind.MAIL and one.author_kind == ActorKind.CUSTOMER
    return bool(is_mail and one.author_address)
