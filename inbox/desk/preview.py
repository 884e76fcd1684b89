"""What the customer will get of an answer that is held: made as its mail would be, by the same."""

from __future__ import annotations

from secrets import token_bytes

from inbox.desk.entry import message_of
from inbox.desk.held import answer_again
from inbox.desk.reply import prepare
from inbox.desk.reply_mail import compose_answer
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.store.engine import Reader
from inbox.store.tables import Agent, Conversation, Message, Outbound


async def preview(db: Reader, context: Context, held: Message) -> Draft:
    """The mail of an answer that is held, as if it left now. Raises Invalid with nobody to get it.

    Only its id and its time are others each time.
    """
    conversation = await db.get_one(Conversation, held.conversation_id)
    writer = await db.get_one(Agent, held.author_id)
    answer = await answer_again(db, held)
    made = await prepare(db, conversation, answer, by=writer, context=context, rng=token_bytes)
    # These rows are only read from; they are never in the store.
    message = message_of(conversation.id, made.entry, by=writer, now=held.received_at)
    message.id = held.id  # whose files they are
    outbound = Outbound(
        id=0,
        kind="reply",
        conversation_id=conversation.id,
        message_id=held.id,
        agent_id=writer.id,
        mailbox_id=made.mailbox.id,
        header_id=made.entry.message_id,
        sender=made.mailbox.address,
        draft=made.draft,
        created_at=held.received_at,
    )
    return await compose_answer(db, context, outbound, message)
