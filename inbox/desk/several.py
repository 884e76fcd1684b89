"""One verb for several conversations: each by itself, so that one that refuses stops no other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select

from inbox.auth.permissions import Permission, may
from inbox.desk.assign import assign
from inbox.desk.finish import NOTHING_MORE, Ending, finish
from inbox.desk.mark import prioritize, tag
from inbox.desk.merge import merge
from inbox.desk.move import move
from inbox.desk.rest import snooze, wait
from inbox.desk.spam import mark_spam
from inbox.errors import Conflict, Forbidden, InboxError, Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from inbox.model.viewer import Viewer
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible, visible_to
from inbox.store.engine import RECORDED, Writer
from inbox.store.tables import Agent, Conversation, Event

MOST: Final = 100  # at once


class Verb(StrEnum):
    """What can be done to several at once."""

    CLOSE = "close"
    ASSIGN = "assign"
    TAG = "tag"
    PRIORITY = "priority"
    WAIT = "wait"
    SNOOZE = "snooze"
    MOVE = "move"
    SPAM = "spam"
    MERGE = "merge"  # all into the one that is there longest


ASKS_FOR: Final[Mapping[Verb, Permission]] = {
    Verb.CLOSE: Permission.CLOSE,
    Verb.WAIT: Permission.REST,
    Verb.SNOOZE: Permission.REST,
    Verb.SPAM: Permission.CORRECT,
    Verb.MERGE: Permission.CORRECT,
} | dict.fromkeys((Verb.ASSIGN, Verb.TAG, Verb.PRIORITY, Verb.MOVE), Permission.ASSIGN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is to be done to each, with what the verb needs."""

    verb: Verb
    agent_id: int | None = None  # nobody
    tags: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    until: datetime | None = None
    mailbox_id: int = 0
    ending: Ending = NOTHING_MORE  # what is said with closing; whoever has one of them keeps it


@dataclass(slots=True, kw_only=True)
class Done:
    """What came of it: events by which it is undone, and why something was not done."""

    changed: int = 0
    events: list[int] = field(default_factory=list)
    refused: dict[int, InboxError] = field(default_factory=dict)


async def _close(db: Writer, one: int, deed: Deed, by: Actor, now: datetime) -> None:
    home = await db.get_one(Conversation, one)
    ending = replace(deed.ending, assignee_id=home.assignee_id or deed.agent_id)
    await finish(db, one, ending, by=await db.get_one(Agent, by.id), now=now)


_Do = Callable[[Writer, int, Deed, Actor, datetime], Awaitable[object]]
_DO: Final[Mapping[Verb, _Do]] = {
    Verb.CLOSE: _close,
    Verb.ASSIGN: lambda db, one, deed, by, now: assign(db, one, deed.agent_id, by=by, now=now),
    Verb.TAG: lambda db, one, deed, by, now: tag(db, one, add=deed.tags, by=by, now=now),
    Verb.PRIORITY: lambda db, one, deed, by, now: prioritize(db, one, deed.urgency, by=by, now=now),
    Verb.WAIT: lambda db, one, deed, by, now: wait(db, one, deed.until, by=by, now=now),
    Verb.SNOOZE: lambda db, one, deed, by, now: snooze(db, one, deed.until or now, by=by, now=now),
    Verb.MOVE: lambda db, one, deed, by, now: move(db, one, deed.mailbox_id, by=by, now=now),
    Verb.SPAM: lambda db, one, _deed, by, now: mark_spam(db, one, by=by, now=now),
}


async def do_to_each(
    db: Writer,
    viewer: Viewer,
    wanted: Iterable[int],
    deed: Deed,
    *,
    now: datetime,
    passes_over: bool = False,
) -> Done:
    """Do it to each of these, and say what was refused of which.

    Raises NotFound where one does not exist for this person, and then nothing is done, unless it
    `passes_over` what is gone, which is refused then like anything else; Forbidden; Invalid for too
    many.
    """
    if not may(viewer, ASKS_FOR[deed.verb]):
        raise Forbidden
    # In the order of their numbers, so that two who change the same ones never wait for each other.
    ids = sorted(set(wanted))
    if len(ids) > MOST:
        raise Invalid(Refusal.TOO_MANY_MARKED, most=MOST)
    done = Done()
    for one in ids:
        try:
            await get_visible(db, viewer, one)
        except NotFound as error:
            if not passes_over:
                raise
            done.refused[one] = error
    ids = [one for one in ids if one not in done.refused]
    by = Actor.agent(viewer.id, viewer.name)
    if deed.verb is Verb.MERGE:
        await _merge_all(db, ids, done, by, now)
    else:
        for one in ids:
            await _one(db, done, one, _DO[deed.verb](db, one, deed, by, now))
    done.events = await _undoable(db, viewer, done.events)
    return done


async def _merge_all(db: Writer, ids: list[int], done: Done, by: Actor, now: datetime) -> None:
    if len(ids) < 2:
        raise Invalid(Refusal.NOTHING_MARKED)
    oldest = select(Conversation.id).where(Conversation.id.in_(ids))
    into = await db.scalar(oldest.order_by(Conversation.created_at, Conversation.id).limit(1))
    for one in ids:
        if into is not None and one != into:
            await _one(db, done, one, merge(db, into, one, by=by, now=now))


async def _one(db: Writer, done: Done, one: int, deed: Awaitable[object]) -> None:
    db.info.pop(RECORDED, None)
    try:
        async with db.begin_nested():
            await deed
    except (Conflict, Forbidden, Invalid, NotFound) as error:
        done.refused[one] = error
        return
    if (event := db.info.get(RECORDED)) is not None:
        done.changed += 1
        done.events.append(event)


async def _undoable(db: Writer, viewer: Viewer, events: list[int]) -> list[int]:
    """But for what went to mailboxes of others: it is theirs to give back."""
    seen = select(Event.id).join(Conversation, Conversation.id == Event.conversation_id)
    found = await db.scalars(seen.where(Event.id.in_(events), visible_to(viewer)))
    return sorted(found)
