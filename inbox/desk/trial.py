"""A test mail of a mailbox: to somebody of ours, or to itself, all the way out and in again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from inbox.errors import Conflict
from inbox.jobs.registry import Context
from inbox.mail.ids import new_message_id
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Mailbox


async def send_trial(
    db: Writer,
    mailbox: Mailbox,
    *,
    to: Agent | None,
    by: Agent,
    context: Context,
    now: datetime,
    rng: Callable[[int], bytes],
) -> int:
    """Ask for a test mail to a person, or (None) to the mailbox itself; its number.

    What comes back is no conversation. Raises Conflict where mail has no way out.
    """
    if context.settings.relay_url is None:
        raise Conflict(Refusal.NO_WAY_OUT)
    address = to.email if to else mailbox.address
    mail = NewMail(
        kind="trial",
        recipients=(address,),
        header_id=new_message_id(mailbox.address.rpartition("@")[2], context.secret, rng),
        sender=mailbox.address,
        mailbox_id=mailbox.id,
        draft={"to": address, "comes_back": to is None, "language": by.language},
    )
    asked = await enqueue_mail(db, mail, context.settings, now=now)
    if asked is None:
        raise Conflict
    return asked
