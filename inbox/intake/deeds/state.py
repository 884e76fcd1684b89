"""Orders that say how a conversation stands: open again, spam or not."""

from __future__ import annotations

from typing import Final

from inbox.desk.reopen import reopen
from inbox.desk.spam import mark_spam, not_spam
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Deed, Step
from inbox.model.actor import Actor
from inbox.store.tables import Agent


async def _reopen(desk: Desk, conversation_id: int, _step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await reopen(desk.db, conversation_id, by=by, now=desk.now)).id


async def _spam(desk: Desk, conversation_id: int, _step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await mark_spam(desk.db, conversation_id, by=by, now=desk.now))[0].id


async def _not_spam(desk: Desk, conversation_id: int, _step: Step, agent: Agent) -> int:
    by = Actor.agent(agent.id, agent.name)
    return (await not_spam(desk.db, conversation_id, by=by, now=desk.now))[0].id


REOPEN: Final = Deed(do=_reopen)
SPAM: Final = Deed(do=_spam)
NOT_SPAM: Final = Deed(do=_not_spam)
