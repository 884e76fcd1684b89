"""Telling one of us how it was understood what they asked for; only where it could be otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from inbox.desk.letter import Letter
from inbox.intake.agent_desk import Desk
from inbox.intake.deeds.deed import Step
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.asked import newest_message
from inbox.store.tables import Agent, Conversation, Mailbox


async def confirm(
    desk: Desk, letter: Letter, conversation_id: int, steps: Iterable[Step], agent: Agent
) -> None:
    """One mail to who asked, for all steps that were understood generously; mostly none."""
    deeds = [dict(step.told) for step in steps if step.told]
    if not deeds:
        return
    db, secret = desk.db, desk.context.secret
    conversation = await db.get_one(Conversation, conversation_id)
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    source = derived(secret, "done", letter.clues.identity.hex(), agent.id)
    header_id = new_message_id(mailbox.address.rpartition("@")[2], secret, source)
    mail = NewMail(
        kind="done",
        recipients=(agent.email,),
        header_id=header_id,
        token_hash=hash_token(reply_token(secret, header_id)),
        shown_event_id=conversation.last_event_id,
        sender=mailbox.address,
        mailbox_id=mailbox.id,
        conversation_id=conversation_id,
        message_id=await newest_message(db, conversation_id),
        agent_id=agent.id,
        draft={"deeds": deeds},
    )
    await enqueue_mail(db, mail, desk.context.settings, now=desk.now)
