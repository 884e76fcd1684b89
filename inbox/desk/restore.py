"""Undoing what only changed how a conversation stands: each by the verb that is its opposite."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

from inbox.desk.assign import assign, may_have
from inbox.desk.classify import put_back_class
from inbox.desk.close import close
from inbox.desk.customer_notes import remove_customer_note, restore_customer_note
from inbox.desk.follow import follow, unfollow
from inbox.desk.mark import prioritize, tag
from inbox.desk.move import decided_along, move
from inbox.desk.reopen import reopen
from inbox.desk.rest import snooze, wait
from inbox.desk.returning import wake_in_time
from inbox.desk.spam import mark_spam, not_spam
from inbox.desk.standing import put_back, read
from inbox.desk.task import promise, tell_calendars
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.model.marks import Urgency
from inbox.refusals import Refusal
from inbox.store.engine import UNDOES, Writer
from inbox.store.followers import remove_follower
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Event
from inbox.store.withdrawn import withdraw_notices

_Undo = Callable[[Writer, Conversation, Mapping[str, Any], Actor, datetime], Awaitable[object]]


async def restore(db: Writer, event: Event, *, by: Actor, now: datetime) -> None:
    """Let it stand as before this event. Raises Conflict where it stands otherwise since."""
    conversation = await lock(db, event.conversation_id)
    if conversation.id != event.conversation_id:
        raise Conflict(Refusal.UNDONE_BEFORE)
    await RESTORED[EventName(event.name)](db, conversation, event.payload, by, now)


async def _stand_again(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if conversation.returns_at != read(payload["until"]):
        raise Conflict(Refusal.UNDONE_BEFORE)
    await _as_it_was(db, conversation, payload["was"], by, now)


async def _as_it_was(
    db: Writer, conversation: Conversation, was: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    """Whose turn it was, put off as it was where that time is still to come."""
    until = read(was.get("returns_at"))
    is_ahead = until is not None and until > now
    match was["status"]:
        case Status.CLOSED:
            # An old event does not say since when: that is no reason to tell the customer again.
            since = read(was.get("closed_at")) or now
            await close(db, conversation.id, by=by, now=now, asks=False, since=since)
        case Status.SPAM:
            await mark_spam(db, conversation.id, by=by, now=now)
        case Status.WAITING:
            await wait(db, conversation.id, until if is_ahead else None, by=by, now=now)
        case Status.SNOOZED if until is not None and is_ahead:
            await snooze(db, conversation.id, until, by=by, now=now)
        case _:
            await reopen(db, conversation.id, by=by, now=now)
    conversation.waiting_since = read(was["waiting_since"])


async def _tag_back(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    added, removed = payload["added"], payload["removed"]
    await tag(db, conversation.id, add=removed, remove=added, by=by, now=now)


async def _less_urgent(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    before = Urgency.of(payload["from"])
    if before is None or Urgency(conversation.priority).word != payload["priority"]:
        raise Conflict(Refusal.UNDONE_BEFORE)
    await prioritize(db, conversation.id, before, by=by, now=now)


async def _move_back(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if conversation.mailbox_id != payload["mailbox"]:
        raise Conflict(Refusal.UNDONE_BEFORE)
    decided = await decided_along(db, conversation, db.info[UNDOES]["undoes"])
    await move(db, conversation.id, payload["from"], by=by, now=now)
    holder = payload["assignee_id"]
    if decided is not None:  # at the third move somebody got it who need not decide any more
        conversation.assignee_id = None
    if conversation.assignee_id is None and holder and await may_have(db, conversation, holder):
        conversation.assignee_id = holder
    await tell_calendars(db, conversation.id, [decided, holder], by=by, now=now)


async def _promise_again(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    until = read(payload["from"])
    if conversation.promised_until is not None or until is None or until <= now:
        raise Conflict(Refusal.UNDONE_BEFORE)
    await promise(db, conversation.id, until, by=by, now=now)


async def _open_again(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if conversation.status != Status.CLOSED:
        raise Conflict(Refusal.UNDONE_BEFORE)
    await _as_it_was(db, conversation, {**payload, "status": payload["from"]}, by, now)
    conversation.promised_until = read(payload.get("promised_until"))


async def _close_again(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if conversation.status != Status.OPEN:
        raise Conflict(Refusal.UNDONE_BEFORE)
    was = payload.get("was") or {"status": payload["from"], "waiting_since": None}
    until = read(was.get("returns_at"))
    if was["status"] == Status.SNOOZED and not (until and until > now):
        raise Conflict(Refusal.UNDONE_BEFORE)  # it would have come back by now
    await _as_it_was(db, conversation, was, by, now)


async def _give_back(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if conversation.assignee_id != payload["to"]:
        raise Conflict(Refusal.UNDONE_BEFORE)
    try:
        is_last = conversation.last_event_id == db.info[UNDOES]["undoes"]
        await assign(db, conversation.id, payload["from"], by=by, now=now)
    except Invalid as error:
        raise Conflict(Refusal.UNDONE_BEFORE) from error
    for one in payload.get("drawn_in") or () if is_last else ():  # who has done nothing with it yet
        await remove_follower(db, conversation.id, one)
        await withdraw_notices(db, one)


async def _promise_back(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if conversation.promised_until != read(payload["until"]):
        raise Conflict(Refusal.UNDONE_BEFORE)
    before = read(payload.get("from"))
    until = before if before and before > now else None
    await promise(db, conversation.id, until, by=by, now=now)


async def _class_back(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    if (conversation.category, conversation.solution) != (payload["category"], payload["solution"]):
        raise Conflict(Refusal.UNDONE_BEFORE)
    await put_back_class(db, conversation, payload["was"], by=by, now=now)


async def _follow_again(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    await follow(db, conversation.id, payload["person"], by=by, now=now)


async def _unfollow(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    await unfollow(db, conversation.id, payload["person"], by=by, now=now)


def _noted(
    verb: Callable[..., Awaitable[object]],
) -> _Undo:
    """A note about a customer comes or goes again, if it is there to."""

    async def undo(
        db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
    ) -> None:
        try:
            await verb(db, conversation.id, payload["note"], by=by, now=now)
        except NotFound as error:
            raise Conflict(Refusal.UNDONE_BEFORE) from error

    return undo


async def _no_spam(
    db: Writer, conversation: Conversation, payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    is_last = conversation.last_event_id == db.info[UNDOES]["undoes"]
    await not_spam(db, conversation.id, by=by, now=now)
    if is_last and "was" in payload:  # of what came since, its turns say how it stands
        put_back(conversation, payload["was"])
        await wake_in_time(db, conversation)


async def _spam(
    db: Writer, conversation: Conversation, _payload: Mapping[str, Any], by: Actor, now: datetime
) -> None:
    await mark_spam(db, conversation.id, by=by, now=now)


RESTORED: Final[Mapping[EventName, _Undo]] = {
    EventName.CONVERSATION_WAITING: _stand_again,
    EventName.CONVERSATION_SNOOZED: _stand_again,
    EventName.CONVERSATION_TAGGED: _tag_back,
    EventName.CONVERSATION_PRIORITY: _less_urgent,
    EventName.CONVERSATION_MOVED: _move_back,
    EventName.CONVERSATION_UNPROMISED: _promise_again,
    EventName.CONVERSATION_CLOSED: _open_again,
    EventName.CONVERSATION_SPAM: _no_spam,
    EventName.CONVERSATION_NOT_SPAM: _spam,
    EventName.CONVERSATION_REOPENED: _close_again,
    EventName.CONVERSATION_ASSIGNED: _give_back,
    EventName.CONVERSATION_UNASSIGNED: _give_back,
    EventName.CONVERSATION_PROMISED: _promise_back,
    EventName.CONVERSATION_CLASSIFIED: _class_back,
    EventName.PERSON_FOLLOWED: _unfollow,
    EventName.PERSON_UNFOLLOWED: _follow_again,
    EventName.CUSTOMER_NOTED: _noted(remove_customer_note),
    EventName.CUSTOMER_UNNOTED: _noted(restore_customer_note),
}
