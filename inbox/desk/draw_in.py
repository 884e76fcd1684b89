"""The verbs by which people of ours come to one conversation that is not their mailbox's, and go.

Only registered people of ours, and only by one of us: whom a customer writes to as well is none of
it. What it gives is that conversation by mail, until it is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from inbox.desk.record import record
from inbox.errors import Invalid, NotFound
from inbox.model.actor import Actor
from inbox.model.address import Address, normalize
from inbox.model.conversation import ActorKind
from inbox.model.event import EventName
from inbox.orders.mentions import Mentions, mentions
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.followers import (
    add_followers,
    everybody,
    not_members,
    remove_follower,
    with_addresses,
)
from inbox.store.locks import lock
from inbox.store.people import ours_among
from inbox.store.tables import Agent, Message
from inbox.store.withdrawn import withdraw_notices


class How(StrEnum):
    """By what somebody was drawn in."""

    ASSIGNED = "assigned"
    MENTIONED = "mentioned"
    COPIED = "copied"


async def draw_in(
    db: Writer,
    conversation_id: int,
    people: Iterable[int],
    *,
    how: How,
    by: Actor,
    now: datetime,
    message_id: int | None = None,
) -> list[int]:
    """Let people hear of a conversation, which is locked; those who did not before.

    Members of its mailboxes hear of it anyway, and are left out. The notice that they get is that
    of the message or assignment; this event only says why.
    """
    by_id = by.id if by.kind is ActorKind.AGENT else None
    outside = dict(await not_members(db, conversation_id, people))
    added = await add_followers(db, conversation_id, list(outside), how=how, by_id=by_id)
    if added and how is not How.ASSIGNED:  # of which an event tells already
        await record(
            db,
            conversation_id,
            EventName.PERSON_DRAWN_IN,
            by=by,
            now=now,
            message_id=message_id,
            payload={
                "people": added,
                "how": how.value,
                "value": ", ".join(outside[one] for one in added),
            },
        )
    return added


async def remove(
    db: Writer, conversation_id: int, agent_id: int, *, by: Actor, now: datetime
) -> None:
    """Let somebody hear of it no more, nor answer; nor have it. Raises NotFound."""
    conversation = await lock(db, conversation_id)
    person = await db.get(Agent, agent_id)
    if person is None or not await remove_follower(db, conversation.id, agent_id):
        raise NotFound(Refusal.NOT_DRAWN_IN)
    await withdraw_notices(db, agent_id)
    had_it = conversation.assignee_id == agent_id
    if had_it:
        conversation.assignee_id = None
    await record(
        db,
        conversation.id,
        EventName.PERSON_REMOVED,
        by=by,
        now=now,
        payload={"person": agent_id, "value": person.name, "had_it": had_it},
    )


async def spoken_to(db: Writer, conversation_id: int, text: str, by: Agent) -> list[int]:
    """The people whom a comment speaks to, but its writer. Raises Invalid for who may be two."""
    found = await mentioned(db, conversation_id, text)
    for said, people in found.unclear:
        names = ", ".join(one.name for one in people)
        raise Invalid(Refusal.MENTION_UNCLEAR, said=said, names=names)
    return [one.id for one in found.people if one.id != by.id]


async def mentioned(db: Writer, conversation_id: int, text: str) -> Mentions:
    """Whom a comment speaks to."""
    if not any(sign in text for sign in "@\uff20\ufe6b"):
        return Mentions()
    return mentions(text, await everybody(db, conversation_id))


async def outside_of(
    db: Reader | Writer, cc: Sequence[Address] | None
) -> tuple[Address, ...] | None:
    """A Cc without people of ours; None, which keeps the customer's, where nobody else is in it."""
    if cc is None:
        return None
    ours = await ours_among(db, [normalize(one.address) for one in cc])
    outside = tuple(one for one in cc if normalize(one.address) not in ours)
    return outside or (None if ours else ())


async def copied(db: Writer, people: Iterable[Address], by: Agent) -> list[int]:
    """Those of ours on Cc of an answer or comment, but its writer."""
    found = await with_addresses(db, [normalize(one.address) for one in people])
    return [one for one in found if one != by.id]


async def draw_in_copied(
    db: Writer, message: Message, cc: Iterable[Address], *, by: Agent, now: datetime
) -> dict[str, Any]:
    """Let those of ours on Cc take part, whom nobody outside sees there; what the event of the
    message says of it.
    """
    asked = await copied(db, cc, by)
    followers = await draw_in(
        db,
        message.conversation_id,
        asked,
        how=How.COPIED,
        by=Actor.agent(by.id, by.name),
        now=now,
        message_id=message.id,
    )
    return {"asked": asked, "followers": followers} if asked else {}
