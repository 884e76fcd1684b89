"""The verb that gives a conversation to somebody, or back to nobody."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.draw_in import How, draw_in
from inbox.desk.record import record
from inbox.desk.task import tell_calendars
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.followers import who_can_have
from inbox.store.locks import lock
from inbox.store.tables import Conversation
from inbox.store.withdrawn import withdraw_given


async def assign(
    db: Writer, conversation_id: int, agent_id: int | None, *, by: Actor, now: datetime
) -> Conversation:
    """Give the conversation to a member of its mailbox or a colleague, or to nobody with None.

    Giving it to who has it already changes nothing. Raises Invalid, NotFound.
    """
    conversation = await lock(db, conversation_id)
    if conversation.assignee_id == agent_id:
        return conversation
    drawn_in: list[int] = []
    if agent_id is not None:
        if not await may_have(db, conversation, agent_id):
            raise Invalid(Refusal.NOT_A_MEMBER)
        new = [agent_id]
        drawn_in = await draw_in(db, conversation.id, new, how=How.ASSIGNED, by=by, now=now)
    before, conversation.assignee_id = conversation.assignee_id, agent_id
    await record(
        db,
        conversation.id,
        EventName.CONVERSATION_ASSIGNED if agent_id else EventName.CONVERSATION_UNASSIGNED,
        by=by,
        now=now,
        payload={"from": before, "to": agent_id, **({"drawn_in": drawn_in} if drawn_in else {})},
    )
    if before is not None:
        await withdraw_given(db, conversation.id, before, agent_id)
    await tell_calendars(db, conversation.id, [before, agent_id], by=by, now=now)
    return conversation


async def may_have(db: Writer, conversation: Conversation, agent_id: int) -> bool:
    """Whether a person can be given the conversation as it is now."""
    return agent_id in {one.id for one in await who_can_have(db, conversation.id)}
