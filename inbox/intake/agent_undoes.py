"""`@undo`: what one of us did last in a conversation is taken back, as by the page's button."""

from __future__ import annotations

from typing import Final

from sqlalchemy import and_, or_, select

from inbox.auth.parts import allowed_there
from inbox.auth.permissions import may_order
from inbox.desk.letter import Letter
from inbox.desk.plan import newest_planned
from inbox.desk.stop import newest_leaving
from inbox.desk.takeback import take_back
from inbox.errors import Conflict, Invalid, NotFound
from inbox.intake.agent_desk import Desk, tell
from inbox.intake.confirmed import confirm
from inbox.model.actor import Actor
from inbox.model.conversation import ActorKind
from inbox.model.event import MOVES, EventName
from inbox.model.outcome import Outcome
from inbox.orders.verbs import Verb
from inbox.store.asked import newest_message, within_reach
from inbox.store.locks import alone, lock
from inbox.store.rights import by_tokens
from inbox.store.tables import Agent, Event

# What can be undone, as it is asked for; whoever may ask for it may undo it.
ASKED_AS: Final = {
    EventName.CONVERSATION_CLOSED: Verb.CLOSE,
    EventName.CONVERSATION_REOPENED: Verb.REOPEN,
    EventName.CONVERSATION_ASSIGNED: Verb.ASSIGN,
    EventName.CONVERSATION_UNASSIGNED: Verb.ASSIGN,
    EventName.CONVERSATION_PROMISED: Verb.PROMISE,
    EventName.CONVERSATION_UNPROMISED: Verb.PROMISE,
    EventName.CONVERSATION_CLASSIFIED: Verb.CATEGORY,
    EventName.CONVERSATION_WAITING: Verb.WAIT,
    EventName.CONVERSATION_SNOOZED: Verb.SNOOZE,
    EventName.CONVERSATION_MOVED: Verb.MOVE,
    EventName.CONVERSATION_TAGGED: Verb.TAG,
    EventName.CONVERSATION_PRIORITY: Verb.PRIORITY,
    EventName.CONVERSATION_MERGED: Verb.SAME,
    EventName.CONVERSATION_UNMERGED: Verb.SPLIT,
    EventName.CONVERSATION_SPLIT: Verb.SPLIT,
    EventName.MESSAGE_MOVED: Verb.BELONGS,
    EventName.CONVERSATION_SPAM: Verb.SPAM,
    EventName.CONVERSATION_NOT_SPAM: Verb.NOT_SPAM,
    EventName.PERSON_FOLLOWED: Verb.FOLLOW,
    EventName.PERSON_UNFOLLOWED: Verb.UNFOLLOW,
    EventName.CUSTOMER_NOTED: Verb.CUSTOMER,
    EventName.CUSTOMER_UNNOTED: Verb.FORGET,
}
# Only another order takes these back: what was done before them is not what was done last.
_OTHERWISE: Final = (
    EventName.PERSON_REMOVED,
    EventName.CUSTOMER_LEARNED,
    EventName.CUSTOMER_FORGOT,
    EventName.CUSTOMER_MERGED,
    EventName.CUSTOMER_PARTED,
)
_MOST: Final = 100  # events that are looked at


async def is_on_its_way(desk: Desk, conversation_id: int, agent_id: int) -> bool:
    """Whether an answer of theirs has not left: then it is this that is taken back.

    One that is planned, where nothing was done since.
    """
    if await newest_leaving(desk.db, conversation_id, agent_id, now=desk.now):
        return True
    planned = await newest_planned(desk.db, conversation_id, agent_id)
    if planned is None:
        return False
    last = await _last(desk, conversation_id, agent_id)
    written = await desk.db.scalar(select(Event.id).where(Event.message_id == planned).limit(1))
    return last is None or (written or 0) > last.id


async def tell_undone(desk: Desk, letter: Letter, home: int, agent: Agent) -> None:
    """Take back what they did last, and tell them; or that nothing of it can be undone."""
    if verb := await undo_last(desk, home, agent):
        told = {"verb": Verb.UNDO.value, "of": verb.value}
        # What was joined is apart again, and their notice where it was.
        rights = await by_tokens(desk.db, letter.clues.token_hashes, letter.clues.author, desk.now)
        there = rights[0].conversation_id if rights else home
        await confirm(desk, letter, there, (), agent, [told])
        return
    newest = await newest_message(desk.db, home)
    draft = {"outcome": Outcome.NOT_UNDONE.value}
    await tell(desk, letter, "outcome", agent, home, newest, draft)


async def undo_last(desk: Desk, home: int, agent: Agent) -> Verb | None:
    """Take back what they did last, and what it was; None where nothing of it can be undone."""
    await alone(desk.db)
    conversation = await lock(desk.db, home)
    event = await _last(desk, conversation.id, agent.id)
    if event is None or event.name not in ASKED_AS:
        return None
    verb = ASKED_AS[EventName(event.name)]
    places = {event.conversation_id, *([event.payload["to"]] if event.name in MOVES else ())}
    for place in places - {conversation.id}:
        if not await within_reach(desk.db, place, agent.id):
            return None
    if not may_order(await allowed_there(desk.db, agent.id, conversation.id), verb):
        return None
    by = Actor.agent(agent.id, agent.name)
    try:
        async with desk.db.begin_nested():
            await take_back(desk.db, event.id, by=by, now=desk.now, secret=desk.context.secret)
    except (Conflict, Invalid, NotFound):
        return None
    return verb


async def _last(desk: Desk, conversation_id: int, agent_id: int) -> Event | None:
    """What they did last there, or by which they brought mails there, and have not undone."""
    brought = and_(Event.name.in_(MOVES), Event.payload["to"].as_integer() == conversation_id)
    events = await desk.db.scalars(
        select(Event)
        .where(
            or_(Event.conversation_id == conversation_id, brought),
            Event.actor_kind == ActorKind.AGENT,
            Event.actor_id == agent_id,
            Event.name.in_((*ASKED_AS, *_OTHERWISE)),
        )
        .order_by(Event.id.desc())
        .limit(_MOST)
    )
    undone = set()
    for event in events:
        if undoes := event.payload.get("undoes"):
            undone.add(undoes)
        elif event.id not in undone:
            return event
    return None
