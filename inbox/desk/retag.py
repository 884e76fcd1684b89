"""A tag gets another name, becomes part of another one, or goes, wherever it is.

Each conversation is changed by the verb that changes one, and says so in its own history. A few
are done at once, the others behind the page, a hundred at a time.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from inbox.clock import utcnow
from inbox.desk.mark import tag
from inbox.errors import Invalid, NotFound
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import Actor
from inbox.model.marks import tag_of
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent
from inbox.store.tags import tagged

AT_ONCE: Final = 100


async def rename_tag(
    db: Writer, old: str, new: str, mailboxes: Collection[int], *, by: Agent, now: datetime
) -> None:
    """Call a tag something else in these mailboxes; with the name of another it becomes that.

    `new` empty: take it off. Raises Invalid for what is no tag, NotFound for one that nobody uses.
    """
    name = tag_of(new) if new else ""
    if new and not name:
        raise Invalid(Refusal.NO_TAG)
    if name == old:
        return
    if not await _rename_some(db, old, name, mailboxes, after=0, by=by, now=now):
        raise NotFound


@job("desk.retag", retry=INTAKE)
async def retag(
    db: Writer,
    context: Context,
    *,
    old: str,
    new: str,
    mailboxes: list[int],
    after: int,
    agent_id: int,
) -> None:
    """Goes on where the page has ended."""
    by = await db.get_one(Agent, agent_id)
    await _rename_some(db, old, new, mailboxes, after=after, by=by, now=utcnow())


async def _rename_some(
    db: Writer,
    old: str,
    new: str,
    mailboxes: Collection[int],
    *,
    after: int,
    by: Agent,
    now: datetime,
) -> bool:
    found = await tagged(db, old, mailboxes, after=after, most=AT_ONCE)
    actor = Actor.agent(by.id, by.name)
    for one in found:
        await tag(db, one, add=[new] if new else [], remove=[old], by=actor, now=now)
    if len(found) == AT_ONCE:
        await enqueue(
            db,
            "desk.retag",
            old=old,
            new=new,
            mailboxes=sorted(mailboxes),
            after=found[-1],
            agent_id=by.id,
        )
    return bool(found)
