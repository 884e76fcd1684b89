"""Telling a customer that one of us has closed their conversation, where its mailbox does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from inbox.clock import utcnow
from inbox.desk.record import record
from inbox.desk.satisfaction import ask, has_no_person
from inbox.desk.silence import mail_to
from inbox.errors import NotFound
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.actor import SYSTEM
from inbox.model.conversation import Status
from inbox.model.event import EventName
from inbox.outbound.queue import enqueue_mail
from inbox.store.engine import Writer
from inbox.store.hours import policy_of
from inbox.store.locks import lock
from inbox.store.ratings import was_asked
from inbox.store.silence import silent_of
from inbox.store.tables import Mailbox


@job("closing.tell", retry=INTAKE)
async def tell_job(
    db: Writer,
    context: Context,
    *,
    conversation_id: int,
    closed_at: str,
    is_asked: bool = False,
    **_: Any,
) -> None:
    """Nobody has taken it back: whether the customer is to be told is found out now."""
    closed = datetime.fromisoformat(closed_at)
    await tell_closed(db, conversation_id, closed, is_asked=is_asked, context=context, now=utcnow())


async def tell_closed(
    db: Writer,
    conversation_id: int,
    closed_at: datetime,
    *,
    is_asked: bool = False,
    context: Context,
    now: datetime,
) -> bool:
    """Tell the customer that it was closed then, if it still is; whether so. Once for an answer.

    Where they are to be asked whether we have helped, that mail says it, and is all they get.

    `is_asked`: whoever closed it wanted it told, whatever the mailbox does.
    """
    try:
        conversation = await lock(db, conversation_id)
    except NotFound:
        return False
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    is_so = conversation.id == conversation_id and conversation.closed_at == closed_at
    is_told = (is_asked or mailbox.tells_closing) and mailbox.removed_at is None
    if not is_so or conversation.status != Status.CLOSED or not is_told:
        return False
    silent = await silent_of(db, conversation.id)
    if silent is None or has_no_person(silent.address, silent.head):
        return False
    # One mail says both: that it is closed, and whether we have helped.
    if await was_asked(db, conversation.id, since=closed_at):
        return False
    if await ask(db, conversation_id, closed_at, context=context, now=now):
        return True
    hours = (await policy_of(db, mailbox.id)).hours
    mail = mail_to(conversation, mailbox, silent, "closed", {}, hours, context)
    if await enqueue_mail(db, mail, context.settings, now=now) is None:
        return False
    await record(
        db,
        conversation.id,
        EventName.CUSTOMER_TOLD_CLOSED,
        by=SYSTEM,
        now=now,
        payload={"to": silent.address},
    )
    return True
