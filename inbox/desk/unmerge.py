"""The verb that parts again what was merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text

from inbox.desk.belong import take_along
from inbox.desk.carry import Entry, Move, addresses_of, entries_of
from inbox.desk.returning import wake_in_time
from inbox.desk.standing import put_back, read
from inbox.errors import Conflict, NotFound
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import alone, lock
from inbox.store.tables import Conversation, Event

_FURTHER = tuple(
    map(
        text,
        (
            "update event set conversation_id = :gone"
            " where id = any(cast(:events as bigint[])) and conversation_id = :into",
            "update conversation set merged_into = :gone"
            " where id = any(cast(:merged as bigint[])) and merged_into = :into",
            "update conversation set refers_to = :gone"
            " where id = any(cast(:referring as bigint[])) and refers_to = :into",
            "delete from conversation_mailbox where conversation_id = :into"
            " and mailbox_id <> all(cast(:mailboxes as bigint[])) and mailbox_id in ("
            " select mailbox_id from conversation_mailbox where conversation_id = :gone"
            " union select mailbox_id from conversation where id = :gone)",
            "delete from barred where conversation_id = :into and encode(id_hash, 'hex')"
            " = any(cast(:barred as text[]))",
        ),
    )
)


async def unmerge(
    db: Writer, conversation_id: int, event_id: int, *, by: Actor, now: datetime, secret: bytes
) -> tuple[Conversation, int]:
    """Undo the merge that this event of the conversation tells of.

    What came since goes to the side that it answers, else to its author's, else it stays. Their
    ids are kept apart from now on. Returns the conversation that is there again, and the event's
    id. Raises Conflict when it was undone already or nothing is left of one side, NotFound.
    """
    await alone(db)
    into = await lock(db, conversation_id)
    event = await _merge_event(db, into, event_id)
    was: Mapping[str, Any] = event.payload["was"]
    gone = await _gone(db, event.payload["merged"], into)
    entries = await entries_of(db, into.id)
    theirs = await _addresses(db, gone, into)
    since = await _since(db, into, event_id)
    going = sides(entries, was["messages"], since, theirs)
    staying = [one for one in entries if one not in going]
    if not (going and staying):
        raise Conflict(Refusal.UNDONE_BEFORE)  # the mails of one side have gone elsewhere since
    await _bring_back(db, into, gone, was)
    move = Move(
        source=into,
        target=gone,
        going=going,
        staying=staying,
        by=by,
        now=now,
        how="unmerged",
        outbound=was["outbound"],
    )
    done = await take_along(
        db, move, EventName.CONVERSATION_UNMERGED, secret=secret, merge=event_id
    )
    if not since:
        put_back(into, was["into"])
        put_back(gone, was["gone"])
    gone.assignee_id = was["gone"]["assignee_id"]
    _take_marks_off(into, gone, was["into"])
    for one in (into, gone):
        await wake_in_time(db, one)
    return gone, done


def _take_marks_off(into: Conversation, gone: Conversation, was: Mapping[str, Any]) -> None:
    """The tags and the urgency that came with the other; what was said since stays."""
    if "tags" not in was:  # merged by an older version
        return
    came = set(gone.tags) - set(was["tags"])
    into.tags = [one for one in into.tags if one not in came]
    if into.priority == gone.priority:
        into.priority = was["priority"]


async def _merge_event(db: Writer, into: Conversation, event_id: int) -> Event:
    event = await db.scalar(
        select(Event).where(
            Event.id == event_id,
            Event.conversation_id == into.id,
            Event.name == EventName.CONVERSATION_MERGED,
        )
    )
    if event is None or "was" not in event.payload:
        raise NotFound(Refusal.NO_SUCH_CORRECTION)
    return event


async def _bring_back(
    db: Writer, into: Conversation, gone: Conversation, was: Mapping[str, Any]
) -> None:
    """Let the conversation stand again, with what it had besides its mails."""
    gone.merged_into = None
    gone.refers_to = was["gone"]["refers_to"]
    gone.status = was["gone"]["status"]
    gone.returns_at = read(was["gone"].get("returns_at"))
    await db.flush()
    lists = {name: was[name] for name in ("events", "merged", "referring", "mailboxes", "barred")}
    for statement in _FURTHER:
        names = {name for name in ("into", "gone", *lists) if f":{name}" in str(statement)}
        values = {**lists, "into": into.id, "gone": gone.id}
        await db.execute(statement, {name: values[name] for name in names})


async def _gone(db: Writer, conversation_id: int, into: Conversation) -> Conversation:
    """The conversation that went into the other, locked. Raises Conflict."""
    gone = await db.scalar(
        select(Conversation).where(Conversation.id == conversation_id).with_for_update()
    )
    if gone is None or gone.merged_into != into.id:
        raise Conflict(Refusal.UNDONE_BEFORE)
    return gone


async def _addresses(db: Writer, gone: Conversation, into: Conversation) -> set[str]:
    """Addresses of the one's customer that are not the other's."""
    own = set(await addresses_of(db, into.customer_id))
    return set(await addresses_of(db, gone.customer_id)) - own


async def _since(db: Writer, into: Conversation, event_id: int) -> set[int]:
    """The messages that were taken in since, of which some may have arrived before."""
    rows = await db.scalars(
        select(Event.message_id)
        .where(Event.conversation_id == into.id, Event.message_id.is_not(None))
        .group_by(Event.message_id)
        .having(func.min(Event.id) > event_id)
    )
    return set(filter(None, rows))


def sides(
    entries: Sequence[Entry],
    before: Collection[int],
    since: Collection[int],
    theirs: Collection[str],
) -> list[Entry]:
    """Which entries go: those that came along, and what came since and belongs to them."""
    going = [one for one in entries if one.id in set(before)]
    ids = {one.message_id for one in going} - {""}
    others = {one.message_id for one in entries if one not in going and one.id not in since}
    for one in entries:
        if one in going or one.id not in since:
            continue
        answered = (one.in_reply_to, *reversed(one.references))
        side = next((each in ids for each in answered if each in ids | others), None)
        is_going = one.author_address in theirs if side is None else side
        (ids if is_going else others).add(one.message_id)
        if is_going:
            going.append(one)
    return going
