"""The verbs of webhooks: other programs that hear of events, as they were told to, or by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from json import dumps
from typing import Final

from sqlalchemy import delete, func, select

from inbox.desk.mailboxes import the_mailbox
from inbox.desk.record import record
from inbox.errors import Conflict, Invalid, NotFound
from inbox.jobs.queue import enqueue
from inbox.model.actor import Actor
from inbox.model.event import EventName
from inbox.outbound.target import NoTarget, target_of
from inbox.outbound.webhook_body import new_secret
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.locks import lock
from inbox.store.tables import Webhook, WebhookDelivery

EVERYTHING: Final = "*"
_LONGEST_NAME: Final = 60
_MOST: Final = 100
BOTH: Final = timedelta(days=1)  # for so long an old secret signs beside the new one
_MOST_OLD: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDraft:
    """A webhook before it is kept. Without events it hears only what rules send there."""

    name: str
    url: str
    mailbox: str = ""  # its address; "" for all of them
    events: Sequence[str] = ()
    enabled: bool = True


async def add_webhook(
    db: Writer,
    draft: WebhookDraft,
    *,
    networks: Sequence[str],
    now: datetime,
    rng: Callable[[int], bytes],
) -> Webhook:
    """Let another program hear of something. Raises Conflict, Invalid, UnknownMailbox."""
    if (await db.scalar(select(func.count()).select_from(Webhook)) or 0) >= _MOST:
        raise Invalid(Refusal.MANY_WEBHOOKS, most=_MOST)
    webhook = Webhook(secret=new_secret(rng), changed_at=now)
    await _write(db, webhook, draft, networks, now)
    db.add(webhook)
    await db.flush()
    return webhook


async def change_webhook(
    db: Writer, webhook_id: int, draft: WebhookDraft, *, networks: Sequence[str], now: datetime
) -> Webhook:
    """Say it otherwise; the secret stays. Raises Conflict, Invalid, NotFound, UnknownMailbox."""
    webhook = await the_webhook(db, webhook_id)
    await _write(db, webhook, draft, networks, now)
    webhook.failing_since = webhook.rests_until = None  # it is tried again at once
    await db.flush()
    return webhook


async def renew_secret(
    db: Writer, webhook_id: int, *, now: datetime, rng: Callable[[int], bytes]
) -> Webhook:
    """Sign with another secret; for a day with the old one as well. Raises NotFound.

    Who asks twice by mistake has a program that knows the first alone: that one still counts, too.
    """
    webhook = await the_webhook(db, webhook_id)
    counts = webhook.old_until is not None and webhook.old_until > now
    old = (webhook.old_secret or "").split() if counts else []
    webhook.old_secret = " ".join([*old[: _MOST_OLD - 1], webhook.secret])
    webhook.old_until = now + BOTH
    webhook.secret, webhook.changed_at = new_secret(rng), now
    return webhook


async def remove_webhook(db: Writer, webhook_id: int) -> None:
    """It hears of nothing more, and what was on its way is forgotten. Raises NotFound."""
    webhook = await the_webhook(db, webhook_id)
    await db.execute(delete(Webhook).where(Webhook.id == webhook.id))


async def the_webhook(db: Reader | Writer, webhook_id: int) -> Webhook:
    """The webhook of this number. Raises NotFound."""
    found = await db.get(Webhook, webhook_id) if 0 < webhook_id < 1 << 62 else None
    if found is None:
        raise NotFound(Refusal.NO_SUCH_WEBHOOK)
    return found


async def try_webhook(db: Writer, webhook_id: int, *, now: datetime) -> WebhookDelivery:
    """Send it something that means nothing, to see whether it arrives. Raises NotFound."""
    webhook = await the_webhook(db, webhook_id)
    webhook.rests_until = None
    body = dumps({"type": "ping", "timestamp": now.isoformat(), "data": {"webhook": webhook.name}})
    return await _send(db, webhook.id, body=body, now=now)


async def send_again(db: Writer, delivery_id: int, *, now: datetime) -> WebhookDelivery:
    """Send once more what was given up, or has arrived. Raises NotFound."""
    found = await db.get(WebhookDelivery, delivery_id) if 0 < delivery_id < 1 << 62 else None
    if found is None:
        raise NotFound(Refusal.NO_SUCH_WEBHOOK)
    webhook = await the_webhook(db, found.webhook_id)
    webhook.rests_until = None
    if found.state != "waiting":
        # Three days count from now on; whoever gets it twice knows it by its id.
        found.state, found.created_at, found.done_at = "waiting", now, None
        await db.flush()
        await enqueue(db, "webhooks.deliver", delivery_id=found.id)
    return found


async def send_by_rule(
    db: Writer,
    conversation_id: int,
    name: str,
    *,
    by: Actor,
    message_id: int | None,
    now: datetime,
) -> None:
    """Let a program hear of a conversation because a rule says so. Raises Invalid, NotFound."""
    conversation = await lock(db, conversation_id)
    webhook = await db.scalar(select(Webhook).where(func.lower(Webhook.name) == name.lower()))
    # What one department tells a program is for that one: a rule of another must not reach it.
    if webhook is None or webhook.mailbox_id not in (None, conversation.mailbox_id):
        raise Invalid(Refusal.NO_SUCH_WEBHOOK)
    event_id = await record(
        db,
        conversation.id,
        EventName.WEBHOOK_SENT,
        by=by,
        now=now,
        message_id=message_id,
        payload={"value": webhook.name},
    )
    await _send(db, webhook.id, event_id=event_id, rule=by.name, now=now)


async def _send(
    db: Writer,
    webhook_id: int,
    *,
    now: datetime,
    event_id: int | None = None,
    rule: str = "",
    body: str | None = None,
) -> WebhookDelivery:
    delivery = WebhookDelivery(
        webhook_id=webhook_id, event_id=event_id, rule=rule, body=body, created_at=now
    )
    db.add(delivery)
    await db.flush()
    await enqueue(db, "webhooks.deliver", delivery_id=delivery.id)
    return delivery


async def _write(
    db: Writer, webhook: Webhook, draft: WebhookDraft, networks: Sequence[str], now: datetime
) -> None:
    name = " ".join(draft.name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise Invalid(Refusal.WEBHOOK_NAME)
    there = await db.scalar(select(Webhook.id).where(func.lower(Webhook.name) == name.lower()))
    if there is not None and there != webhook.id:
        raise Conflict(Refusal.WEBHOOK_THERE, name=name)
    try:
        target = target_of(draft.url.strip(), networks)
    except NoTarget as error:
        raise Invalid(Refusal.WEBHOOK_URL, reason=str(error)) from error
    webhook.name, webhook.url, webhook.enabled = name, target.url, draft.enabled
    webhook.mailbox_id = (await the_mailbox(db, draft.mailbox)).id if draft.mailbox else None
    webhook.events, webhook.changed_at = _events(draft.events), now


def _events(wanted: Iterable[str]) -> list[str]:
    named = sorted({one.strip() for one in wanted if one.strip()})
    known = {EVERYTHING, *map(str, EventName)}
    if wrong := [one for one in named if one not in known]:
        raise Invalid(Refusal.NO_SUCH_EVENT, name=wrong[0][:60])
    return [EVERYTHING] if EVERYTHING in named else named
