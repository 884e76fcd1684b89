"""What closing a conversation asks for, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inbox.desk.finish import Ending
from inbox.model.closing import Need
from inbox.store.tables import Conversation, Mailbox


@dataclass(frozen=True, slots=True)
class ClosingView:
    """The fields of the form, and what was typed before."""

    wanted: frozenset[str]  # by the mailbox
    categories: list[str]
    category: str
    solution: str
    tells: bool  # the customer, unless somebody wants it otherwise
    comment: str = ""
    assignee_id: int | None = None
    fault: str = ""

    @property
    def asks(self) -> bool:
        """Whether the form is shown before it is closed."""
        return bool(self.wanted)


def closing_of(conversation: Conversation, mailbox: Mailbox) -> ClosingView:
    """The form as it stands; of most mailboxes it is a button."""
    return ClosingView(
        wanted=frozenset(mailbox.close_needs) & set(Need),
        categories=list(mailbox.categories),
        category=conversation.category,
        solution=conversation.solution,
        tells=mailbox.tells_closing,
        assignee_id=conversation.assignee_id,
    )


def said_so_far(view: ClosingView, ending: Ending, fault: str) -> ClosingView:
    """The same form with what somebody said, and why that is not enough."""
    return replace(
        view,
        category=ending.category or view.category,
        solution=ending.solution or view.solution,
        tells=view.tells if ending.tells is None else ending.tells,
        comment=ending.comment,
        assignee_id=ending.assignee_id or view.assignee_id,
        fault=fault,
    )
