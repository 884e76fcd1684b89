"""Events as the live view reads them: by number, with the mailboxes that may hear of each."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, or_, select, text

from inbox.model.event import MOVES, EventName
from inbox.model.heard import OVERLAP, Heard
from inbox.model.viewer import rights_sign
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import (
    Agent,
    Conversation,
    ConversationMailbox,
    Event,
    Membership,
    Session,
)

# A channel of its own: what is gone has no event left that could be read by its number.
GONE: Final = "inbox_gone"
_FRESH: Final = timedelta(minutes=1)
_ALSO: Final = (
    select(func.array_agg(ConversationMailbox.mailbox_id))
    .where(ConversationMailbox.conversation_id == Conversation.id)
    .correlate(Conversation)
    .scalar_subquery()
    .label("also")
)
# Who had it until then hears that it has gone.
_LEFT: Final = (
    case((Event.name == EventName.CONVERSATION_MOVED, Event.payload["from"].as_integer()))
).label("left")
# Under which name the payload has the other conversation that changed.
_OTHER_SIDE: Final = {"to": MOVES, "merged": (EventName.CONVERSATION_MERGED,)}


@dataclass(frozen=True, slots=True)
class News:
    """That something happened; not what was said."""

    id: int  # of the event; 0 for a conversation that is gone with all its events
    name: str
    conversation_id: int
    customer_id: int | None  # whose conversation it is
    actor: int | None  # the agent who did it, if one did
    mailboxes: frozenset[int]
    is_fresh: bool  # it happened within the last minute


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody may see and do by their rights."""

    role: str
    mailboxes: frozenset[int]

    @property
    def sign(self) -> str:
        """As `Viewer.rights`."""
        return rights_sign(self.role, self.mailboxes)


_NEWEST: Final = Statement("select id from event order by id desc limit :most")


async def heard_by_now(db: Reader) -> Heard:
    """What whoever looks now has heard of: all that has ended. Ask before anything is looked at."""
    return Heard.of([int(row["id"]) for row in await _NEWEST.rows(db, most=OVERLAP)])


async def news_after(db: Reader, event_id: int, *, limit: int) -> list[News]:
    """The newest `limit` events after this number, oldest first.

    Where mails went from one conversation to another, it is told of both.
    """
    found = await _news(db, event_id, Event.conversation_id == Conversation.id, limit)
    names = {one.name for one in found}
    for key, moving in _OTHER_SIDE.items():
        if names & set(moving):
            other = Event.payload[key].astext.cast(BigInteger) == Conversation.id
            found += await _news(db, event_id, and_(Event.name.in_(moving), other), limit)
    return sorted(found, key=lambda one: one.id)


async def _news(db: Reader, event_id: int, of: ColumnElement[bool], limit: int) -> list[News]:
    rows = await db.execute(
        select(
            Event.id,
            Event.name,
            Conversation.id.label("conversation_id"),
            Conversation.customer_id,
            Event.actor_kind,
            Event.actor_id,
            Conversation.mailbox_id,
            _ALSO,
            _LEFT,
            (Event.at > func.now() - _FRESH).label("is_fresh"),
        )
        .join(Conversation, of)
        .where(Event.id > event_id)
        .order_by(Event.id.desc())
        .limit(limit)
    )
    return [
        News(
            row.id,
            row.name,
            row.conversation_id,
            row.customer_id,
            row.actor_id if row.actor_kind == "agent" else None,
            frozenset((row.mailbox_id, *(row.also or ()), *((row.left,) if row.left else ()))),
            row.is_fresh,
        )
        for row in rows
    ]


async def tell_gone(db: Writer, conversation: Conversation) -> None:
    """Tell all processes, once this transaction ends, that there is no such conversation."""
    also = await db.scalar(select(_ALSO).where(Conversation.id == conversation.id))
    told = {
        "conversation": conversation.id,
        "customer": conversation.customer_id,
        "mailboxes": [conversation.mailbox_id, *(also or ())],
    }
    await db.execute(
        text("select pg_notify(:channel, :told)"), {"channel": GONE, "told": json.dumps(told)}
    )


def read_gone(told: str) -> News:
    """What `tell_gone` said."""
    given = json.loads(told)
    return News(
        id=0,
        name="conversation.gone",
        conversation_id=given["conversation"],
        customer_id=given["customer"],
        actor=None,
        mailboxes=frozenset(given["mailboxes"]),
        is_fresh=True,
    )


async def access_of(db: Reader, sessions: Collection[bytes]) -> dict[bytes, Access]:
    """The rights of whoever holds each session now; a session that has ended is missing."""
    rows = await db.execute(
        select(Session.token_hash, Agent.role, func.array_agg(Membership.mailbox_id))
        .join(Agent, Agent.id == Session.agent_id)
        .outerjoin(Membership, Membership.agent_id == Agent.id)
        .where(Session.token_hash.in_(sessions), Session.expires_at > func.now())
        .where(Agent.disabled_at.is_(None))
        .group_by(Session.token_hash, Agent.role)
    )
    return {token: Access(role, frozenset(m for m in all_ if m)) for token, role, all_ in rows}


async def homes_of(db: Reader, conversations: Collection[int]) -> dict[int, frozenset[int]]:
    """The mailboxes in which each conversation is now; one that is part of another is in none."""
    rows = await db.execute(
        select(Conversation.id, Conversation.mailbox_id, _ALSO)
        .where(Conversation.id.in_(conversations))
        .where(Conversation.merged_into.is_(None))
    )
    return {one: frozenset((mailbox, *(also or ()))) for one, mailbox, also in rows}


async def moved_since(db: Reader, conversation_id: int, event_id: int) -> frozenset[int] | None:
    """The messages that corrections after an event brought here; None where there was none.

    Empty where messages only left.
    """
    rows = await db.execute(
        select(Event.conversation_id, Event.name, Event.payload)
        .where(Event.id > event_id, Event.name.in_((*MOVES, EventName.CONVERSATION_MERGED)))
        .where(
            or_(
                Event.conversation_id == conversation_id,
                Event.payload["to"].as_string() == str(conversation_id),
            )
        )
    )
    moves = rows.all()
    if not moves:
        return None
    came: set[int] = set()
    for move in moves:
        if move.name == EventName.CONVERSATION_MERGED:
            came |= set(move.payload.get("was", {}).get("messages", ()))
        elif move.conversation_id != conversation_id:
            came |= set(move.payload.get("messages", ()))
    return frozenset(came)
