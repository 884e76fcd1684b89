"""A held answer, as its writer is asked about it: why, what happened, and what can become of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inbox.desk.cards import TO_LINE, new_address
from inbox.desk.preview import preview
from inbox.desk.subjects import reply_subject
from inbox.errors import Invalid
from inbox.mail.tokens import Verb, reply_address
from inbox.model.held import UNDECIDED, HeldReason
from inbox.notify.guests import opened
from inbox.notify.leaks import leaks_in_words
from inbox.notify.links import Link, ready_letter
from inbox.notify.reading import Reading, name_of
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import Rendered, render
from inbox.notify.shown import Shown, shown
from inbox.notify.stale import Change, changes_in_words
from inbox.outbound.keyed import release_token
from inbox.store.engine import Reader
from inbox.store.tables import Held

# As long as these stand, saying that one wrote it changes nothing.
_HOPELESS: Final = frozenset(
    {
        HeldReason.EMPTY,
        HeldReason.NOT_MEMBER,
        HeldReason.DISABLED,
        HeldReason.NO_RECIPIENT,
        HeldReason.UNSENDABLE,
        HeldReason.ONLY_COMMENTS,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The body of the mail, and the answer that is shown in it."""

    body: Rendered
    shown: Shown | None


async def asked(db: Reader, reading: Reading, held: Held) -> Asked:
    """What the mail says."""
    _ = reading.texts.gettext
    draft = reading.outbound.draft
    reasons = list(draft.get("reasons", held.reasons))
    changes = await changes_in_words(db, reading, draft.get("changed", ()))
    whole = await to_be_seen(db, reading, reasons) if HeldReason.SHOWN in reasons else None
    if HeldReason.SHOWN in reasons and whole is None:
        reasons = [HeldReason.NO_RECIPIENT.value]
    lines = ", ".join(draft.get("undone", ()))
    undone = _("What it asks for was not done either: %(lines)s.") % {"lines": lines}
    own = {} if set(reasons) - UNDECIDED else {"ask": _("You decide; a mail need only be sent:")}
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=_what(reading, held),
        why=[
            *_why(reading, reasons, changes),
            *leaks_in_words(reading),
            *_how_to_begin(reading, reasons),
            *([undone] if lines else []),
        ],
        how=[],
        changes=changes,
        shown=whole,
        words="" if whole else reading.message.text,
        copies="" if whole else ", ".join(str(one["address"]) for one in reading.message.cc),
        let_go=ways_out(reading, held, reasons),
        links=opened(reading),
        **own,
    )
    return Asked(body=body, shown=whole)


async def to_be_seen(db: Reader, reading: Reading, reasons: Sequence[str] = ()) -> Shown | None:
    """The held answer as the customer would get it; None where nobody would."""
    try:
        return shown(reading.texts, await preview(db, reading.context, reading.message))
    except Invalid:
        return None


def ways_out(reading: Reading, held: Held, reasons: Sequence[str]) -> list[Link]:
    """Mails that need only be sent: let it go, make it a comment, give it up."""
    if _HOPELESS & set(reasons) or HeldReason.ORDERS in reasons or reading.agent.is_list:
        return []
    _ = reading.texts.gettext
    if held.verb == "note":
        names: dict[Verb, str] = {"send": _("Add it now")}
    elif HeldReason.MOVED_ON in reasons:
        names = {"send": _("Send it anyway"), "note": _("Make it a comment")}
    else:
        names = {"send": _("Send it now"), "note": _("Make it a comment")}
    if HeldReason.TOKENS in held.reasons:
        names.pop("send", None)
    names["drop"] = _("Drop it")
    token = release_token(reading.context.secret, held.id)
    subject = reply_subject(reading.conversation.subject)
    domain = reading.context.settings.domain
    return [
        ready_letter(
            words,
            reply_address(reading.mailbox.address, verb, token, domain),
            subject,
            _does(reading, held, verb),
        )
        for verb, words in names.items()
    ]


def _does(reading: Reading, held: Held, verb: Verb) -> str:
    _ = reading.texts.gettext
    if verb == "drop":
        return _("Sending this mail drops what is held. What you write above stays inside.")
    if verb == "note" or held.verb == "note":
        return _("Sending this mail makes it a comment. What you write above stays inside, too.")
    return _("Sending this mail sends the answer as it is. What you write above stays inside.")


def _what(reading: Reading, held: Held) -> str:
    _ = reading.texts.gettext
    if held.verb == "note":
        return _("Your comment was not added.")
    if not reading.customer.address:
        return _("Your mail was not sent.")
    return _("Your answer to %(name)s was not sent.") % {"name": name_of(reading.customer)}


def _how_to_begin(reading: Reading, reasons: Sequence[str]) -> list[str]:
    """What was missing where nobody can be told whom the words were for."""
    if HeldReason.NO_RECIPIENT not in reasons or reading.customer.address:
        return []
    _ = reading.texts.gettext
    said = _("To write to somebody first, send it to %(address)s with %(line)s on its first line.")
    return [said % {"address": new_address(reading.mailbox.address), "line": f"“{TO_LINE}”"}]


def _why(reading: Reading, reasons: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """What happened stands for itself; the other reasons are said before it."""
    if not changes:
        return reasons_in_words(reasons, reading.texts)
    others = [one for one in reasons if one != HeldReason.MOVED_ON]
    said = [one.said for one in changes]
    return [*reasons_in_words(others, reading.texts), *said] if others else said
