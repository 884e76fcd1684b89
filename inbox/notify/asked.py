"""What a notice says of somebody outside whom one of us has asked, and of their answer.

An answer to their mail goes to them: its address says so, and so does the line on top. Nothing of
what the customer and we wrote stands in it, for whatever is quoted may come along.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from inbox.model.address import Address
from inbox.model.conversation import MessageKind, Visibility
from inbox.notify.links import Link, letter_to
from inbox.notify.reading import Reading, name_of
from inbox.store.tables import Message


def is_of_asked(reading: Reading) -> bool:
    """Whether the mail is from somebody whom one of us has asked."""
    message = reading.message
    return (message.kind, message.visibility) == (MessageKind.MAIL, Visibility.INTERNAL)


def told_on_top(reading: Reading) -> list[str]:
    """What an answer does, who writes, and who does not see it."""
    _ = reading.texts.gettext
    names = {"name": _asked(reading), "customer": name_of(reading.customer)}
    return [
        _("Your answer goes to %(name)s, not to %(customer)s.") % names,
        _("%(name)s was asked by one of us; %(customer)s does not see this.") % names,
    ]


def passed_on(reading: Reading) -> str:
    """That a colleague has asked somebody."""
    _ = reading.texts.gettext
    to = ", ".join(str(one["address"]) for one in reading.message.to)
    names = {"name": reading.message.author_name, "address": to}
    return _("%(name)s passed a mail on to %(address)s, or answered them.") % names


def other_ways(reading: Reading, subject: str) -> list[Link]:
    """Where else an answer to their mail can go: to the customer, or nowhere outside."""
    _ = reading.texts.gettext
    inside = letter_to(_("Comment inside"), reading.address("n"), subject)
    if not reading.customer.address:
        return [inside]
    words = _("Answer %(name)s") % {"name": name_of(reading.customer)}
    return [inside, letter_to(words, reading.address("r"), subject)]


def said_before(reading: Reading) -> ColumnElement[bool]:
    """Which messages belong to what the notice tells of: theirs and ours to them, or the others."""
    if not is_of_asked(reading):
        return Message.visibility == Visibility.PUBLIC
    author = reading.message.author_address
    return or_(
        and_(
            Message.kind == MessageKind.FORWARD,
            Message.to.contains([{"address": author}]),
        ),
        and_(
            Message.kind == MessageKind.MAIL,
            Message.visibility == Visibility.INTERNAL,
            Message.author_address == author,
        ),
    )


def _asked(reading: Reading) -> str:
    message = reading.message
    return name_of(Address(name=message.author_name, address=message.author_address))
