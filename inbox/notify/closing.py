"""How a conversation is closed by mail where its mailbox wants more said: lines, ready mails."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from inbox.desk.subjects import reply_subject
from inbox.model.closing import Need
from inbox.notify.links import Link, letter_to, ready_letter
from inbox.notify.reading import Reading
from inbox.orders.closing import told as told_need
from inbox.orders.names import told_me
from inbox.orders.verbs import Verb, told
from inbox.store.tables import Mailbox

_MOST_CHOICES: Final = 12


def needs_of(mailbox: Mailbox) -> tuple[Need, ...]:
    """What the mailbox wants said, in one order."""
    return tuple(one for one in Need if one in mailbox.close_needs)


def with_closing(needs: Collection[Need], categories: Sequence[str], language: str) -> str:
    """What is written behind the order: `category: Refund, solution: …`."""
    words = {
        Need.CATEGORY: categories[0] if categories else "…",
        Need.ASSIGNEE: told_me(language),
        Need.COMMENT: "…",
        Need.SOLUTION: "…",
    }
    return ", ".join(f"{told_need(one, language)}: {words[one]}" for one in Need if one in needs)


def closing_letter(reading: Reading, subject: str) -> Link:
    """A mail that closes the conversation; where more is wanted, with lines for it."""
    _ = reading.texts.gettext
    does = _("Sending this mail closes the conversation. What you write above stays inside.")
    home = reading.conversation
    there = {
        Need.CATEGORY: home.category,
        Need.SOLUTION: home.solution,
        Need.ASSIGNEE: home.assignee_id,
    }
    missing = [one for one in needs_of(reading.mailbox) if not there.get(one)]
    if not missing:
        return ready_letter(_("Close"), reading.address("close"), subject, does)
    lines = _lines(missing, reading.language)
    words = _more(reading, missing, reading.mailbox.categories)
    return letter_to(
        _("Close"), reading.address("n"), subject, _body(lines, " ".join([does, *words]))
    )


def ready_closings(reading: Reading, trouble: Mapping[str, Any]) -> list[Link]:
    """Mails with all that was said and what is wanted; one for each category, where it is that."""
    _ = reading.texts.gettext
    needs = [Need(one) for one in trouble["names"]]
    choices = trouble.get("choices", ())[:_MOST_CHOICES] if Need.CATEGORY in needs else ()
    said, words = trouble.get("said", ()), _more(reading, needs, ())
    subject = reply_subject(reading.conversation.subject)
    links = []
    for choice in choices or ("",):
        lines = _lines(needs, reading.language, said, choice)
        named = f"{_('Close')}: {choice}" if choice else _("Close")
        link = letter_to(named, reading.address("n"), subject, _body(lines, " ".join(words)))
        links.append(begun(reading, link, lines))
    return links


def begun(reading: Reading, link: Link, lines: Sequence[str]) -> Link:
    """The link to a mail that begins with these lines; where it can only be read, with them.

    Each on a line of its own, as it has to be written: who reads them in a row writes them so.
    """
    several = "".join(f"\n      {one}" for one in lines) + "\n     "
    about = {"address": link.shown, "lines": lines[0] if len(lines) == 1 else several}
    shown = reading.texts.gettext("a mail to %(address)s that begins with %(lines)s") % about
    return replace(link, shown=shown.rstrip())


def _lines(
    needs: Collection[Need], language: str, said: Sequence[str] = (), category: str = ""
) -> list[str]:
    """The lines of such a mail; what is to be typed behind one of them cannot be forgotten."""
    lines = [*said]
    closing = f"@{told(Verb.CLOSE, language)}"
    if Need.CATEGORY in needs:
        lines.append(f"@{told(Verb.CATEGORY, language)} {category}".strip())
    if Need.SOLUTION in needs:
        lines.append(f"@{told(Verb.SOLUTION, language)}")
    if Need.ASSIGNEE in needs:
        lines.append(f"@{told(Verb.TAKE, language)}")
    is_there = any(one.split(" ")[0] == closing for one in said)
    return lines if is_there else [*lines, closing]


def _more(reading: Reading, needs: Collection[Need], categories: Sequence[str]) -> list[str]:
    """What has to be typed into it."""
    _ = reading.texts.gettext
    words = []
    if Need.CATEGORY in needs and categories:
        words.append(_("The category is one of: %(names)s.") % {"names": ", ".join(categories)})
    if Need.SOLUTION in needs:
        line = f"@{told(Verb.SOLUTION, reading.language)}"
        words.append(_("Write behind “%(line)s” how it ended.") % {"line": line})
    if Need.COMMENT in needs:
        words.append(_("What you write below the lines is the comment."))
    return words


def _body(lines: Sequence[str], says: str) -> str:
    # Like a signature below, so that what programs add is no comment.
    return "\n".join(lines) + f"\n\n-- \n{says}"
