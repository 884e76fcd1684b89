"""The verb that shows a customer's mail to somebody who does not see it: outside, or one of us."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from inbox.desk.answer import Answer, Note
from inbox.desk.doubts import NO_FILE, look_through
from inbox.desk.draw_in import outside_of
from inbox.desk.forward import forward
from inbox.desk.note import note
from inbox.errors import Invalid
from inbox.jobs.registry import Context
from inbox.model.address import Address, normalize
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.followers import with_addresses
from inbox.store.tables import Agent, Message


async def pass_on(
    db: Writer,
    conversation_id: int,
    words: Answer,
    to: str,
    *,
    by: Agent,
    now: datetime,
    context: Context,
    message_id: int | None = None,
    told: Collection[str] = (),
) -> Message:
    """Pass the mail on to an address outside; one of us is drawn in by a comment instead.

    Raises Doubtful for words outside of which the writer was not `told`, and as `forward`, `note`.
    """
    address = normalize(to.strip())
    ours = [one for one in await with_addresses(db, [address]) if one != by.id]
    if ours:
        if await outside_of(db, words.cc) or words.bcc:
            raise Invalid(Refusal.ONE_OF_OURS)
        if words.at is not None:
            raise Invalid(Refusal.NOT_LATER)
        comment = Note(
            text=words.source or words.text,
            files=words.files,
            cc=(Address(address=address), *(words.cc or ())),
            idempotency=words.idempotency,
        )
        return await note(db, conversation_id, comment, by=by, now=now)
    has_file = words.passes is None or bool(words.passes)
    await look_through(
        db,
        conversation_id,
        words,
        by=by,
        asked=address,
        own_domains=context.settings.own_domains,
        told=(*told, NO_FILE) if has_file else told,
    )
    return await forward(
        db,
        conversation_id,
        words,
        to,
        by=by,
        now=now,
        context=context,
        message_id=message_id,
    )
