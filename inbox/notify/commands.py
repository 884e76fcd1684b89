"""What can be asked for by mail, as our people read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from inbox.auth.permissions import Permission, may_order
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.conversation import Status
from inbox.model.marks import Urgency
from inbox.model.notices import Notices
from inbox.notify.closing import closing_letter, needs_of, with_closing
from inbox.notify.draft import draft_of
from inbox.notify.giving import to_take
from inbox.notify.guests import allowed, is_guest, opened
from inbox.notify.items import items_of
from inbox.notify.links import Link, ready_letter
from inbox.notify.menu import MENU, OFTEN
from inbox.notify.reading import Reading, read
from inbox.notify.render import render
from inbox.notify.voice import Voice
from inbox.orders.hearing import said_as
from inbox.orders.judging import WITHOUT_DEED
from inbox.orders.numbered import WHOLE
from inbox.orders.urgency import told as told_urgency
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

# What is about the words of a mail, and can be said of a number as well.
_IN_LISTS: Final = frozenset({Verb.STOP, Verb.UNDO, Verb.SEND, Verb.NOTE, Verb.HELP})


@dataclass(frozen=True, slots=True)
class Command:
    """A line that can be written, and what it does; `href` is a mail that begins with it."""

    line: str
    meaning: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are about the same."""

    title: str
    commands: Sequence[Command]


@composer("help")
async def help_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Somebody asked what can be asked for."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=_("This can be asked for by mail."),
        why=[_("Nothing was done, and nothing was sent.")],
        how=commands(reading),
        words="",
        copies="",
        let_go=[],
        links=opened(reading),
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def deeds_of(reading: Reading, subject: str) -> list[Link]:
    """Mails that need only be sent: to take a conversation that nobody has, to close it, and more.

    What is closed already, or spam, can be brought back instead.
    """
    draft, may, links = reading.outbound.draft, allowed(reading), []
    if draft.get("holder") is None and Permission.ASSIGN in may:
        links.append(to_take(reading.texts, reading.address("take"), subject))
    if draft.get("ended"):
        return [*links, *_back(reading, subject)]
    if Permission.CLOSE in may:
        links.append(closing_letter(reading, subject))
    return [*links, _later(reading, subject)] if Permission.REST in may else links


def _back(reading: Reading, subject: str) -> list[Link]:
    _ = reading.texts.gettext
    may = allowed(reading)
    if reading.outbound.draft["ended"] == Status.SPAM:
        does = _("Sending this mail says that it is no spam. What you write above stays inside.")
        letter = ready_letter(_("Not spam"), reading.address("notspam"), subject, does)
        return [letter] if Permission.CORRECT in may else []
    does = _("Sending this mail opens the conversation again. What you write above stays inside.")
    letter = ready_letter(_("Reopen"), reading.address("reopen"), subject, does)
    return [letter] if Permission.CLOSE in may else []


def _later(reading: Reading, subject: str) -> Link:
    """To see it again tomorrow; or to wait some days more for who has not answered."""
    _ = reading.texts.gettext
    if any(one.unanswered for one in items_of(reading.outbound)):
        said = _("Sending this mail lets it wait three days more. What you write stays inside.")
        address = reading.address("wait", "3d")
        return ready_letter(_("In 3 days"), address, subject, said)
    said = _("Sending this mail puts it off until tomorrow. What you write above stays inside.")
    return ready_letter(_("Tomorrow"), reading.address("snooze", "tomorrow"), subject, said)


def commands(reading: Reading) -> list[Group]:
    """All lines that can be written at the top of an answer, in the reader's language."""
    may = allowed(reading)
    return _groups(
        reading,
        lambda verb: may_order(may, verb) and not (verb is Verb.UNFOLLOW and is_guest(reading)),
        lambda _verb: "@",
    )


def listed_commands(voice: Voice) -> list[Group]:
    """All that can be written in an answer to a list: behind a number, or about none."""
    return _groups(
        voice,
        lambda verb: verb not in WITHOUT_DEED - _IN_LISTS and verb is not Verb.LEAVE,
        lambda verb: "@" if verb in WHOLE else "1 ",
    )


def _groups(
    reading: Reading | Voice, offered: Callable[[Verb], bool], before: Callable[[Verb], str]
) -> list[Group]:
    behind, words = _behind(reading), _words(reading)
    _ = reading.texts.gettext
    groups = [
        Group(
            _(title),
            [
                Command(
                    f"{before(verb)}{told(verb, reading.language)}{behind.get(verb, '')}",
                    _(does) % words,
                )
                for verb, does in verbs.items()
                if offered(verb)
            ],
        )
        for title, verbs in MENU.items()
    ]
    return [one for one in groups if one.commands]


def often_asked(reading: Reading) -> list[Group]:
    """What is asked for most, and how to be told of the rest."""
    lines = [f"@{told(verb, reading.language)}" for verb in OFTEN]
    there = [one for group in commands(reading) for one in group.commands]
    by_line = {one.line.split(" ")[0]: one for one in there}
    return [Group("", [by_line[line] for line in lines if line in by_line])]


def _words(reading: Reading | Voice) -> dict[str, str]:
    """What is named in what they do."""
    return {
        "stop": told(Verb.STOP, reading.language),
        "none": said_as(Notices.NONE, reading.language),
        "all": said_as(Notices.ALL, reading.language),
        "words": urgencies(reading),
    }


def _behind(reading: Reading | Voice) -> dict[Verb, str]:
    """What may stand behind each of them."""
    _ = reading.texts.gettext
    closing = with_closing(needs_of(reading.mailbox), reading.mailbox.categories, reading.language)
    return {
        Verb.ASSIGN: " Anna",
        Verb.SAME: " 12",
        Verb.AWAY: " " + _("until friday"),
        Verb.NOTICES: f" {said_as(Notices.MINE, reading.language)}",
        Verb.TEMPLATE: " " + _("refund"),
        Verb.ARTICLE: " " + _("refund"),
        Verb.FORWARD: " supplier@example.com",
        Verb.FIND: " " + _("refund"),
        Verb.WAIT: " " + _("3 days"),
        Verb.SNOOZE: " " + _("monday 9:00"),
        Verb.MOVE: " Sales",
        Verb.TAG: " vip",
        Verb.UNTAG: " vip",
        Verb.CLOSE: " " + closing if closing else "",
        Verb.SEND: " " + _("tomorrow 9:00"),
        Verb.PROMISE: " " + _("friday 14:00"),
        Verb.CATEGORY: " " + _("refund"),
        Verb.SOLUTION: " …",
        Verb.REMOVE: " Bob",
        Verb.CUSTOMER: " " + _("prefers the phone"),
        Verb.FORGET: " " + _("prefers the phone"),
        Verb.BELONGS: " 12",
        Verb.PRIORITY: " " + told_urgency(Urgency.HIGH, reading.language),
    }


def how_to_hear_less(reading: Reading) -> str:
    """The last line of a notice: nobody gets what they do not want to get."""
    texts, language = reading.texts, reading.language
    if is_guest(reading):
        said = texts.gettext(
            "To get no more mails of this conversation, write “@%(leave)s” on the first line of"
            " an answer."
        )
        return said % {"leave": told(Verb.LEAVE, language)}
    return texts.gettext(
        "To hear less of %(mailbox)s: “@%(notices)s %(mine)s”, “%(mentions)s” or “%(none)s” on the"
        " first line of an answer."
    ) % {
        "mailbox": reading.mailbox.name,
        "notices": told(Verb.NOTICES, language),
        **{one.value: said_as(one, language) for one in Notices},
    }


def urgencies(reading: Reading | Voice) -> str:
    """The words for how urgent something is."""
    return ", ".join(told_urgency(one, reading.language) for one in Urgency)
