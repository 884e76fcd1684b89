"""Customers who do not answer: they are reminded, then told that it is closed.

Each conversation that comes to wait for its customer has an alarm clock, where its mailbox wants
so; what it finds when it rings decides. Days are those on which the department is there. Nobody is
reminded twice of one answer, no machine and no list is, and not where we have promised something,
or one of us has said until when it waits.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from inbox.clock import utcnow
from inbox.desk.close import close
from inbox.desk.record import record
from inbox.desk.satisfaction import has_no_person
from inbox.desk.standing import written
from inbox.desk.stopped_clocks import set_again
from inbox.errors import NotFound
from inbox.i18n import LANGUAGES
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
from inbox.sla.calendar import Hours, NeverOpen
from inbox.sla.silence import open_days_after
from inbox.store.engine import Writer
from inbox.store.hours import policy_of
from inbox.store.locks import lock
from inbox.store.silence import Silent, silent_of
from inbox.store.tables import Conversation, Mailbox

Told = Literal["reminder", "closed"]


@job("silence.look", retry=INTAKE, give_up=set_again("silence.look", "silence"))
async def look_job(db: Writer, context: Context, *, conversation_id: int) -> None:
    """Somebody may not have answered; whether it is so is found out now."""
    await look(db, conversation_id, context=context, now=utcnow())


async def look(
    db: Writer, conversation_id: int, *, context: Context, now: datetime
) -> Told | datetime | None:
    """Remind the customer, or close it and tell them: what was done, or when to look again."""
    try:
        conversation = await lock(db, conversation_id)
    except NotFound:
        return None
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    if conversation.id != conversation_id or not _waits(conversation, mailbox):
        return None
    silent = await silent_of(db, conversation.id)
    if silent is None or silent.has_answered or has_no_person(silent.address, silent.head):
        return None
    hours = (await policy_of(db, mailbox.id)).hours
    since = max(silent.reminded_at or silent.waits_since, silent.waits_since)
    days = mailbox.close_days if silent.reminded_at else mailbox.remind_days
    if (due := _due(hours, since, days)) is None:
        return None
    if due > now:
        await _look_again(db, conversation.id, due)
        return due
    if silent.reminded_at:
        return await _close(db, conversation, mailbox, silent, hours, context=context, now=now)
    return await _remind(db, conversation, mailbox, silent, hours, context=context, now=now)


def _waits(conversation: Conversation, mailbox: Mailbox) -> bool:
    return (
        conversation.status == Status.WAITING
        and conversation.returns_at is None
        and conversation.promised_until is None
        and mailbox.removed_at is None
        and mailbox.remind_days > 0
    )


def _due(hours: Hours, since: datetime, days: int) -> datetime | None:
    """So many open days later; None where that is never."""
    try:
        return open_days_after(hours, since, days) if days else None
    except NeverOpen:
        return None


async def _remind(
    db: Writer,
    conversation: Conversation,
    mailbox: Mailbox,
    silent: Silent,
    hours: Hours,
    *,
    context: Context,
    now: datetime,
) -> Told | None:
    closes = _due(hours, now, mailbox.close_days)
    about = {"since": written(silent.said_at), "closes": written(closes)}
    mail = mail_to(conversation, mailbox, silent, "reminder", about, hours, context)
    if await enqueue_mail(db, mail, context.settings, now=now) is None:
        return None
    await record(
        db,
        conversation.id,
        EventName.CUSTOMER_REMINDED,
        by=SYSTEM,
        now=now,
        payload={"to": silent.address, "closes": written(closes)},
    )
    if closes:
        await _look_again(db, conversation.id, closes)
    return "reminder"


async def _close(
    db: Writer,
    conversation: Conversation,
    mailbox: Mailbox,
    silent: Silent,
    hours: Hours,
    *,
    context: Context,
    now: datetime,
) -> Told:
    mail = mail_to(conversation, mailbox, silent, "closed", {"silent": True}, hours, context)
    await enqueue_mail(db, mail, context.settings, now=now)
    # Nobody is there to be asked what its mailbox wants said.
    told = {"silent": True, "to": silent.address}
    await close(db, conversation.id, by=SYSTEM, now=now, asks=False, told=told)
    return "closed"


def mail_to(
    conversation: Conversation,
    mailbox: Mailbox,
    silent: Silent,
    kind: Told,
    about: dict[str, Any],
    hours: Hours,
    context: Context,
) -> NewMail:
    """The mail to whom our last answer went; the same each time it is asked for."""
    secret = context.secret
    source = derived(secret, kind, conversation.id, silent.message_id)
    header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, source)
    has_token = mailbox.customer_token
    return NewMail(
        kind=kind,
        recipients=(silent.address,),
        header_id=header_id,
        sender="",  # RFC 3834 §3.3: what cannot be delivered comes back to nobody
        mailbox_id=mailbox.id,
        conversation_id=conversation.id,
        message_id=silent.message_id,
        draft={
            "from": mailbox.address,
            "name": mailbox.name,
            "to": silent.address,
            "language": silent.language if silent.language in LANGUAGES else mailbox.language,
            "ours": hours.zone.key,
            "token": has_token,
            "footer": mailbox.footer,
            **about,
        },
        token_hash=hash_token(reply_token(secret, header_id)) if has_token else None,
    )


async def _look_again(db: Writer, conversation_id: int, at: datetime) -> None:
    await enqueue(
        db,
        "silence.look",
        key=f"silence:{conversation_id}",
        run_at=at,
        conversation_id=conversation_id,
    )
