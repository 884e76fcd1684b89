"""What follows when a relay refuses a mail for good: it is said in the conversation."""

from __future__ import annotations

from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import SYSTEM
from inbox.model.event import EventName
from inbox.model.rank import Rank
from inbox.store.engine import Writer
from inbox.store.unreachable import is_lost_again

# Each recipient is told of once, whoever found out: the relay, or a bounce that came back.
_FAILED = text("""
select outbound.conversation_id, outbound.message_id, outbound.kind, address, reply
  from outbound join outbound_recipient on outbound_id = outbound.id
 where outbound.id = :outbound_id and outbound_recipient.state = 'failed'
   and conversation_id is not null
   and not exists (select 1 from event
                    where event.conversation_id = outbound.conversation_id
                      and event.name = 'delivery.failed'
                      and event.payload ->> 'address' = address
                      and (event.payload ->> 'outbound')::bigint = outbound.id)
 order by address
""")


@job("desk.delivery_failed", retry=INTAKE)
async def delivery_failed(db: Writer, context: Context, *, outbound_id: int) -> None:
    """Record the recipients that a mail did not reach; running again records nothing twice."""
    for failed in (await db.execute(_FAILED, {"outbound_id": outbound_id})).all():
        if await is_lost_again(db, outbound_id, failed.address):
            continue
        await record(
            db,
            failed.conversation_id,
            EventName.DELIVERY_FAILED,
            by=SYSTEM,
            now=utcnow(),
            message_id=failed.message_id,
            payload={
                "outbound": outbound_id,
                "kind": failed.kind,
                "address": failed.address,
                "reply": failed.reply or "",
            },
        )
    await enqueue(db, "notify.unreachable", rank=Rank.FOLLOWING, outbound_id=outbound_id)
