"""The verb by which one of us goes from a conversation that they were drawn into."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.assign import assign
from inbox.desk.draw_in import remove
from inbox.desk.task import take_promise_back
from inbox.errors import NotFound
from inbox.jobs.queue import enqueue
from inbox.model.actor import Actor
from inbox.model.rank import Rank
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.followers import followed_by
from inbox.store.locks import lock
from inbox.store.tables import Agent, Conversation


async def leave(
    db: Writer, conversation_id: int, agent: Agent, *, reader: int, now: datetime
) -> Conversation:
    """They hear no more of it; nor does their department where `reader` of the notice was that.

    What they had goes back to those who give it out, who are told. Whoever is asked again is drawn
    in again. Raises NotFound for who was not drawn in.
    """
    conversation = await lock(db, conversation_id)
    by = Actor.agent(agent.id, agent.name)
    followers = await followed_by(db, conversation.id, agent.id, reader)
    if not followers:
        raise NotFound(Refusal.NOT_DRAWN_IN)
    for one in followers:
        if conversation.assignee_id == one:
            await give_back(db, conversation.id, agent, now=now)
        await remove(db, conversation.id, one, by=by, now=now)
    return conversation


async def give_back(
    db: Writer, conversation_id: int, agent: Agent, *, now: datetime
) -> Conversation:
    """Nobody has it, by when they meant to answer is forgotten, and whoever gives out the work of
    its mailbox is told. Raises NotFound.
    """
    by = Actor.agent(agent.id, agent.name)
    await take_promise_back(db, conversation_id, by=by, now=now)
    conversation = await assign(db, conversation_id, None, by=by, now=now)
    await enqueue(
        db,
        "notify.given_back",
        rank=Rank.FOLLOWING,
        conversation_id=conversation.id,
        agent_id=agent.id,
    )
    return conversation
