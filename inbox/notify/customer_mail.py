"""What the mails have in common that the inbox itself writes to a customer, in their thread."""

from __future__ import annotations

from sqlalchemy import select

from inbox.desk.subjects import reply_subject, topic
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.render import Rendered
from inbox.mail.thread_index import child
from inbox.mail.tokens import reply_address
from inbox.model.address import Address
from inbox.outbound.keyed import loop_mark, reply_token
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import Conversation, Message, Outbound


async def behind(db: Reader, outbound: Outbound) -> tuple[Message, Conversation]:
    """The message that such a mail follows, and its conversation."""
    row = await db.execute(
        select(Message, Conversation)
        .join(Conversation, Conversation.id == outbound.conversation_id)
        .where(Message.id == outbound.message_id)
    )
    message, conversation = row.one()
    return message, conversation


def subject_of(conversation: Conversation, outbound: Outbound) -> str:
    """The subject of the thread, as an answer has it."""
    return scrubbed(reply_subject(conversation.subject), outbound.draft["from"])


def to_customer(
    context: Context,
    outbound: Outbound,
    message: Message,
    conversation: Conversation,
    *,
    subject: str,
    body: Rendered,
) -> Draft:
    """The mail from the mailbox to whom its row names, marked as automatic (RFC 3834 §3)."""
    chosen = outbound.draft
    mailbox = Address(name=chosen["name"], address=chosen["from"])
    root = conversation.thread_root or conversation.thread_index
    return Draft(
        from_=mailbox,
        to=(Address(address=chosen["to"]),),
        reply_to=_reply_to(context, outbound, mailbox),
        subject=subject,
        message_id=outbound.header_id,
        date=outbound.created_at,
        in_reply_to=message.message_id or None,
        references=(*message.references, message.message_id) if message.message_id else (),
        thread_index=child(root, outbound.created_at, outbound.id),
        thread_topic=scrubbed(topic(conversation.subject), mailbox.address),
        text=body.text,
        html=body.html,
        auto_submitted="auto-generated",
        loop=loop_mark(context.secret),
    )


def _reply_to(context: Context, outbound: Outbound, mailbox: Address) -> tuple[Address, ...]:
    if not outbound.draft.get("token"):
        return ()
    token = reply_token(context.secret, outbound.header_id)
    address = reply_address(mailbox.address, "r", token, context.settings.domain)
    return (Address(name=mailbox.name, address=address),)
