"""Mails to one of us about themselves: from which mailbox, in which language, in which form.

Nobody answers these, so no token is in them, and no bounce of theirs is waited for.
"""

from __future__ import annotations

from secrets import token_bytes
from typing import Any

from sqlalchemy import select

from inbox.jobs.registry import Context
from inbox.log import get_logger
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.model.address import Address
from inbox.notify.draft import draft_to
from inbox.notify.render import Rendered
from inbox.outbound.queue import NewMail
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox, Membership, Outbound

log = get_logger("notify")


async def new_mail(
    db: Writer, context: Context, agent: Agent, kind: str, *, to: str, **draft: Any
) -> NewMail | None:
    """A mail of this kind to one of their addresses; None where no mailbox could send it."""
    mailbox = await _from(db, agent.id)
    if mailbox is None:
        log.warning(f"{kind}.no_mailbox", agent=agent.id)
        return None
    return NewMail(
        kind=kind,
        recipients=(to,),
        header_id=new_message_id(mailbox.address.rpartition("@")[2], context.secret, token_bytes),
        sender="",
        mailbox_id=mailbox.id,
        agent_id=agent.id,
        draft={"to": to, **draft},
    )


async def personal_draft(
    db: Reader, context: Context, outbound: Outbound, agent: Agent, body: Rendered
) -> Draft:
    """The mail itself, to the one of their addresses that it is for."""
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    reader = Address(name=agent.name, address=outbound.draft["to"])
    return draft_to(context, outbound, mailbox, reader, body)


async def _from(db: Writer, agent_id: int) -> Mailbox | None:
    """The first mailbox of theirs, or of all."""
    mine = select(Membership.mailbox_id).where(Membership.agent_id == agent_id)
    return await db.scalar(
        select(Mailbox)
        .where(Mailbox.removed_at.is_(None))
        .order_by(Mailbox.id.in_(mine).desc(), Mailbox.id)
        .limit(1)
    )
