"""How far an answer of ours got, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from inbox.model.viewer import Viewer
from inbox.store.tables import Message
from inbox.store.timeline import Delivery
from inbox.web.pages import Reader


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """The state of an answer, the other side's words, and until when it can be taken back."""

    state: str  # leaving, waiting, sending, sent, failed, cancelled
    text: str
    details: list[str]
    undo_url: str = ""
    now_url: str = ""  # of what waits for a time that its writer has named: let it leave at once
    undo_until: str = ""
    undo_seconds: int = 0
    is_forward: bool = False  # taken back, its words have a page of their own
    is_later: bool = False  # waits for a time that its writer has named
    subject: str = ""  # where it stands in another conversation than the one that is open


def delivery_view(
    delivery: Delivery, message: Message, viewer: Viewer, reader: Reader
) -> DeliveryView:
    """What is said of a message's way to the customer."""
    outbound = delivery.outbound
    left = (outbound.run_at - reader.calendar.now).total_seconds()
    state = outbound.state
    if state == "waiting" and left > 0:
        is_own = message.author_kind == "agent" and message.author_id == viewer.id
        url = f"/conversations/{message.conversation_id}/messages/{message.id}"
        is_later = bool(outbound.draft.get("later"))
        return DeliveryView(
            state="waiting" if is_later else "leaving",
            text=leaves_words(outbound.run_at, reader) if is_later else _says("leaving", reader),
            details=[],
            undo_url=f"{url}?_method=delete" if is_own else "",
            now_url=f"{url}/release" if is_own and is_later else "",
            undo_until=outbound.run_at.isoformat(),
            undo_seconds=int(left),  # rather too few: what has left cannot be taken back
            is_forward=outbound.kind == "forward",
            is_later=is_later,
        )
    details = [
        f"{one.address}: {one.reply}"
        for one in delivery.recipients
        if one.reply and one.state == "failed"
    ]
    if outbound.error and not details and state != "sent":
        details.append(outbound.error)
    if details and state == "sent":
        state = "failed"
    return DeliveryView(state, _says(state, reader), details)


def leaves_words(at: datetime, reader: Reader) -> str:
    """When something leaves that waits for its time."""
    said = reader.texts.gettext("Leaves by itself: %(when)s")
    return said % {"when": reader.calendar.when(at).exact}


def _says(state: str, reader: Reader) -> str:
    _ = reader.texts.gettext
    return {
        "leaving": _("Sent"),
        "waiting": _("Waiting to be sent"),
        "sending": _("Being sent"),
        "sent": _("Sent"),
        "failed": _("Could not be delivered"),
        "cancelled": _("Not sent"),
    }.get(state, "")
