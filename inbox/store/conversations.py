"""Lists of conversations as a person may see them: folders, and pages by key.

Every query here begins with `visible_to`; there is no other way to a conversation for the web view.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Subquery,
    TableValuedAlias,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.selectable import LateralFromClause

from inbox.errors import NotFound
from inbox.model.conversation import Role
from inbox.model.lists import Folder, Order
from inbox.model.viewer import Viewer
from inbox.store.engine import Database, Reader, Writer
from inbox.store.list_orders import first_ids, is_ordered
from inbox.store.listed import Listed, listed, listed_row
from inbox.store.objects import Objects
from inbox.store.people import every_mailbox
from inbox.store.statement import Statement
from inbox.store.tables import (
    Agent,
    Conversation,
    ConversationMailbox,
    Draft,
    Held,
    Mailbox,
    Membership,
    Message,
)

PAGE: Final = 50
# Nobody reads "1,283 open": from here on a count is shown as "99+", and costs no more.
MOST_COUNTED: Final = 99


_STATES: Final = {
    Folder.MINE: ["open"],
    Folder.UNASSIGNED: ["open"],
    Folder.OPEN: ["open"],
    Folder.WAITING: ["waiting"],
    Folder.SNOOZED: ["snoozed"],
    Folder.CLOSED: ["closed"],
    Folder.SPAM: ["spam"],
    Folder.ALL: ["open", "waiting", "snoozed", "closed"],
}
# In which an answer is held: few, whatever their state.
HELD: Final = (
    select(Message.conversation_id)
    .join(Held, Held.message_id == Message.id)
    .where(Held.state == "waiting", Held.send_at.is_(None))
)


def visible_to(viewer: Viewer) -> ColumnElement[bool]:
    """When a conversation exists for a person: one of its mailboxes is theirs."""
    return _visible_in(viewer.mailboxes)


# Made once for those who share their mailboxes: a page asks it of six tables.
@lru_cache(maxsize=500)
def _visible_in(mailboxes: frozenset[int]) -> ColumnElement[bool]:
    mine = tuple(mailboxes)
    return _visible(lambda mailbox: mailbox.in_(mine))


def _visible(is_mine: Callable[[Any], ColumnElement[bool]]) -> ColumnElement[bool]:
    also = exists().where(
        ConversationMailbox.conversation_id == Conversation.id,
        is_mine(ConversationMailbox.mailbox_id),
    )
    return and_(Conversation.merged_into.is_(None), or_(is_mine(Conversation.mailbox_id), also))


# The same for a statement that is made once: the person's mailboxes are its `boxes`.
_BOXES: Final = bindparam("boxes", type_=ARRAY(BigInteger))
VISIBLE: Final = _visible(lambda mailbox: mailbox == func.any(_BOXES))


def in_folder(folder: Folder, viewer_id: Any) -> ColumnElement[bool]:
    """What a folder shows, apart from who may see it; who looks may be a parameter."""
    conditions: dict[Folder, ColumnElement[bool]] = {
        Folder.MINE: and_(Conversation.assignee_id == viewer_id, Conversation.status == "open"),
        Folder.UNASSIGNED: and_(Conversation.assignee_id.is_(None), Conversation.status == "open"),
        Folder.OPEN: Conversation.status == "open",
        Folder.WAITING: Conversation.status == "waiting",
        Folder.SNOOZED: Conversation.status == "snoozed",
        Folder.CLOSED: Conversation.status == "closed",
        Folder.SPAM: Conversation.status == "spam",
        Folder.ALL: Conversation.status != "spam",
        Folder.SET_ASIDE: Conversation.id.in_(HELD),
        Folder.DRAFTS: Conversation.id.in_(
            select(Draft.conversation_id).where(Draft.agent_id == viewer_id)
        ),
    }
    return conditions[folder]


async def list_page(
    db: Reader,
    viewer: Viewer,
    folder: Folder,
    *,
    mailbox_id: int | None = None,
    order: Order = Order.NEWEST,
    after: tuple[datetime, int] | None = None,
) -> list[Listed]:
    """Up to `PAGE` + 1 rows in order, after a row; one too many says that there are more."""
    boxes = _boxes(viewer, mailbox_id)
    if is_ordered(folder, order):
        found = await first_ids(
            db, folder, order, boxes=boxes, me=viewer.id, most=PAGE + 1, after=after
        )
        by_id = {one.id: one for one in await by_ids(db, viewer, found)}
        return [replace(by_id[one], at=at) for one, at in found.items() if one in by_id]
    if folder not in _STATES:
        return await _few(db, viewer, folder, boxes, after)
    at, last = after or (None, None)
    rows = await _newest_of(folder, is_further=after is not None).rows(
        db, me=viewer.id, boxes=sorted(viewer.mailboxes), within=boxes, at=at, last=last
    )
    return [listed_row(row) for row in rows]


async def _few(
    db: Reader,
    viewer: Viewer,
    folder: Folder,
    boxes: list[int],
    after: tuple[datetime, int] | None,
) -> list[Listed]:
    """A page of a folder that never holds many: they are found first, and then put in order."""
    query = listed(viewer.id).where(
        in_folder(folder, viewer.id), visible_to(replace(viewer, mailboxes=frozenset(boxes)))
    )
    if after:
        query = query.where(tuple_(*after) > _PLACE)
    rows = await db.execute(query.order_by(*_NEWEST_FIRST).limit(PAGE + 1))
    return [listed_row(row) for row in rows.mappings()]


_PLACE: Final = tuple_(Conversation.last_message_at, Conversation.id)
_NEWEST_FIRST: Final = (Conversation.last_message_at.desc(), Conversation.id.desc())


async def by_ids(db: Reader, viewer: Viewer, ids: Iterable[int]) -> list[Listed]:
    """The rows of these conversations, of which only those exist that are theirs; in no order."""
    rows = await _BY_ID.rows(db, me=viewer.id, boxes=sorted(viewer.mailboxes), found=list(ids))
    return [listed_row(row) for row in rows]


async def get_visible(db: Reader | Writer, viewer: Viewer, conversation_id: int) -> Conversation:
    """The conversation, if it exists for this person. Raises NotFound, alike for both reasons."""
    if not 0 < conversation_id < 1 << 62:
        raise NotFound
    found = await _ONE.first(db, id=conversation_id, boxes=sorted(viewer.mailboxes))
    if found is None:
        raise NotFound
    return found


_ONE: Final = Objects(
    Conversation,
    select(Conversation).where(Conversation.id == bindparam("id", type_=BigInteger), VISIBLE),
)


async def merged_into(db: Reader, viewer: Viewer, conversation_id: int) -> int | None:
    """Where a merged conversation went, if the person may see that one."""
    if not 0 < conversation_id < 1 << 62:
        return None
    target = await db.scalar(
        select(Conversation.merged_into).where(Conversation.id == conversation_id)
    )
    if target is None:
        return None
    return await db.scalar(
        select(Conversation.id).where(Conversation.id == target, visible_to(viewer))
    )


async def mailboxes_of(db: Reader, viewer: Viewer) -> list[Mailbox]:
    """The person's mailboxes by name; one that was removed is still there for its history."""
    theirs = [one for one in await every_mailbox(db) if one.id in viewer.mailboxes]
    return sorted(theirs, key=lambda one: one.name.casefold())


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of a mailbox."""

    id: int
    name: str
    own_lines: str
    away_until: datetime | None


_MEMBERS: Final = Statement.of(
    select(Agent.id, Agent.name, Agent.own_lines, Agent.away_until)
    .join(Membership, Membership.agent_id == Agent.id)
    .where(
        Membership.mailbox_id == bindparam("mailbox"),
        Agent.disabled_at.is_(None),
        Agent.role != Role.COLLEAGUE,
    )
    .order_by(Agent.name)
)


async def colleagues(db: Reader, mailbox_id: int) -> list[Colleague]:
    """The members of a mailbox, by name."""
    return [Colleague(*row.values()) for row in await _MEMBERS.rows(db, mailbox=mailbox_id)]


# Mostly it is known already, and then nothing is locked; to forget it in a crash hurts nobody.
_SEEN: Final = Statement("""
insert into seen (agent_id, conversation_id, event_id)
select :agent, :conversation, :event from set_config('synchronous_commit', 'off', true)
 where not exists (select from seen where agent_id = :agent and conversation_id = :conversation
                                      and event_id >= :event)
    on conflict (agent_id, conversation_id) do update set event_id = excluded.event_id
 where seen.event_id < excluded.event_id
""")


async def mark_seen(
    database: Database, viewer: Viewer, conversation_id: int, event_id: int
) -> None:
    """Remember that a person has been shown a conversation up to an event."""
    about = {"conversation": conversation_id, "event": event_id}
    await _SEEN.at_once(database, agent=viewer.id, **about)


def _boxes(viewer: Viewer, mailbox_id: int | None) -> list[int]:
    """The person's mailboxes, or the one of them that is asked for; never another."""
    return sorted(viewer.mailboxes if mailbox_id is None else viewer.mailboxes & {mailbox_id})


# Of whoever looks at a list, of the mailboxes that it shows, and of the row that it goes on after.
_ME: Final = bindparam("me", type_=BigInteger)
_WITHIN: Final = bindparam("within", type_=ARRAY(BigInteger))
_AFTER: Final = tuple_(
    bindparam("at", type_=DateTime(timezone=True)), bindparam("last", type_=BigInteger)
)
_BY_ID: Final = Statement.of(
    listed(_ME).where(
        VISIBLE, Conversation.id == func.any(bindparam("found", type_=ARRAY(BigInteger)))
    )
)


# When a conversation of another mailbox is in one of these, too; the first has an index.
_SHARED: Final = and_(
    Conversation.is_shared,
    exists().where(
        ConversationMailbox.conversation_id == Conversation.id,
        ConversationMailbox.mailbox_id == func.any(_WITHIN),
    ),
)


@cache  # made once: making it takes as long as its answer
def _newest_of(folder: Folder, *, is_further: bool) -> Statement:
    """The rows of a page of a folder."""
    newest = _newest(folder, PAGE + 1, is_further=is_further)
    return Statement.of(
        listed(_ME)
        .join(newest, newest.c.id == Conversation.id)
        .where(VISIBLE)
        .order_by(*_NEWEST_FIRST)
        .limit(PAGE + 1)
    )


def _newest(folder: Folder, limit: int, *, is_further: bool) -> Subquery:
    """The newest ids of a folder: so many of each mailbox and state, each read from its index.

    Whatever a mailbox holds, no more than `limit` rows of it are touched (but for "mine").
    """
    wanted = [in_folder(folder, _ME), Conversation.merged_into.is_(None)]
    if is_further:
        wanted.append(_AFTER > _PLACE)
    box = _each(_WITHIN, "box")
    state = _each(cast(_STATES[folder], ARRAY(Text)), "state")
    wanted.append(Conversation.status == state.c.one)
    own = _first("own", limit, Conversation.mailbox_id == box.c.one, *wanted)
    other = select(Mailbox.id).where(Mailbox.id != func.all(_WITHIN)).subquery("other")
    of_other = Conversation.mailbox_id == other.c.id
    shared = _first("shared", limit, of_other, _SHARED, *wanted)
    both = union_all(
        select(own.c.id, own.c.last_message_at).select_from(box, state, own),
        select(shared.c.id, shared.c.last_message_at).select_from(other, state, shared),
    ).subquery("both")
    return (
        select(both.c.id)
        .order_by(both.c.last_message_at.desc(), both.c.id.desc())
        .limit(limit)
        .subquery("newest")
    )


def _first(name: str, limit: int, *wanted: ColumnElement[bool]) -> LateralFromClause:
    """So many of the newest that meet the conditions, for each row that stands before it."""
    return (
        select(Conversation.id, Conversation.last_message_at)
        .where(*wanted)
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
        .lateral(name)
    )


def _each(values: ColumnElement[Any], name: str) -> TableValuedAlias:
    return func.unnest(values).table_valued("one").render_derived(name=name)
