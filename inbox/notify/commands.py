"""What can be asked for by mail, as our people read it, and why something of it is not done."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from inbox.auth.permissions import Permission, may_order
from inbox.desk.close import need_names
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.closing import Need
from inbox.model.conversation import Status
from inbox.model.marks import Urgency
from inbox.model.notices import Notices
from inbox.notify.draft import draft_of
from inbox.notify.guests import allowed, is_guest, opened
from inbox.notify.items import items_of
from inbox.notify.links import Link, ready_letter
from inbox.notify.reading import Reading, read
from inbox.notify.render import render
from inbox.notify.voice import Voice
from inbox.orders.hearing import said_as
from inbox.orders.trouble import Why
from inbox.orders.urgency import told as told_urgency
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Command:
    """A line that can be written, and what it does; `href` is a mail that begins with it."""

    line: str
    meaning: str
    href: str = ""


@composer("help")
async def help_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """Somebody asked what can be asked for."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    body = render(
        "held",
        reading.texts,
        language=reading.language,
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
    _ = reading.texts.gettext
    draft, may, links = reading.outbound.draft, allowed(reading), []
    if draft.get("holder") is None and Permission.ASSIGN in may:
        does = _("Sending this mail gives you the conversation. What you write above stays inside.")
        links.append(ready_letter(_("Take it"), reading.address("take"), subject, does))
    if draft.get("ended"):
        return [*links, *_back(reading, subject)]
    if Permission.CLOSE in may:
        does = _("Sending this mail closes the conversation. What you write above stays inside.")
        links.append(ready_letter(_("Close"), reading.address("close"), subject, does))
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


def commands(reading: Reading) -> list[Command]:
    """All lines that can be written at the top of an answer, in the reader's language."""
    _ = reading.texts.gettext
    meanings = {
        Verb.CLOSE: _("closes the conversation; a mail of the customer opens it again"),
        Verb.REOPEN: _("opens it again"),
        Verb.TAKE: _("gives it to you"),
        Verb.ASSIGN: _("gives it to somebody else; a part of the name is enough"),
        Verb.WAIT: _("waits for the customer; without an answer by then it comes back"),
        Verb.SNOOZE: _("puts it off until then; a mail of the customer brings it back at once"),
        Verb.MOVE: _("gives it to another mailbox"),
        Verb.TAG: _("puts tags on it"),
        Verb.UNTAG: _("takes tags off"),
        Verb.PRIORITY: _("says how urgent it is: %(words)s") % {"words": urgencies(reading)},
        Verb.NOTE: _("makes what you write below a comment that only we see"),
        Verb.SHOW: _("shows you what the customer gets; it waits until you decide"),
        Verb.STOP: _("takes your last answer back, if it has not left"),
        Verb.SAME: _("joins it to another conversation, by number or address"),
        Verb.SPLIT: _("makes the mail that you answer a conversation of its own"),
        Verb.SPAM: _("puts it among the spam"),
        Verb.NOT_SPAM: _("takes it out of the spam"),
        Verb.TEMPLATE: _("puts an approved text around your words"),
        Verb.ARTICLE: _("puts an article below your words"),
        Verb.FORWARD: _("passes the customer's mail on with your words; the customer sees nothing"),
        Verb.FIND: _("mails you articles, templates and conversations with these words"),
        Verb.AWAY: _("says that you are away, and offers what you have to others"),
        Verb.BACK: _("says that you are here again"),
        Verb.NOTICES: _("says what you hear of this mailbox: all, mine, mentions or none"),
        Verb.LEAVE: _("ends the mails of this conversation to you"),
        Verb.HELP: _("sends this list"),
    }
    behind = {
        Verb.ASSIGN: " Anna",
        Verb.SAME: " 12",
        Verb.AWAY: " 2026-12-05",
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
        Verb.PRIORITY: " " + told_urgency(Urgency.HIGH, reading.language),
    }
    may = allowed(reading)
    return [
        Command(f"@{told(verb, reading.language)}{behind.get(verb, '')}", meaning)
        for verb, meaning in meanings.items()
        if may_order(may, verb)
    ]


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


def lines_for(
    troubles: Sequence[Mapping[str, Any]], reading: Reading | Voice, before: str = "@"
) -> list[str]:
    """The lines that say what may have been meant, where it is one of a few."""
    return [
        f"{before}{told(Verb(one['verb']), reading.language)} {name}"
        for one in troubles
        if one.get("verb")
        for name in one["names"]
    ]


def in_words(
    troubles: Sequence[Mapping[str, Any]], reading: Reading | Voice, before: str = "@"
) -> list[str]:
    """A sentence for each line of a mail: what was understood, and why nothing is done.

    `before`: what stands before an order that can be written instead.
    """
    _ = reading.texts.gettext
    sentences = {**_sentences(reading.texts), **_to_guests(reading.texts)}
    unnamed = {**sentences, **_without_names(reading.texts)}
    said = []
    for trouble in troubles:
        why = Why(trouble["why"])
        about = {
            "line": trouble["line"],
            "names": reading.listed(_named(_names(why, trouble["names"], reading))),
            "example": f"{_('3 days')}, {_('monday 9:00')}",
            "urgencies": urgencies(reading),
            "note": told(Verb.NOTE, reading.language),
            "notices": "@"
            + f"{told(Verb.NOTICES, reading.language)} {said_as(Notices.MINE, reading.language)}",
        }
        if why is Why.AGAINST and len(trouble["names"]) > 1:
            said.append(_together(trouble["names"], reading))
            continue
        said.append((sentences if trouble["names"] else unnamed)[why] % about)
        if why is Why.UNKNOWN and trouble["names"]:
            said.append(_("Did you mean @%(word)s?") % {"word": trouble["names"][0]})
        if lines := lines_for([trouble], reading, before):
            ready = ", ".join(f"“{one}”" for one in lines)
            said.append(_("Write one of these: %(lines)s.") % {"lines": ready})
    return said


def _names(why: Why, names: Sequence[str], reading: Reading | Voice) -> Sequence[str]:
    if why is not Why.CLOSING_NEEDS:
        return names
    needs = need_names(reading.texts)
    return [needs[Need(one)] for one in names]


def _sentences(texts: gettext.NullTranslations) -> dict[Why, str]:
    _ = texts.gettext
    return {
        Why.FINE: _("“%(line)s” was understood."),
        Why.UNKNOWN: _("“%(line)s” is no command."),
        Why.EXTRA: _("“%(line)s”: this command takes nothing behind it."),
        Why.BELOW: _(
            "“%(line)s” counts only above your words: write it first, and all of it stays inside."
        ),
        Why.NO_NAME: _("“%(line)s”: say to whom."),
        Why.NOBODY: _("“%(line)s”: nobody here has this name. There are: %(names)s."),
        Why.SEVERAL: _("“%(line)s” may mean %(names)s. Write more of the name, or the address."),
        Why.NO_TIME: _("“%(line)s”: it is not clear until when. Write %(example)s or 25.12."),
        Why.PAST: _("“%(line)s”: this time is past."),
        Why.FAR: _("“%(line)s”: this time is too far away: at most a year."),
        Why.NO_MAILBOX: _("“%(line)s”: say to which mailbox."),
        Why.NOWHERE: _("“%(line)s”: there is no such mailbox. There are: %(names)s."),
        Why.THERE_ALREADY: _("“%(line)s”: it is in this mailbox."),
        Why.NO_TAG: _("“%(line)s”: say which tag, of a word or a few."),
        Why.NOT_TAGGED: _("“%(line)s”: it has no such tag."),
        Why.MANY_TAGS: _("“%(line)s”: it has too many tags."),
        Why.NO_PRIORITY: _("“%(line)s”: say how urgent: %(urgencies)s."),
        Why.NO_CONVERSATION: _("“%(line)s”: you can see no such conversation."),
        Why.NOTHING_OFFERED: _("“%(line)s”: say which conversation, by its number or address."),
        Why.NO_MAIL: _("“%(line)s”: it is not clear which mail is meant."),
        Why.WHICH_NOTICES: _("“%(line)s”: say all, mine, mentions or none."),
        Why.AGAINST: _("“%(line)s” does not go with the rest of this mail."),
        Why.SPAM_ANSWERED: _("“%(line)s”: spam is not answered."),
        Why.UNSEEN: _(
            "“%(line)s”: the customer has written since. Look at the newest mail, and ask again."
        ),
        Why.QUOTED: _("“%(line)s” stands in the customer's mail, so that it may not be yours."),
        Why.ELSEWHERE: _("The mail went to addresses of several conversations."),
        Why.ASKED_FOR_HELP: _("You asked for the commands as well; here they are."),
        Why.NO_TEXT: _("“%(line)s”: there is no such text. There are: %(names)s."),
        Why.SEVERAL_TEXTS: _("“%(line)s” may mean %(names)s. Write more of the name."),
        Why.UNFILLED: _(
            "“%(line)s”: %(names)s is not known, and nothing stands in its place in the text."
        ),
        Why.NO_WORDS: _("“%(line)s”: say what is to be found."),
        Why.ALONE: _("“%(line)s” stands in a mail alone: so nothing was sent by mistake."),
        Why.NO_ADDRESS: _("“%(line)s”: say the mail address to which it goes."),
        Why.INSIDE: _("“%(line)s” speaks to one of us, and the mail would go to the customer."),
        Why.NO_DAY: _("“%(line)s”: say until which day, one that is to come."),
        Why.WHICH_DECISION: _(
            "“%(line)s” decides nothing: the address begins with send, note, drop or show."
        ),
        Why.CLOSING_NEEDS: _(
            "“%(line)s”: it is still open. Its mailbox wants this said first: %(names)s. A comment"
            " is what you write below “@%(note)s”; the rest is said in the web view."
        ),
        Why.REFUSED: _("“%(line)s” cannot be done as things stand."),
    }


def _without_names(texts: gettext.NullTranslations) -> dict[Why, str]:
    """What is said where there is nothing that could have been meant."""
    _ = texts.gettext
    return {
        Why.NOBODY: _("“%(line)s”: nobody here has this name."),
        Why.NOWHERE: _("“%(line)s”: there is no such mailbox."),
        Why.NO_TEXT: _("“%(line)s”: no text has been approved here yet."),
    }


def _named(names: Sequence[str]) -> list[str]:
    """As many names as anybody reads, each once."""
    found = list(dict.fromkeys(names))
    return found if len(found) <= _MOST_NAMED else [*found[:_MOST_NAMED], "…"]


def _to_guests(texts: gettext.NullTranslations) -> dict[Why, str]:
    """About what only some may ask for."""
    _ = texts.gettext
    return {
        Why.NOT_GIVEN: _(
            "“%(line)s”: you were asked about this conversation, it was not given to you."
            " Say inside what is to be done."
        ),
        Why.NOT_THEIRS: _(
            "“%(line)s”: only those whose mailbox it is can do that. Say inside what is to be done."
        ),
        Why.NOT_DRAWN_IN: _(
            "“%(line)s”: you hear of this conversation because its mailbox is yours. To hear less,"
            " write “%(notices)s”."
        ),
    }


def _together(lines: Sequence[str], reading: Reading | Voice) -> str:
    _ = reading.texts.gettext
    quoted = reading.listed([_("“%(line)s”") % {"line": line} for line in lines])
    return _("%(lines)s cannot be done together.") % {"lines": quoted}
