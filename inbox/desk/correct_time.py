"""By when a customer was told that an answer comes: where that cannot be kept, they are told anew.

Once, before the time passes. The confirmation sets an alarm clock; what it finds when it rings
decides: whoever was answered, or will be in time, hears nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.desk.standing import read, written
from inbox.errors import NotFound
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.actor import SYSTEM
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.sla.expected import expected
from inbox.store.engine import Writer
from inbox.store.hours import policy_of
from inbox.store.locks import lock
from inbox.store.statement import Statement
from inbox.store.tables import Conversation, Mailbox, Outbound
from inbox.store.waiting import WAITING

_BEFORE: Final = timedelta(hours=1)
_PART: Final = 4  # of the time there was, where that is shorter
_UNANSWERED: Final = (Status.OPEN, Status.SNOOZED)
# What has been said since, or will be in time: then there is nothing to correct.
_KEPT = Statement(f"""
select exists (select from message
                where conversation_id = :conversation_id and kind = 'reply'
                  and visibility = 'public' and id > :message_id)
       or exists (select from message join held on held.message_id = message.id
                   where conversation_id = :conversation_id and held.state = 'waiting'
                     and held.send_at <= :until) as is_answered,
       exists (select from outbound_recipient
                where outbound_id = :outbound_id and state = 'failed') as is_lost,
       {WAITING} as waiting
""")  # noqa: S608 - a constant


async def correct_in_time(
    db: Writer, conversation_id: int, outbound_id: int, until: datetime, *, now: datetime
) -> None:
    """Look again before the time has passed that the confirmation in this row says."""
    await enqueue(
        db,
        "confirmation.correct",
        key=f"confirmed:{conversation_id}",
        run_at=until - min(_BEFORE, (until - now) / _PART),
        outbound_id=outbound_id,
    )


@job("confirmation.correct", retry=INTAKE)
async def correct_job(db: Writer, context: Context, *, outbound_id: int, **_: Any) -> None:
    """The time is near; whether it can be kept is found out now."""
    await correct(db, outbound_id, context=context, now=utcnow())


async def correct(db: Writer, outbound_id: int, *, context: Context, now: datetime) -> bool:
    """Tell the customer of this confirmation a later time, if nobody has answered; whether so.

    A second time changes nothing.
    """
    confirmation = await db.get(Outbound, outbound_id)
    if confirmation is None or confirmation.conversation_id is None:
        return False
    try:
        conversation = await lock(db, confirmation.conversation_id)
    except NotFound:
        return False
    before = read(confirmation.draft.get("until"))
    if before is None or conversation.status not in _UNANSWERED:
        return False
    [facts] = await _KEPT.rows(
        db,
        conversation_id=conversation.id,
        mailbox_id=conversation.mailbox_id,
        message_id=confirmation.message_id,
        outbound_id=outbound_id,
        until=before,
    )
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    if facts["is_answered"] or facts["is_lost"] or mailbox.removed_at or mailbox.confirm == "off":
        return False
    until = await _later(db, conversation, facts["waiting"], now=now)
    if until is not None and until <= before:
        return False
    mail = _mail(confirmation, conversation, mailbox, until, context)
    if await enqueue_mail(db, mail, context.settings, now=now) is None:
        return False
    await record(
        db,
        conversation.id,
        EventName.CONFIRMATION_CORRECTED,
        by=SYSTEM,
        now=now,
        payload={"to": mail.recipients[0], "until": written(until), "from": written(before)},
    )
    return True


async def _later(
    db: Writer, conversation: Conversation, waiting: list[datetime], *, now: datetime
) -> datetime | None:
    """By when instead: as one of us has promised, else as the queue is now."""
    if conversation.promised_until is not None and conversation.promised_until > now:
        return conversation.promised_until
    policy = await policy_of(db, conversation.mailbox_id)
    target = policy.of(conversation.priority).first_answer
    return expected(policy.hours, target, waiting, since=now)


def _mail(
    confirmation: Outbound,
    conversation: Conversation,
    mailbox: Mailbox,
    until: datetime | None,
    context: Context,
) -> NewMail:
    chosen, secret = confirmation.draft, context.secret
    # The same each time: it is corrected once.
    source = derived(secret, "correction", confirmation.id)
    header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, source)
    to = chosen["to"]
    return NewMail(
        kind="correction",
        recipients=(to,),
        header_id=header_id,
        sender="",  # RFC 3834 §3.3
        mailbox_id=mailbox.id,
        conversation_id=conversation.id,
        message_id=confirmation.message_id,
        draft={
            **{
                name: chosen[name] for name in ("to", "language", "proved", "zone", "ours", "token")
            },
            "from": mailbox.address,
            "name": mailbox.name,
            "footer": mailbox.footer,
            "before": chosen["until"],
            "until": written(until),
        },
        token_hash=hash_token(reply_token(secret, header_id)) if chosen["token"] else None,
    )
