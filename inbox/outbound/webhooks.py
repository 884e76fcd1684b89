"""The job that tells another program of an event: one at a time for each program, again later where
it does not answer, given up after four hours of trying or three days, and then kept to be seen.

The row of a delivery says how far it got. The bytes are the same at every try, and so is their id.
While the other program thinks, no connection to the database waits with us: whose turn it is stands
in the row of the webhook, and passes by itself where we end in between.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import update

from inbox.clock import utcnow
from inbox.jobs.queue import NotNow, Postponed
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import HOOK
from inbox.log import get_logger
from inbox.outbound.target import SECONDS, Answered, post
from inbox.outbound.turns import turns
from inbox.outbound.webhook_body import body_of, signed
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.store.tables import Webhook, WebhookDelivery

log = get_logger("webhook")

_AT_ONCE: Final = timedelta(seconds=1)
_REST: Final = timedelta(seconds=30)
_LONGEST_REST: Final = timedelta(minutes=15)
_TOO_OLD: Final = timedelta(days=3)
_TURN: Final = timedelta(seconds=3 * SECONDS)
_SHARE: Final = 4  # of this many tasks one may wait for other programs
_ALONE: Final = Statement("""
update webhook set busy_until = :until
 where id = :id and (busy_until is null or busy_until <= :now) returning id
""")
_LOAD: Final = Statement("""
select d.id, d.state, d.body, d.rule, d.created_at, w.id as webhook_id, w.url, w.enabled,
       w.secret, case when w.old_until > now() then w.old_secret end as old_secret,
       w.failing_since, w.rests_until,
       e.id as event_id, e.name, e.at, e.actor_kind, e.actor_id, e.actor_name, e.payload,
       c.id as conversation_id, c.subject, c.status, c.priority, c.tags, c.category,
       b.address, b.name as mailbox_name, person.name as customer_name,
       (select address from customer_address own where own.customer_id = c.customer_id
         order by created_at limit 1) as customer_address,
       (select jsonb_build_object('id', a.id, 'name', a.name, 'email', a.email)
          from agent a where a.id = c.assignee_id) as assignee,
       m.id as message_id, m.kind, m.visibility, m.author_name, m.author_address,
       m.subject as message_subject, m.received_at, m.text
  from webhook_delivery d
  join webhook w on w.id = d.webhook_id
  left join event e on e.id = d.event_id
  left join conversation c on c.id = e.conversation_id
  left join mailbox b on b.id = c.mailbox_id
  left join customer person on person.id = c.customer_id
  left join message m on m.id = e.message_id
 where d.id = :id
""")


async def give_up(db: Writer, args: dict[str, Any], reason: str) -> None:
    """It was tried for long enough: kept, so that people see it and can send it again."""
    del reason
    await db.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.id == args["delivery_id"], WebhookDelivery.state == "waiting")
        .values(state="dead", done_at=utcnow())
    )


@job("webhooks.deliver", retry=HOOK, give_up=give_up)
async def deliver(db: Writer, context: Context, *, delivery_id: int) -> None:
    """Tell one program of one event. Does nothing where that is done, or was given up."""
    rows, now = await _LOAD.rows(db, id=delivery_id), utcnow()
    if not rows or rows[0]["state"] != "waiting":
        return
    row = rows[0]
    if why := _never(row, now):
        await _settle(db, row["id"], state="dead", error=why, done_at=now)
        return
    if row["rests_until"] and row["rests_until"] > now:
        raise Postponed(row["rests_until"] - now, "the program does not answer just now")
    await db.rollback()  # nothing was written; the connection is for others meanwhile
    async with turns(context.settings.worker_concurrency, "webhooks", one_of=_SHARE).turn():
        answered = await _tell(context, row, now=now)
    if answered.error:
        log.info("webhook.failed", webhook=row["webhook_id"], status=answered.status)
        raise NotNow(answered.error)


async def _tell(context: Context, row: Any, *, now: datetime) -> Answered:
    """Each step in a transaction of its own. Raises Postponed where it is not our turn."""
    async with context.database.write() as db:
        if not await _ALONE.rows(db, id=row["webhook_id"], now=now, until=now + _TURN):
            raise Postponed(_AT_ONCE, "another event is on its way there")
    body = row["body"] or body_of(row, public_url=context.settings.public_url)
    secrets = (row["secret"], *(row["old_secret"] or "").split())
    headers = signed(secrets, f"msg_{row['id']}", body.encode(), now=now)
    networks = context.settings.webhook_networks
    answered = await post(row["url"], body.encode(), headers, networks=networks)
    async with context.database.write() as db:
        await _keep(db, row, body, answered, now=now)
    return answered


def _never(row: Any, now: datetime) -> str:
    if not row["enabled"]:
        return "the webhook is switched off"
    if row["created_at"] < now - _TOO_OLD:
        return "it could not be delivered for three days"
    return ""


async def _keep(db: Writer, row: Any, body: str, answered: Answered, *, now: datetime) -> None:
    done = {} if answered.error else {"state": "sent", "done_at": now}
    await db.execute(
        update(WebhookDelivery)
        .where(WebhookDelivery.id == row["id"])
        .values(
            tries=WebhookDelivery.tries + 1,
            body=body,
            status=answered.status,
            error=answered.error or None,
            **done,
        )
    )
    since = row["failing_since"] or now
    # Longer each time: thousands may be waiting for the same program.
    rest = min(_LONGEST_REST, max(_REST, (now - since) / 2))
    failing = (since, now + rest) if answered.error else (None, None)
    await db.execute(
        update(Webhook)
        .where(Webhook.id == row["webhook_id"])
        .values(failing_since=failing[0], rests_until=failing[1], busy_until=None)
    )


async def _settle(db: Writer, delivery_id: int, **values: Any) -> None:
    await db.execute(
        update(WebhookDelivery).where(WebhookDelivery.id == delivery_id).values(**values)
    )
