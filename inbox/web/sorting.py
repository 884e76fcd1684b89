"""When a conversation is wanted again, how urgent it is, its tags, and where else it could be."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.model.marks import Urgency
from inbox.store.engine import Reader as Session
from inbox.store.people import all_mailboxes
from inbox.store.tables import Conversation
from inbox.web.dates import When
from inbox.web.marks import urgency_names
from inbox.web.pages import Reader


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, and whether it is chosen."""

    value: str
    name: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class SortingView:
    """What the head of a conversation shows of it."""

    until: When | None
    priority: str  # nothing for the normal one
    is_urgent: bool
    priorities: list[Choice]
    tags: list[str]
    category: str
    solution: str
    mailboxes: list[Choice]


async def read_sorting(db: Session, conversation: Conversation, reader: Reader) -> SortingView:
    """All of it, with the mailboxes to which it could be moved."""
    names = urgency_names(reader.texts)
    urgency = Urgency(conversation.priority)
    until = conversation.returns_at
    return SortingView(
        until=reader.calendar.when(until) if until else None,
        priority="" if urgency is Urgency.NORMAL else names[urgency.word],
        is_urgent=urgency is Urgency.URGENT,
        priorities=[Choice(word, name, word == urgency.word) for word, name in names.items()],
        tags=list(conversation.tags),
        category=conversation.category,
        solution=conversation.solution,
        mailboxes=[
            Choice(str(one.id), one.name)
            for one in await all_mailboxes(db)
            if one.id != conversation.mailbox_id
        ],
    )
