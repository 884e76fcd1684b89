"""What is otherwise in a notice to somebody who was drawn into a conversation.

Their answer is a comment. The web view is not open to them, so that no link leads there.
"""

from __future__ import annotations

from inbox.auth.permissions import Part, Permission, allowed_in, part_of
from inbox.model.conversation import Role
from inbox.notify.links import Link, page, ready_letter
from inbox.notify.reading import Reading, name_of


def is_guest(reading: Reading) -> bool:
    """Whether the reader was drawn in, and the conversation is not in a mailbox of theirs."""
    return bool(reading.outbound.draft.get("guest"))


def allowed(reading: Reading) -> frozenset[Permission]:
    """What the reader may do in the conversation, as things were when the mail was planned."""
    if not is_guest(reading):
        return allowed_in(Part.MEMBER, "")
    draft = reading.outbound.draft
    holds = draft.get("holder") == "" or bool(draft.get("holds"))
    part = part_of(is_member=False, holds=holds)
    lets_them = "always" if part is Part.ASKED else "assigned"
    return allowed_in(part, lets_them if may_answer(reading) else "never")


def may_answer(reading: Reading) -> bool:
    """Whether the reader may write to the customer."""
    return reading.outbound.draft.get("guest") != "comment"


def asks_reader(reading: Reading) -> str:
    """That the words speak to the reader, or were sent to them as well."""
    by = reading.outbound.draft.get("asked")
    return reading.texts.gettext("%(name)s asks you to take part.") % {"name": by} if by else ""


def has_pages(reading: Reading) -> bool:
    """Whether the reader can open the conversation in the web view."""
    is_inside = not (is_guest(reading) or reading.is_outside)
    return is_inside and reading.agent.role != Role.COLLEAGUE


def opened(reading: Reading) -> list[Link]:
    """The link to the conversation's page, for those who can open it."""
    if not has_pages(reading):
        return []
    words = reading.texts.gettext("Open")
    return [page(words, reading.context.settings, reading.message.conversation_id)]


def place_of(reading: Reading, *first: Link) -> dict[str, object]:
    """Where the conversation is, with whom, and its links; the mail's subject is its name."""
    names = [name_of(reading.customer), reading.mailbox.name]
    return {"title": "", "facts": [*filter(None, names)], "links": [*first, *opened(reading)]}


def ways_out(reading: Reading, subject: str) -> list[Link]:
    """For who was drawn in: mails that give back what they have, and that end what they hear."""
    if not is_guest(reading):
        return []
    _ = reading.texts.gettext
    back = _("Sending this mail gives the conversation back. What you write above stays inside.")
    gone = _("Sending this mail ends the mails of this conversation to you.")
    words = _("No more mails of this conversation")
    links = [ready_letter(words, reading.address("leave"), subject, gone)]
    if Permission.HAND_ON in allowed(reading):
        address = reading.address("assign", "nobody")
        links.insert(0, ready_letter(_("Give it back"), address, subject, back))
    return links
