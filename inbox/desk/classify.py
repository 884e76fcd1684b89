"""The verb that says what a conversation was about, and how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from inbox.desk.entry import storable
from inbox.desk.record import record
from inbox.errors import Invalid
from inbox.model.actor import Actor
from inbox.model.closing import Closing
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.tables import Conversation, Mailbox

_LONGEST: Final = {"category": 80, "solution": 4000}  # characters


async def classify(
    db: Writer, conversation_id: int, said: Closing, *, by: Actor, now: datetime
) -> Conversation:
    """Keep the category and the solution; what is empty stays as it was, the same changes nothing.

    Raises Invalid for a category that the mailbox does not have, NotFound.
    """
    conversation = await lock(db, conversation_id)
    before = (conversation.category, conversation.solution)
    await put_down(db, conversation, said)
    await _told(db, conversation, before, by=by, now=now)
    return conversation


async def put_back_class(
    db: Writer, conversation: Conversation, was: Sequence[str], *, by: Actor, now: datetime
) -> None:
    """Let category and solution of a locked conversation be these again."""
    before = (conversation.category, conversation.solution)
    conversation.category, conversation.solution = was
    await _told(db, conversation, before, by=by, now=now)


async def _told(
    db: Writer, conversation: Conversation, before: tuple[str, str], *, by: Actor, now: datetime
) -> None:
    after = (conversation.category, conversation.solution)
    if before == after:
        return
    await db.flush()
    payload = {"category": after[0], "solution": after[1], "was": list(before)}
    name = EventName.CONVERSATION_CLASSIFIED
    await record(db, conversation.id, name, by=by, now=now, payload=payload)


async def put_down(db: Writer, conversation: Conversation, said: Closing) -> None:
    """Both at a conversation that is locked. Raises Invalid."""
    if said.category:
        mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
        conversation.category = category_of(said.category, mailbox.categories)
    if said.solution:
        conversation.solution = _whole("solution", storable(said.solution).strip())


def category_of(said: str, known: list[str]) -> str:
    """The category that somebody means, as the mailbox writes it; any where it names none.

    A beginning that only one has is enough. Raises Invalid for none of them, and for a long one.
    """
    wanted = " ".join(storable(said).split())
    if not known and wanted:
        return _whole("category", wanted)
    begins = [one for one in known if wanted and one.casefold().startswith(wanted.casefold())]
    exact = [one for one in begins if one.casefold() == wanted.casefold()]
    found = exact or begins
    if len(found) != 1:
        raise Invalid(Refusal.NO_CATEGORY, said=wanted[:40], names=", ".join(known))
    return found[0]


def _whole(field: str, said: str) -> str:
    """What was said, whole: nobody's words are cut without a word."""
    if len(said) > (most := _LONGEST[field]):
        raise Invalid(Refusal.FIELD_TOO_LONG, field=field, most=most)
    return said
