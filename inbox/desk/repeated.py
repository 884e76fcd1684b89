"""An approved text that a customer would get for the third time as it is: its writer is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import func, select

from inbox.approved.fill import Form, Unfilled, fill
from inbox.approved.placeholders import Flawed
from inbox.approved.repeated import TIMES, Said, plain, same_before
from inbox.desk.answer import Answer
from inbox.desk.templates import around_of, values_of
from inbox.errors import InboxError
from inbox.model.conversation import MessageKind
from inbox.refusals import Refusal
from inbox.store.approved import written
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Conversation, Mailbox, Message

_MOST: Final = 40  # answers of a conversation that are looked at
_NEAR: Final = 400  # characters by which two of them may differ: names


class Repeated(InboxError):
    """A text went to this customer twice as it is, and would go once more."""

    http = 409
    default = Refusal.REPEATED


async def repeated_text(
    db: Reader | Writer, conversation_id: int, answer: Answer, *, by: Agent
) -> str:
    """The name of the approved text that would leave unchanged for the third time, or nothing.

    One statement where the customer did not get the same words twice, as hardly any does.
    """
    if answer.opening or not answer.text.strip():
        return ""
    conversation = await db.get_one(Conversation, conversation_id)
    before = await _said_before(db, conversation, answer.text)
    if len(before) < TIMES - 1:
        return ""
    around = await around_of(db, conversation)
    names = (by.name, around.customer)
    said = Said(answer.text, names)
    if same_before(said, (replace(one, names=(*one.names, *names)) for one in before)) < TIMES - 1:
        return ""
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    values = values_of(mailbox, around, by.name)
    for found in await written(db, mailboxes=[mailbox.id], agent_id=by.id):
        for text in found.texts:
            try:
                filled = fill(text.body, Form(found.template.form), values).text
            except (Unfilled, Flawed):
                continue
            if plain(Said(filled, names)) == plain(said):
                return found.template.name
    return ""


async def _said_before(db: Reader | Writer, conversation: Conversation, text: str) -> list[Said]:
    rows = await db.execute(
        select(Message.text, Message.author_name)
        .where(
            Message.conversation_id == conversation.id,
            Message.kind == MessageKind.REPLY,
            func.abs(func.length(Message.text) - len(text)) < _NEAR,
        )
        .order_by(*NEWEST_FIRST)
        .limit(_MOST)
    )
    return [Said(row.text, (row.author_name,)) for row in rows]
