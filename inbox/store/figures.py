"""How much waits where: the figures of `/metrics`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Job, Outbound, Spool


async def queue_figures(db: Reader, *, now: datetime) -> dict[str, float]:
    """All figures in one statement; each counts through an index of unfinished rows."""
    due = (Job.done_at.is_(None), Job.run_at <= now)
    row = (
        await db.execute(
            select(
                _count(Spool.id, Spool.state == "waiting").label("spool_waiting"),
                _count(Spool.id, Spool.state == "set_aside").label("spool_set_aside"),
                _count(Outbound.id, Outbound.state.in_(("waiting", "sending"))).label(
                    "outbound_waiting"
                ),
                _count(Outbound.id, Outbound.state == "failed").label("outbound_failed"),
                _count(Job.id, *due).label("jobs_due"),
                select(func.min(Job.run_at)).where(*due).scalar_subquery().label("oldest"),
                _count(Job.id, Job.dead.is_(True)).label("jobs_dead"),
                _count(Conversation.id, Conversation.status == "open").label("conversations_open"),
            )
        )
    ).one()
    figures = {name: float(value) for name, value in row._mapping.items() if name != "oldest"}
    late = (now - row.oldest).total_seconds() if row.oldest else 0.0
    return {**figures, "jobs_late_seconds": max(0.0, late)}


def _count(column: Any, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(column)).where(*conditions).scalar_subquery()
