"""What somebody will get of words that are not sent: made as their mail would be, by the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from secrets import token_bytes

from sqlalchemy import select

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.entry import message_of
from inbox.desk.forward import forward
from inbox.desk.forward_mail import forward_mail
from inbox.desk.held import answer_again
from inbox.desk.reply import prepare
from inbox.desk.reply_mail import compose_answer
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft, OutgoingFile
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation, Message, Outbound


async def preview(db: Reader, context: Context, held: Message) -> Draft:
    """The mail of an answer that is held, as if it left now. Raises Invalid with nobody to get it.

    Only its id and its time are others each time.
    """
    conversation = await db.get_one(Conversation, held.conversation_id)
    writer = await db.get_one(Agent, held.author_id)
    answer = await answer_again(db, held)
    return await _composed(
        db, context, conversation, answer, by=writer, now=held.received_at, message_id=held.id
    )


async def preview_typed(
    db: Reader | Writer,
    context: Context,
    conversation: Conversation,
    answer: Answer,
    *,
    by: Agent,
    now: datetime,
) -> Draft:
    """The same of an answer that stands in a form, with its files. Raises Invalid."""
    made = await _composed(db, context, conversation, answer, by=by, now=now)
    return replace(made, attachments=tuple(map(_outgoing, answer.files)))


async def preview_forward(
    db: Writer,
    context: Context,
    conversation_id: int,
    words: Answer,
    to: str,
    *,
    by: Agent,
    now: datetime,
    message_id: int,
) -> Draft:
    """The same of a mail that would be passed on. What it writes, whoever calls rolls back."""
    sent = await forward(
        db, conversation_id, words, to, by=by, now=now, context=context, message_id=message_id
    )
    rows = await db.scalars(select(Outbound).where(Outbound.message_id == sent.id))
    return await forward_mail(Reader(db), context, rows.one())


async def _composed(
    db: Reader | Writer,
    context: Context,
    conversation: Conversation,
    answer: Answer,
    *,
    by: Agent,
    now: datetime,
    message_id: int = 0,
) -> Draft:
    made = await prepare(db, conversation, answer, by=by, context=context, rng=token_bytes)
    # These rows are only read from; they are never in the store.
    message = message_of(conversation.id, made.entry, by=by, now=now)
    message.id = message_id  # whose files they are
    outbound = Outbound(
        id=0,
        kind="reply",
        conversation_id=conversation.id,
        message_id=message_id,
        agent_id=by.id,
        mailbox_id=made.mailbox.id,
        header_id=made.entry.message_id,
        sender=made.sender,
        draft=made.draft,
        created_at=now,
    )
    return await compose_answer(Reader(db), context, outbound, message)


def _outgoing(file: AnswerFile) -> OutgoingFile:
    return OutgoingFile(
        filename=file.filename,
        content_type=file.content_type,
        content=file.content or b"",
        content_id=file.content_id,
        inline=file.inline,
    )
