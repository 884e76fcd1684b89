"""What a search asks of a conversation, as conditions: who may see it, its state, its people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    and_,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    text,
    union,
)
from sqlalchemy.orm import aliased

from inbox.model.lists import Folder
from inbox.model.satisfaction import Rated
from inbox.model.viewer import Viewer
from inbox.search.tree import Filter, Question
from inbox.search.vocabulary import Operator, Part, State
from inbox.store.conversations import HELD, in_folder, visible_to
from inbox.store.engine import Reader, Writer
from inbox.store.tables import (
    Agent,
    Conversation,
    ConversationMailbox,
    Customer,
    CustomerAddress,
    Follower,
    ListMember,
    Message,
    Satisfaction,
    Seen,
)

_MOST_CUSTOMERS: Final = 500
_PLAIN: Final = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})
_RATED: Final = {State.HAPPY: Rated.GOOD, State.UNHAPPY: Rated.BAD}
_STATUSES: Final = frozenset({State.OPEN, State.WAITING, State.SNOOZED, State.CLOSED, State.SPAM})


async def conditions(
    db: Reader | Writer,
    viewer: Viewer,
    question: Question,
    *,
    now: datetime,
    drawn_in: bool = False,
    without: int = 0,
) -> list[ColumnElement[bool]]:
    """All that must be true of a conversation, and first of all that it exists for this person.

    Spam is left out unless it is asked for. `drawn_in`: what they are drawn into exists as well.
    """
    exists_for = visible_to(viewer)
    wanted = [or_(exists_for, is_drawn_in(viewer)) if drawn_in else exists_for]
    if without:
        wanted.append(Conversation.id != without)
    ways = [way for one in question.filters if not one.is_not for way in one.ways]
    if not any(one.state is State.SPAM for one in ways):
        wanted.append(Conversation.status != State.SPAM)
    for each in question.filters:
        condition = or_(*[await _condition(db, viewer, one, now) for one in each.ways])
        wanted.append(not_(condition) if each.is_not else condition)
    return wanted


def is_drawn_in(viewer: Viewer) -> ColumnElement[bool]:
    """Whether somebody has asked them, or a department of theirs, to take part in it."""
    departments = (
        select(ListMember.list_id)
        .join(Agent, Agent.id == ListMember.list_id)
        .where(
            ListMember.agent_id == viewer.id,
            ListMember.removed_at.is_(None),
            Agent.disabled_at.is_(None),
        )
    )
    follows = exists().where(
        Follower.conversation_id == Conversation.id,
        or_(Follower.agent_id == viewer.id, Follower.agent_id.in_(departments)),
    )
    return and_(Conversation.merged_into.is_(None), follows)


async def _condition(
    db: Reader | Writer, viewer: Viewer, wanted: Filter, now: datetime
) -> ColumnElement[bool]:
    if wanted.operator is Operator.CUSTOMER:
        return Conversation.customer_id.in_(await _customers(db, wanted.text))
    if wanted.state:
        return _state(wanted.state, viewer, now)
    if wanted.part:
        return _PARTS[wanted.part](viewer)
    return _OTHERS[wanted.operator](wanted)


def _assigned(wanted: Filter) -> ColumnElement[bool]:
    if not wanted.ids:
        return Conversation.assignee_id.is_(None)
    # Never null, or "not Anna" would leave out what nobody has.
    return func.coalesce(Conversation.assignee_id, 0).in_(wanted.ids)


def _in(mailboxes: frozenset[int]) -> ColumnElement[bool]:
    also = exists().where(
        ConversationMailbox.conversation_id == Conversation.id,
        ConversationMailbox.mailbox_id.in_(mailboxes),
    )
    return or_(Conversation.mailbox_id.in_(mailboxes), also)


def _state(state: State, viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    if state in _STATUSES:
        return Conversation.status == str(state)
    if state is State.MINE:
        return func.coalesce(Conversation.assignee_id, 0) == viewer.id
    if state is State.UNASSIGNED:
        return Conversation.assignee_id.is_(None)
    if state is State.ASSIGNED:
        return Conversation.assignee_id.is_not(None)
    if state is State.HELD:
        return Conversation.id.in_(HELD)
    if state is State.UNREAD:
        seen = exists().where(
            Seen.conversation_id == Conversation.id,
            Seen.agent_id == viewer.id,
            Seen.event_id >= Conversation.last_event_id,
        )
        return not_(seen)
    if state in _RATED:
        return _rated(_RATED[state])
    return func.coalesce(Conversation.due_at < now, false())


def _rated(rated: Rated) -> ColumnElement[bool]:
    part = aliased(Conversation)
    said = (
        select(func.coalesce(part.merged_into, part.id))
        .join(Satisfaction, Satisfaction.conversation_id == part.id)
        .where(Satisfaction.rated == rated)
    )
    return Conversation.id.in_(said)


def _written(kind: str) -> ColumnElement[bool]:
    return exists().where(Message.conversation_id == Conversation.id, Message.kind == kind)


_PARTS: Final[dict[Part, Callable[[Viewer], ColumnElement[bool]]]] = {
    Part.FILE: lambda _viewer: Conversation.has_files.is_(True),
    Part.NOTE: lambda _viewer: _written("note"),
    Part.REPLY: lambda _viewer: _written("reply"),
    Part.TAG: lambda _viewer: Conversation.tags != [],
    Part.DRAFT: lambda viewer: in_folder(Folder.DRAFTS, viewer.id),
    Part.PROMISE: lambda _viewer: Conversation.promised_until.is_not(None),
}


def _has_tag(tag: str) -> ColumnElement[bool]:
    return Conversation.tags.contains([tag])


_OTHERS: Final[dict[Operator, Callable[[Filter], ColumnElement[bool]]]] = {
    Operator.IS: lambda one: Conversation.priority == one.urgency,
    # Its index is of those with tags alone, which the planner has to be told.
    Operator.TAG: lambda one: and_(text("conversation.tags <> '{}'"), _has_tag(one.text)),
    Operator.IN: lambda one: _in(one.ids),
    Operator.ASSIGNED: _assigned,
}


async def _customers(db: Reader | Writer, said: str) -> Sequence[int]:
    """Whose name or address holds it; with an @, whose address it is or ends with it."""
    plain = said.strip().casefold().translate(_PLAIN)
    if "@" in plain:
        pattern = f"%{plain}" if plain.startswith("@") else plain
        found: Any = select(CustomerAddress.customer_id).where(
            CustomerAddress.address.like(pattern)
        )
    else:
        pattern = f"%{plain}%"
        found = union(
            select(Customer.id).where(func.lower(Customer.name).like(pattern)),
            select(CustomerAddress.customer_id).where(CustomerAddress.address.like(pattern)),
        )
    return list(await db.scalars(found.limit(_MOST_CUSTOMERS)))
