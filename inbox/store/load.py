"""Who of a department could be given something: who is there, what they know, what they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from inbox.model.conversation import Status
from inbox.model.viewer import Viewer
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader, Writer
from inbox.store.locks import hold_rules
from inbox.store.statement import Statement
from inbox.store.tables import Conversation

_THERE: Final = Statement("""
select a.id, a.name,
       (select count(*) from conversation c where c.assignee_id = a.id and c.status = 'open') as has
  from agent a
 where a.disabled_at is null and (a.away_until is null or a.away_until < :now)
   and (a.id = any(cast(:chosen as bigint[]))
        or cast(:chosen as bigint[]) = '{}' and a.role <> 'colleague' and exists (
               select from membership m where m.agent_id = a.id and m.mailbox_id = :mailbox_id))
   and (:skill = '' or exists (select from unnest(a.skills) as own where lower(own) = :skill))
 order by a.id
""")
_KNOWS: Final = Statement("""
select exists (select from agent a, unnest(a.skills) as own
                where a.disabled_at is null and lower(own) = :skill) as yes
""")
_TURN: Final = Statement("""
update rule set last_given = :agent_id where id = :rule_id
""")
_LAST: Final = Statement("select last_given from rule where id = :rule_id")


@dataclass(frozen=True, slots=True)
class There:
    """Somebody who is there, and how many open conversations they have."""

    id: int
    name: str
    has: int


async def who_is_there(
    db: Reader | Writer, mailbox_id: int, *, chosen: Sequence[int], skill: str, now: datetime
) -> list[There]:
    """Those of the chosen, or of all members, who are not away and have the skill; oldest first."""
    rows = await _THERE.rows(
        db, mailbox_id=mailbox_id, chosen=list(chosen), skill=skill.strip().lower(), now=now
    )
    return [There(row["id"], row["name"], row["has"]) for row in rows]


async def open_of(db: Reader, viewer: Viewer, agent_id: int) -> int:
    """How many open conversations somebody has, of those that exist for whoever looks."""
    theirs = (Conversation.assignee_id == agent_id, Conversation.status == Status.OPEN)
    found = select(func.count(Conversation.id)).where(
        *theirs, Conversation.merged_into.is_(None), visible_to(viewer)
    )
    return await db.scalar(found) or 0


async def is_known(db: Reader | Writer, skill: str) -> bool:
    """Whether anybody of the house has a skill, here or away."""
    return bool((await _KNOWS.rows(db, skill=skill.strip().lower()))[0]["yes"])


async def next_in_turn(db: Writer, rule_id: int, people: Sequence[There]) -> There:
    """Whose turn it is by this rule, which waits for others who ask at the same moment."""
    await hold_rules(db)
    rows = await _LAST.rows(db, rule_id=rule_id)
    last = rows[0]["last_given"] if rows else 0
    chosen = next((one for one in people if one.id > last), people[0])
    await _TURN.rows(db, rule_id=rule_id, agent_id=chosen.id)
    return chosen
