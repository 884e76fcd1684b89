"""What is otherwise in a notice to somebody who was drawn into a conversation.

Their answer is a comment. The web view is not open to them, so that no link leads there.
"""

from __future__ import annotations

from inbox.model.conversation import Role
from inbox.notify.links import Link, page
from inbox.notify.reading import Reading


def is_guest(reading: Reading) -> bool:
    """Whether the reader was drawn in, and the conversation is not in a mailbox of theirs."""
    return bool(reading.outbound.draft.get("guest"))


def may_answer(reading: Reading) -> bool:
    """Whether the reader may write to the customer."""
    return reading.outbound.draft.get("guest") != "comment"


def asks_reader(reading: Reading) -> str:
    """That the words speak to the reader, or were sent to them as well."""
    by = reading.outbound.draft.get("asked")
    return reading.texts.gettext("%(name)s asks you to take part.") % {"name": by} if by else ""


def has_pages(reading: Reading) -> bool:
    """Whether the reader can open the conversation in the web view."""
    return not is_guest(reading) and reading.agent.role != Role.COLLEAGUE


def opened(reading: Reading) -> list[Link]:
    """The link to the conversation's page, for those who can open it."""
    if not has_pages(reading):
        return []
    words = reading.texts.gettext("Open")
    return [page(words, reading.context.settings, reading.message.conversation_id)]
