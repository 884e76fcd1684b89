"""What happened meanwhile that makes an answer wrong which was written before it. Pure.

Wrong is an answer whose writer would have written otherwise: the customer has said more, somebody
else has answered, it is over, or it is another matter now. Who has it, what we say among us, tags
and times change nothing of that, nor does what the writer did themselves. Who asks for something
out of a list, and not for an answer, would also have asked otherwise had somebody else taken it or
put it off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inbox.model.conversation import MessageKind
from inbox.model.event import MOVES, EventName

_OUTSIDE: Final = frozenset({EventName.CONVERSATION_OPENED, EventName.MESSAGE_RECEIVED})
_ANSWERS: Final = frozenset({EventName.MESSAGE_REPLIED, EventName.MESSAGE_RELEASED})
_MATTERS: Final = frozenset({EventName.CONVERSATION_MERGED, EventName.CONVERSATION_MOVED, *MOVES})
_DISPOSES: Final = frozenset(
    {
        EventName.CONVERSATION_ASSIGNED,
        EventName.CONVERSATION_UNASSIGNED,
        EventName.CONVERSATION_WAITING,
        EventName.CONVERSATION_SNOOZED,
    }
)
_UNDONE_BY: Final = {
    EventName.CONVERSATION_CLOSED: EventName.CONVERSATION_REOPENED,
    EventName.CONVERSATION_SPAM: EventName.CONVERSATION_NOT_SPAM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event. `kind` and `author_id` are of its message; None without one, or taken back."""

    id: int
    name: EventName
    agent_id: int | None = None  # who of ours did it
    kind: MessageKind | None = None
    author_id: int | None = None  # who of ours wrote it
    is_guarded: bool = False  # an answer of which this rule was asked: its writer knew the rest


def changes(
    events: Sequence[Happened], writer: int, *, in_list: bool = False, is_planned: bool = False
) -> tuple[Happened, ...]:
    """Those of the later events, oldest first, that make an answer of this person wrong.

    `in_list`: what was seen is a line of a list, and what is asked for may be more than an answer.
    `is_planned`: the answer was written then, and leaves now; another one that its writer wrote
    since knew of more than it does, and says it already.
    """
    own = [one for one in events if one.agent_id == writer and one.is_guarded]
    if is_planned and any(one.kind is MessageKind.REPLY for one in own):
        return tuple(one for one in own if one.kind is MessageKind.REPLY)
    known = max((one.id for one in own), default=0)
    later = [one for one in events if one.id > known]
    return tuple(
        one
        for one in later
        if not _is_own(one, writer) and (_counts(one, later) or (in_list and one.name in _DISPOSES))
    )


def _is_own(event: Happened, writer: int) -> bool:
    return writer in (event.agent_id, event.author_id)


def _counts(event: Happened, later: Sequence[Happened]) -> bool:
    if event.name in _OUTSIDE:
        return event.kind in (MessageKind.MAIL, MessageKind.REPLY)
    if event.name in _ANSWERS:  # no comment that was let go, and nothing that was taken back
        return event.kind is MessageKind.REPLY
    if undone := _UNDONE_BY.get(event.name):
        return not any(one.name is undone and one.id > event.id for one in later)
    return event.name in _MATTERS
