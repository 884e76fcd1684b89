"""What is due of a conversation, kept true with every event of it; see `sla.plan`.

The alarm clock is one job for each conversation; what it finds decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.model.conversation import Status
from inbox.sla.deadlines import Clock
from inbox.sla.plan import Standing, plan
from inbox.store.engine import Writer
from inbox.store.hours import known_policy
from inbox.store.statement import Statement

# Of a conversation's row what its deadlines hang on, and what was planned.
STANDING: Final = """
    conversation.mailbox_id, conversation.status, conversation.priority,
    conversation.waiting_since, conversation.promised_until, conversation.working_since,
    conversation.worked, conversation.due_at, conversation.due,
    case when conversation.waiting_since is not null
         then exists (select from message said
                       where said.conversation_id = conversation.id and said.kind = 'reply')
         else false end as is_answered,
    (select hours_key from mailbox where mailbox.id = conversation.mailbox_id) as hours_key,
    (select run_at from job where key = 'ring:' || conversation.id and done_at is null) as rings_at
"""
# Sets the alarm clock, or moves it forward: one that rings too early finds nothing.
_RUNG: Final = """
    insert into job (kind, key, args, rank, run_at)
    select 'timers.ring', 'ring:' || cast(:conversation_id as bigint),
           jsonb_build_object('conversation_id', cast(:conversation_id as bigint)), 1,
           cast(:ring_at as timestamptz)
     where cast(:ring_at as timestamptz) is not null
        on conflict (key) where done_at is null and key is not null
        do update set run_at = excluded.run_at, leased_until = null
"""
RUNG: Final = _RUNG + " where job.run_at > excluded.run_at"
PLAN: Final = """due_at = cast(:due_at as timestamptz), due = :due,
       working_since = cast(:working_since as timestamptz), worked = :worked"""
_SETTLE = Statement(f"""
with rung as ({RUNG})
update conversation set {PLAN} where id = :conversation_id
""")  # noqa: S608 - constants
_RING = Statement(_RUNG)
_ONE = Statement(f"select {STANDING} from conversation where id = :conversation_id")  # noqa: S608 - constants


_COLUMNS: Final = ("due_at", "due", "working_since", "worked")


async def settle(
    db: Writer,
    conversation_id: int,
    row: Mapping[str, Any],
    *,
    now: datetime,
    is_anew: bool = False,
) -> None:
    """Write down what is due of it, from a row with the columns of STANDING, where it is new.

    `is_anew`: what is due later may be otherwise where what is due first is not.
    """
    found = await plan_values(db, row, now=now, is_anew=is_anew)
    if found["ring_at"] or _is_new(found, row):
        await _SETTLE.rows(db, conversation_id=conversation_id, **found)


async def settle_anew(db: Writer, conversation_id: int, *, now: datetime) -> None:
    """Find out what is due of a conversation as it stands now, whatever was planned of it."""
    await db.flush()
    for row in await _ONE.rows(db, conversation_id=conversation_id):
        await settle(db, conversation_id, row, now=now, is_anew=True)


async def ring_later(db: Writer, conversation_id: int, at: datetime) -> None:
    """Set its alarm clock."""
    await _RING.rows(db, conversation_id=conversation_id, ring_at=at)


async def plan_values(
    db: Writer, row: Mapping[str, Any], *, now: datetime, is_anew: bool = False
) -> dict[str, Any]:
    """What is due from `now` on, as PLAN and RUNG take it, from a row of STANDING."""
    policy = await known_policy(db, row["mailbox_id"], row["hours_key"])
    found = plan(standing_of(row), policy, now=now)
    values = {
        "due_at": found.due_at,
        "due": found.due or "",
        "working_since": found.working_since,
        "worked": int(found.worked.total_seconds()),
    }
    is_new = is_anew or _is_new(values, row)
    return {**values, "ring_at": _rings_at(found.rings, row["rings_at"], is_new=is_new, now=now)}


def _is_new(values: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return any(values[name] != row[name] for name in _COLUMNS)


def _rings_at(
    rings: Sequence[datetime], clock: datetime | None, *, is_new: bool, now: datetime
) -> datetime | None:
    """To when the alarm clock is to be set; None where it stands right, or nobody is to be told.

    What has passed of a plan that is as it was has been told, or the clock is about to ring.
    """
    first = next((at for at in rings if is_new or at > now), None)
    return None if first is None or (clock is not None and clock <= first) else first


def standing_of(row: Mapping[str, Any]) -> Standing:
    """What a row with the columns of STANDING says."""
    return Standing(
        status=Status(row["status"]),
        priority=row["priority"],
        clock=Clock(
            waiting_since=row["waiting_since"],
            is_answered=row["is_answered"],
            promised_until=row["promised_until"],
            working_since=row["working_since"],
            worked=timedelta(seconds=row["worked"]),
        ),
    )
