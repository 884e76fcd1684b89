"""What a notice tells of: one thing, or several that happened at once.

The customer's words come first: of several things their newest mail is what the notice is read as,
and the others stand below it. An answer goes to the customer only where nothing but their mails is
told: whatever stands in a mail may come back below an answer, and a comment must not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from inbox.model.address import Address
from inbox.model.conversation import Visibility
from inbox.notify.asked import passed_on
from inbox.notify.due import PRESSING, pressing
from inbox.notify.items import Item, items_of, main_of
from inbox.notify.reading import Reading, name_of
from inbox.notify.recipients import WORDLESS, About
from inbox.notify.returned import returned
from inbox.notify.stale import at_time
from inbox.outbound.scrub import scrubbed
from inbox.store.engine import Reader
from inbox.store.tables import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Besides:
    """Something else that a notice tells: what happened, when, and what was said."""

    item: Item
    message: Message
    head: str
    words: str

    @property
    def is_public(self) -> bool:
        """Whether the customer has written it, or has got it."""
        return self.message.visibility == Visibility.PUBLIC


async def besides(db: Reader, reading: Reading) -> list[Besides]:
    """All that is told besides the main thing, as it happened; mostly nothing."""
    outbound = reading.outbound
    main = main_of(outbound)
    # That it was given to them is a line above, and the words to it are there or stand below.
    items = [one for one in items_of(outbound) if one != main and one.about not in WORDLESS]
    if not items:
        return []
    rows = await db.scalars(select(Message).where(Message.id.in_([one.message for one in items])))
    messages = {row.id: row for row in rows}
    return [
        Besides(
            item=one,
            message=message,
            head=_head(replace(reading, message=message), one),
            words=scrubbed(message.text, reading.mailbox.address).strip(),
        )
        for one in items
        if (message := messages.get(one.message))
    ]


def came_to_them(reading: Reading) -> str:
    """Why it is the reader's now, where that is told besides something else."""
    main = main_of(reading.outbound)
    items = [one for one in items_of(reading.outbound) if one != main and one.about in WORDLESS]
    return reading.gap.join(happened(reading, one) for one in items)


def public_words(told: Sequence[Besides]) -> list[str]:
    """What of it a customer may see quoted."""
    return [one.words for one in told if one.is_public and one.words]


def _head(reading: Reading, item: Item) -> str:
    when = reading.clock(reading.message.received_at)
    return f"{when} · {happened(reading, item)}"


def happened(reading: Reading, item: Item, *, is_dated: bool = False) -> str:
    """One sentence on what happened, or on what somebody did.

    `is_dated`: with the time at which a colleague answered, where nothing else says it.
    """
    if item.about in PRESSING:
        return pressing(reading, item)
    if line := _done_with_it(reading, item):
        return line
    match item.about:
        case About.RECEIVED | About.THANKED:
            return _wrote(reading, item)
        case About.RETURNED:
            return returned(reading, item)
        case About.RATED:
            return _not_content(reading, item)
        case About.REPLIED | About.FORWARDED:
            return _outward(reading, item, is_dated=is_dated)
    return comment(reading)


def _wrote(reading: Reading, item: Item) -> str:
    _ = reading.texts.gettext
    message = reading.message
    author = Address(name=message.author_name, address=message.author_address)
    said = _("%(name)s wrote.")
    if item.about == About.THANKED:
        said = _("%(name)s says thanks. It stays closed, and there is nothing to do.")
    return said % {"name": name_of(author)}


def _done_with_it(reading: Reading, item: Item) -> str:
    """What somebody did with the conversation as a whole; nothing where words were said."""
    _ = reading.texts.gettext
    names = {"name": _who(reading, item), "mailbox": reading.mailbox.name}
    match item.about:
        case About.ASSIGNED if item.moves:
            return _to_and_fro(reading, item)
        case About.ASSIGNED:
            return _("%(name)s gave you this conversation.") % names
        case About.NOTIFIED:
            return _("%(name)s wants you to know of this.") % names
        case About.MOVED:
            if item.moves:
                names["mailbox"] = item.moves[-1]["names"][-1]
            return _("%(name)s moved this conversation to %(mailbox)s.") % names
    return ""


def _who(reading: Reading, item: Item) -> str:
    """Who did it, where that was one of us or a rule."""
    if item.is_ruled:
        return reading.texts.gettext("The rule “%(name)s”") % {"name": item.by}
    return item.by


def _to_and_fro(reading: Reading, item: Item) -> str:
    """That the reader decides where it belongs, and by whom it went where and when."""
    _ = reading.texts.gettext
    way = "; ".join(
        _("%(old)s → %(new)s (%(name)s, %(when)s)")
        % {
            "old": one["names"][0],
            "new": one["names"][-1],
            "name": one["by"],
            "when": reading.moment(datetime.fromisoformat(one["at"])),
        }
        for one in item.moves
    )
    about = {"num": len(item.moves), "way": way}
    return _("It was moved %(num)s times; you decide where it belongs: %(way)s") % about


def _not_content(reading: Reading, item: Item) -> str:
    _ = reading.texts.gettext
    words = scrubbed(item.said, reading.mailbox.address)
    about = {"name": name_of(reading.customer), "words": words}
    if words:
        return _("%(name)s is not content with our help: “%(words)s”") % about
    return _("%(name)s is not content with our help.") % about


def _outward(reading: Reading, item: Item, *, is_dated: bool) -> str:
    is_asked = item.about == About.FORWARDED
    return passed_on(reading) if is_asked else _answered(reading, is_dated=is_dated)


def _answered(reading: Reading, *, is_dated: bool) -> str:
    _ = reading.texts.gettext
    message = reading.message
    names = {"name": message.author_name, "customer": name_of(reading.customer)}
    if not message.in_reply_to:  # they began
        return _("%(name)s wrote to %(customer)s.") % names
    if is_dated:
        when = at_time(reading, message.received_at)
        return _("%(name)s answered %(customer)s %(when)s.") % {**names, "when": when}
    return _("%(name)s answered %(customer)s.") % names


def comment(reading: Reading) -> str:
    """Whose comment it is, as far as that is sure."""
    _ = reading.texts.gettext
    message = reading.message
    if message.author_kind == "system":  # an agent's own mail, without any proof
        claimed = _("It says that it is from %(address)s; nothing proves that.")
        return claimed % {"address": message.author_address}
    return _("A comment by %(name)s, only inside.") % {"name": message.author_name}
