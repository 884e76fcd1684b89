"""Who of us was drawn into a conversation, and who can be.

What was joined to another conversation keeps its own followers, so that parting it again parts
them as well: who follows one of them follows the whole while it is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects.postgresql import insert

from inbox.model.conversation import Role
from inbox.orders.names import Person
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Agent, AgentAddress, Conversation, Follower

# For a query in which `c` is the conversation.
WHOLE = (
    "(select c.id union all select part.id from conversation part where part.merged_into = c.id)"
)
MEMBERSHIP = """
exists (select from membership m
         where m.agent_id = agent.id and agent.role <> 'colleague'
           and (m.mailbox_id = c.mailbox_id
                or m.mailbox_id in (select v.mailbox_id from conversation_mailbox v
                                     where v.conversation_id = c.id)))
"""
# Whoever speaks for a department has its part in the conversation.
FOLLOWING = f"""
exists (select from follower f
         where f.conversation_id in {WHOLE}
           and (f.agent_id = agent.id
                or f.agent_id in (select one.list_id from list_member one
                                    join agent department on department.id = one.list_id
                                   where one.agent_id = agent.id and one.removed_at is null
                                     and department.disabled_at is null)))
"""  # noqa: S608 - constants
# Whether it was given to this person, or to their department.
HOLDING = """
(coalesce(c.assignee_id = agent.id, false)
 or exists (select from list_member one
             where one.agent_id = agent.id and one.list_id = c.assignee_id
               and one.removed_at is null))
"""

_PEOPLE = Statement(f"""
select agent.id, agent.name, agent.role, agent.is_list, ({MEMBERSHIP}) as is_member,
       array(select address from agent_address where agent_id = agent.id) as addresses
  from agent join conversation c on c.id = :conversation_id
 where agent.disabled_at is null
 order by agent.id
""")  # noqa: S608 - constants
_FOLLOWED = Statement(f"""
select distinct f.agent_id as id from follower f
  join conversation c on c.id = :conversation_id
  join agent on agent.id = f.agent_id
 where f.conversation_id in {WHOLE}
   and (f.agent_id = :agent_id
        or exists (select from list_member one
                    where one.list_id = f.agent_id and one.agent_id = :agent_id
                      and one.removed_at is null))
 order by 1
""")  # noqa: S608 - constants
_CLOSE = Statement("""
select other.agent_id as id from list_member own
  join list_member other on other.list_id = own.list_id and other.removed_at is null
 where own.agent_id = :agent_id and own.removed_at is null
union
select list_id from list_member where agent_id = :agent_id and removed_at is null
""")


async def everybody(db: Reader | Writer, conversation_id: int) -> list[Person]:
    """All people of ours who can be spoken to or asked, oldest first."""
    rows = await _PEOPLE.rows(db, conversation_id=conversation_id)
    return [_person(row) for row in rows]


async def who_can_have(db: Reader | Writer, conversation_id: int) -> list[Person]:
    """Everybody who can be given the conversation, oldest first: its members, and colleagues."""
    rows = await _PEOPLE.rows(db, conversation_id=conversation_id)
    return [_person(row) for row in rows if row["is_member"] or row["role"] == Role.COLLEAGUE]


async def not_members(
    db: Writer, conversation_id: int, people: Iterable[int]
) -> list[tuple[int, str]]:
    """Those of the people, with their names, who have the conversation only if drawn in."""
    wanted = set(people)
    rows = await _PEOPLE.rows(db, conversation_id=conversation_id) if wanted else []
    return [
        (row["id"], row["name"]) for row in rows if row["id"] in wanted and not row["is_member"]
    ]


async def with_addresses(db: Writer, addresses: Sequence[str]) -> list[int]:
    """The people of ours, not disabled, who have these addresses, in normal form."""
    if not addresses:
        return []
    rows = await db.scalars(
        select(Agent.id)
        .join(AgentAddress, AgentAddress.agent_id == Agent.id)
        .where(AgentAddress.address.in_(addresses), Agent.disabled_at.is_(None))
        .distinct()
        .order_by(Agent.id)
    )
    return list(rows)


async def registered(db: Writer, addresses: Sequence[str]) -> set[str]:
    """Those of the addresses, in normal form, that are a person's of ours, or a department's."""
    if not addresses:
        return set()
    wanted = AgentAddress.address.in_(addresses)
    return set(await db.scalars(select(AgentAddress.address).where(wanted)))


async def add_followers(
    db: Writer, conversation_id: int, people: Sequence[int], *, how: str, by_id: int | None
) -> list[int]:
    """Draw people in; those who were not there before."""
    rows = [
        {"conversation_id": conversation_id, "agent_id": each, "how": how, "by_id": by_id}
        for each in sorted(set(people))
    ]
    if not rows:
        return []
    added = await db.scalars(
        insert(Follower).values(rows).on_conflict_do_nothing().returning(Follower.agent_id)
    )
    return list(added)


async def remove_follower(db: Writer, conversation_id: int, agent_id: int) -> bool:
    """End what somebody was drawn into; whether they were."""
    parts = select(Conversation.id).where(
        or_(Conversation.id == conversation_id, Conversation.merged_into == conversation_id)
    )
    gone = await db.scalars(
        delete(Follower)
        .where(Follower.agent_id == agent_id, Follower.conversation_id.in_(parts))
        .returning(Follower.agent_id)
    )
    return bool(gone.all())


async def followed_by(db: Writer, conversation_id: int, agent_id: int, reader_id: int) -> list[int]:
    """By whom a person hears of it: themselves, and their department that read it.

    Who was not drawn in by themselves hears of it by every department of theirs that was.
    """
    found = [
        row["id"]
        for row in await _FOLLOWED.rows(db, conversation_id=conversation_id, agent_id=agent_id)
    ]
    return [one for one in found if one in (agent_id, reader_id)] or found


async def can_take_over(db: Writer, conversation_id: int, agent_id: int) -> list[Person]:
    """To whom a person can hand on what was given to them, who is no member, oldest first.

    The members of its mailboxes, and their own departments with who speaks for these.
    """
    close = await _CLOSE.rows(db, agent_id=agent_id)
    near = {row["id"] for row in close} | {agent_id}
    rows = await _PEOPLE.rows(db, conversation_id=conversation_id)
    return [_person(row) for row in rows if row["is_member"] or row["id"] in near]


@dataclass(frozen=True, slots=True)
class ByMail:
    """Somebody of ours who can take part in a conversation by mail."""

    id: int
    name: str
    email: str
    is_drawn_in: bool  # and hears of it, because one of us wanted it
    is_colleague: bool  # and can be given it


_MOST_OFFERED: Final = 100  # colleagues: whom a list does not show is spoken to by name
_BY_MAIL: Final = Statement("""
with drawn as (
    select agent_id from follower
     where conversation_id in (select id from conversation
                                where id = :conversation or merged_into = :conversation))
select id, name, email, is_drawn_in, is_colleague from (
    select a.id, a.name, a.email, a.role = 'colleague' as is_colleague,
           a.id in (select agent_id from drawn) as is_drawn_in
      from agent a
     where a.disabled_at is null
       and (a.role = 'colleague' or a.id in (select agent_id from drawn))
     order by is_drawn_in desc, a.name, a.id limit :most) as offered
 order by name, id
""")


async def by_mail(db: Reader | Writer, conversation_id: int) -> list[ByMail]:
    """Who was drawn in and is not disabled, and colleagues who can be, by name."""
    found = await _BY_MAIL.rows(db, conversation=conversation_id, most=_MOST_OFFERED)
    return [ByMail(**row) for row in found]


async def drawn_in(db: Reader | Writer, conversation_id: int) -> list[ByMail]:
    """Who was drawn in and is not disabled, by name."""
    return [one for one in await by_mail(db, conversation_id) if one.is_drawn_in]


async def colleagues_by_mail(db: Reader | Writer) -> list[tuple[int, str]]:
    """Colleagues, to whom any conversation can be given, with their names, by name."""
    found = select(Agent.id, Agent.name).where(
        Agent.role == Role.COLLEAGUE, Agent.disabled_at.is_(None)
    )
    rows = await db.execute(found.order_by(Agent.name, Agent.id).limit(_MOST_OFFERED))
    return [(row.id, row.name) for row in rows]


def _person(row: Any) -> Person:
    return Person(id=row["id"], name=row["name"], addresses=tuple(row["addresses"]))
