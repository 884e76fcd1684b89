"""Mails to one of us about one conversation, which they can answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from inbox.jobs.registry import Context
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.asked import newest_message
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Conversation, Mailbox


async def write_about(
    db: Writer,
    context: Context,
    conversation: Conversation,
    agent: Agent,
    kind: str,
    *key: str | int,
    now: datetime,
    message_id: int | None = None,
    draft: Mapping[str, Any] | None = None,
) -> None:
    """Ask for a mail to the agent; once for each `key` of a kind, however often it is asked for.

    It is about this message (None: the newest), and its reader has seen all that was until now.
    """
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    source = derived(context.secret, kind, *key, agent.id)
    header_id = new_message_id(mailbox.address.rpartition("@")[2], context.secret, source)
    mail = NewMail(
        kind=kind,
        recipients=(agent.email,),
        header_id=header_id,
        token_hash=hash_token(reply_token(context.secret, header_id)),
        shown_event_id=conversation.last_event_id,
        sender=mailbox.address,
        mailbox_id=mailbox.id,
        conversation_id=conversation.id,
        message_id=message_id or await newest_message(db, conversation.id),
        agent_id=agent.id,
        draft=draft or {},
    )
    await enqueue_mail(db, mail, context.settings, now=now)
