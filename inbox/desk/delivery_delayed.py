"""What follows when an answer does not get through for long: whoever wrote it hears of it early."""

from __future__ import annotations

from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import SYSTEM
from inbox.model.event import EventName
from inbox.store.engine import Writer

# By now it may have gone out after all, and it is said once.
_DELAYED = text("""
select conversation_id, message_id, coalesce(error, '') as error,
       (select string_agg(address, ', ' order by address) from outbound_recipient
         where outbound_id = outbound.id and state = 'waiting') as addresses
  from outbound
 where id = :outbound_id and kind = 'reply' and state = 'waiting' and conversation_id is not null
   and not exists (select 1 from event
                    where event.conversation_id = outbound.conversation_id
                      and event.name = 'delivery.delayed'
                      and (event.payload ->> 'outbound')::bigint = outbound.id)
""")


@job("desk.delivery_delayed", retry=INTAKE)
async def delivery_delayed(db: Writer, context: Context, *, outbound_id: int) -> None:
    """Record that an answer still waits; running again records nothing twice."""
    late = (await db.execute(_DELAYED, {"outbound_id": outbound_id})).one_or_none()
    if late is None or late.addresses is None:
        return
    await record(
        db,
        late.conversation_id,
        EventName.DELIVERY_DELAYED,
        by=SYSTEM,
        now=utcnow(),
        message_id=late.message_id,
        payload={
            "outbound": outbound_id,
            "kind": "reply",
            "address": late.addresses,
            "reply": late.error,
        },
    )
