"""Webhooks as they are listed: how they do, and what was sent."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import select

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Webhook

_DELIVERIES: Final = Statement("""
select d.id, d.webhook_id, w.name as webhook, coalesce(e.name, 'ping') as type, d.rule, d.state,
       d.tries, d.status, d.error, d.created_at, d.done_at, e.conversation_id
  from webhook_delivery d join webhook w on w.id = d.webhook_id
  left join event e on e.id = d.event_id
 where (cast(:webhook_id as bigint) is null or d.webhook_id = :webhook_id) and d.id < :before
   and (cast(:state as text) is null or d.state = :state)
 order by d.id desc limit :most
""")


async def webhooks(db: Reader | Writer) -> list[Webhook]:
    """All of them, by name."""
    return list(await db.scalars(select(Webhook).order_by(Webhook.name, Webhook.id)))


async def deliveries(
    db: Reader | Writer,
    webhook_id: int | None = None,
    *,
    state: str | None = None,
    before: int = (1 << 62) - 1,
    most: int = 50,
) -> list[dict[str, Any]]:
    """What was sent, or is to be, the newest first."""
    rows = await _DELIVERIES.rows(db, webhook_id=webhook_id, state=state, before=before, most=most)
    return [dict(row) for row in rows]
