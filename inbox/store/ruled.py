"""Rules as they are kept, and as every mail needs them: read once, until one of them changes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import select

from inbox.rules.engine import Kept
from inbox.store.engine import Database, Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import HouseRule, RuleVersion

_ENABLED: Final = Statement("""
select id, name, mailbox_id, document, fault from rule
 where enabled and removed_at is null order by position, id
""")
# Another number each time, also after all rows were gone: nobody may take old rules for these.
_STAMP: Final = Statement("""
insert into rule_stamp as stamp (id, value)
select 1, case when exists (select from rule where enabled and removed_at is null)
               then pg_current_xact_id()::text::bigint * 1000 end
    on conflict (id) do update
   set value = case when excluded.value is not null
                    then greatest(excluded.value, coalesce(stamp.value, 0) + 1) end
returning value
""")
_FAULT: Final = Statement("""
update rule set fault = :fault, fault_at = :now
 where id = :id and fault = '' and removed_at is null
returning id
""")
_FACTS: Final = Statement("""
select c.id, c.mailbox_id, c.status, c.priority, c.category, c.tags, c.assignee_id, c.waiting_since,
       m.visibility, (select hours_key from mailbox b where b.id = c.mailbox_id) as hours_key
  from conversation c left join message m on m.id = :message_id
 where c.id = :conversation_id
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A rule that is switched on, and where."""

    kept: Kept
    mailbox_id: int | None
    is_told: bool  # that it is broken, if it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What rules ask of a conversation, as it stands now."""

    id: int
    mailbox_id: int
    status: str
    priority: int
    category: str
    tags: frozenset[str]
    is_assigned: bool
    waiting_since: datetime | None
    hours_key: str  # of the hours of the mailbox; see store.hours
    is_public: bool  # the mail that came; not of somebody whom one of us has asked


_known: WeakKeyDictionary[Database, tuple[int, tuple[Live, ...]]] = WeakKeyDictionary()


async def live_rules(db: Writer | Reader, database: Database, stamp: int) -> tuple[Live, ...]:
    """The rules that are switched on, in order; asked for only where the stamp is another."""
    known = _known.get(database)
    if known and known[0] == stamp:
        return known[1]
    rows = await _ENABLED.rows(db)
    rules = tuple(
        Live(
            kept=Kept.of(row["id"], row["name"], row["document"]),
            mailbox_id=row["mailbox_id"],
            is_told=bool(row["fault"]),
        )
        for row in rows
    )
    _known[database] = (stamp, rules)
    return rules


async def stamp_rules(db: Writer) -> int | None:
    """Let everybody read them anew from this transaction on; None where none is switched on."""
    [row] = await _STAMP.rows(db)
    value: int | None = row["value"]
    return value


async def note_fault(db: Writer, rule_id: int, fault: str, *, now: datetime) -> bool:
    """Keep what is wrong with a rule; whether this is news since it was last changed."""
    news = bool(await _FAULT.rows(db, id=rule_id, fault=fault[:500], now=now))
    if news:
        await stamp_rules(db)
    return news


async def stands(db: Reader | Writer, conversation_id: int, message_id: int | None) -> Stands:
    """How a conversation stands that is there."""
    [row] = await _FACTS.rows(db, conversation_id=conversation_id, message_id=message_id)
    return Stands(
        id=row["id"],
        mailbox_id=row["mailbox_id"],
        status=row["status"],
        priority=row["priority"],
        category=row["category"],
        tags=frozenset(row["tags"]),
        is_assigned=row["assignee_id"] is not None,
        waiting_since=row["waiting_since"],
        hours_key=row["hours_key"],
        is_public=row["visibility"] != "internal",
    )


async def rules_of(
    db: Reader | Writer, mailboxes: Collection[int] | None = None
) -> list[HouseRule]:
    """All rules that are not removed, in their order; of these mailboxes and of the whole house."""
    wanted = select(HouseRule).where(HouseRule.removed_at.is_(None))
    if mailboxes is not None:
        theirs = HouseRule.mailbox_id.in_(tuple(mailboxes))
        wanted = wanted.where(HouseRule.mailbox_id.is_(None) | theirs)
    order = (HouseRule.mailbox_id.is_not(None), HouseRule.position, HouseRule.id)
    return list(await db.scalars(wanted.order_by(*order)))


async def versions_of(db: Reader | Writer, rule_id: int) -> Sequence[RuleVersion]:
    """All versions of a rule, the newest first."""
    wanted = select(RuleVersion).where(RuleVersion.rule_id == rule_id)
    return list(await db.scalars(wanted.order_by(RuleVersion.version.desc())))
