"""An answer that is held, as a page shows it: why, and what can become of it. Pure."""

from __future__ import annotations

import gettext
from dataclasses import dataclass

from inbox.model.conversation import Role
from inbox.model.held import HeldReason
from inbox.model.viewer import Viewer
from inbox.store.tables import Held
from inbox.web.deliveries import leaves_words
from inbox.web.pages import Reader


@dataclass(frozen=True, slots=True)
class DecisionView:
    """Where it is decided, and by which buttons; an empty one is not there."""

    url: str
    send: str
    note: str
    drop: str
    change_url: str = ""  # of one that waits for its time: back into the form


def decision_view(
    held: Held, viewer: Viewer, url: str, texts: gettext.NullTranslations, change_url: str = ""
) -> DecisionView | None:
    """What this person may decide about it; None for nothing."""
    is_in_charge = viewer.role in (Role.ADMIN, Role.MANAGER)
    if held.state != "waiting" or not (is_in_charge or held.agent_id == viewer.id):
        return None
    _ = texts.gettext
    if HeldReason.NEWCOMER in held.reasons:  # who it is, is for administrators to say
        is_admin = viewer.role == Role.ADMIN
        return DecisionView(url, _("Send it"), "", _("Give it up")) if is_admin else None
    if held.send_at is not None:
        is_own = held.agent_id == viewer.id
        return DecisionView(
            url, _("Send it now"), "", _("Give it up"), change_url if is_own else ""
        )
    send = _("Send it anyway") if HeldReason.MOVED_ON in held.reasons else _("Send it")
    if HeldReason.TOKENS in held.reasons:
        send = ""
    # What was asked for would be left out: such a mail can only be given up.
    is_whole = HeldReason.ORDERS not in held.reasons
    return DecisionView(
        url=url,
        send=send if is_whole else "",
        note=_("Make it a comment") if is_whole and held.verb == "reply" else "",
        drop=_("Give it up"),
    )


def planned_words(held: Held, *, is_overtaken: bool, reader: Reader) -> str:
    """When an answer that waits for its time leaves, or why it will not."""
    if held.state != "waiting" or held.send_at is None:
        return held_words(held, reader.texts)
    if is_overtaken:
        return reader.texts.gettext(
            "Something new came in since this was written: it will not leave by itself. "
            "Change it, or send it now."
        )
    return leaves_words(held.send_at, reader)


def held_words(held: Held | None, texts: gettext.NullTranslations) -> str:
    """Why it was not sent, in a sentence; none once it was let go."""
    _ = texts.gettext
    if held is None:
        return _("Held back: not sent. Whoever wrote it was told by mail how to release it.")
    if held.state != "waiting":
        return _("Held back, and given up.") if held.state == "dropped" else ""
    if HeldReason.TOKENS in held.reasons:
        return _(
            "Held back: a file in it can be sent by nobody. Whoever wrote it was told by mail."
        )
    if HeldReason.ORDERS in held.reasons:
        return _("Held back: what it asks for was not done. Whoever wrote it was told by mail.")
    if HeldReason.MOVED_ON in held.reasons:
        return _("Held back: the conversation had gone on when it came. Whoever wrote it decides.")
    if HeldReason.TAKEN_BACK in held.reasons:
        return _("Held back: whoever wrote it stopped it, and decides what becomes of it.")
    if HeldReason.SHOWN in held.reasons:
        return _("Held back: whoever wrote it wanted to see first what the customer gets.")
    return _("Held back: not sent. Whoever wrote it was told by mail how to release it.")
