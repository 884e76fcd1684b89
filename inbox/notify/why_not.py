"""Why something that was asked for by mail is not done, and what to write instead."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from typing import Any

from inbox.desk.close import need_names
from inbox.model.closing import Need
from inbox.model.notices import Notices
from inbox.notify.closing import with_closing
from inbox.notify.commands import urgencies
from inbox.notify.reading import Reading
from inbox.notify.voice import Voice
from inbox.orders.hearing import said_as
from inbox.orders.trouble import Why
from inbox.orders.verbs import Verb, told

_MOST_NAMED = 20


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
    sentences = {
        **_sentences(reading.texts),
        **_of_further_orders(reading.texts),
        **_to_guests(reading.texts),
    }
    unnamed = {**sentences, **_without_names(reading.texts)}
    said = []
    for trouble in troubles:
        why = Why(trouble["why"])
        about = {
            "line": trouble["line"],
            "names": reading.listed(_named(_names(why, trouble["names"], reading))),
            "example": f"{_('3 days')}, {_('monday 9:00')}",
            "urgencies": urgencies(reading),
            "closing": f"{before}{told(Verb.CLOSE, reading.language)} "
            + with_closing((Need.CATEGORY, Need.SOLUTION), (), reading.language),
            "notices": "@"
            + f"{told(Verb.NOTICES, reading.language)} {said_as(Notices.MINE, reading.language)}",
        }
        if why is Why.AGAINST and len(trouble["names"]) > 1:
            said.append(_together(trouble["names"], reading))
            continue
        said.append((sentences if trouble["names"] else unnamed)[why] % about)
        if why is Why.UNKNOWN and trouble["names"]:
            said.append(_("Did you mean @%(word)s?") % {"word": trouble["names"][0]})
        if why is Why.CLOSING_NEEDS:
            said += _wanted(trouble, reading, before)
        if lines := lines_for([trouble], reading, before):
            ready = ", ".join(f"“{one}”" for one in lines)
            said.append(_("Write one of these: %(lines)s.") % {"lines": ready})
    return said


def _wanted(trouble: Mapping[str, Any], reading: Reading | Voice, before: str) -> list[str]:
    """What can be said for what is wanted before closing, and how."""
    _ = reading.texts.gettext
    needs = [Need(one) for one in trouble["names"]]
    choices = trouble.get("choices", ()) if Need.CATEGORY in needs else ()
    names = {"names": ", ".join(choices)}
    behind = with_closing(needs, choices, reading.language)
    line = {"line": f"{before}{told(Verb.CLOSE, reading.language)} {behind}"}
    said = [_("The category is one of: %(names)s.") % names] if choices else []
    return [*said, _("Write it so: “%(line)s”.") % line]


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
        Why.NO_TIME: _(
            "“%(line)s”: it is not clear which time is meant. Write %(example)s or 25.12."
        ),
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
        Why.UTF8_ADDRESS: _(
            "“%(line)s”: this address has other letters than English ones before its @; no mail of"
            " ours can go there (it would take SMTPUTF8)."
        ),
        Why.INSIDE: _("“%(line)s” speaks to one of us, and the mail would go to the customer."),
        Why.NO_DAY: _("“%(line)s”: say until which day, one that is to come."),
        Why.WHICH_DECISION: _(
            "“%(line)s” decides nothing: the address begins with send, note, drop or show."
        ),
        Why.CLOSING_NEEDS: _(
            "“%(line)s”: it is still open. Its mailbox wants this said first: %(names)s."
        ),
        Why.REFUSED: _("“%(line)s” cannot be done as things stand."),
    }


def _of_further_orders(texts: gettext.NullTranslations) -> dict[Why, str]:
    _ = texts.gettext
    return {
        Why.WHICH_NOTICES: _(
            "“%(line)s”: say all, mine, mentions or none; or 60 to 90, the minutes between two"
            " lists."
        ),
        Why.NO_FIELDS: _("“%(line)s”: say behind it what it is: “%(closing)s”."),
        Why.NO_CATEGORY: _("“%(line)s”: there is no such category. There are: %(names)s."),
        Why.NO_SOLUTION: _("“%(line)s”: say how it ended."),
        Why.NOTHING_NOTED: _("“%(line)s”: say what, about the customer."),
        Why.NOT_NOTED: _(
            "“%(line)s”: it is not clear what is meant. Of the customer we know: %(names)s."
        ),
        Why.ONLY_ADDRESS: _("“%(line)s”: the customer has no other address."),
        Why.NOT_DRAWN: _("“%(line)s”: nobody of this name was asked here, only %(names)s."),
        Why.NO_WORDS_TO_SEND: _(
            "“%(line)s”: there are no words for the customer, and no answer of yours waits."
        ),
        Why.SEVERAL_CONVERSATIONS: _("“%(line)s” may mean %(names)s. Write the number."),
        Why.NOT_IN_LIST: _(
            "“%(line)s” cannot be asked for in a list, only in an answer to a mail of the"
            " conversation."
        ),
    }


def _without_names(texts: gettext.NullTranslations) -> dict[Why, str]:
    """What is said where there is nothing that could have been meant."""
    _ = texts.gettext
    return {
        Why.NOBODY: _("“%(line)s”: nobody here has this name."),
        Why.NOWHERE: _("“%(line)s”: there is no such mailbox."),
        Why.NO_TEXT: _("“%(line)s”: no text has been approved here yet."),
        Why.NO_CATEGORY: _("“%(line)s”: say which category."),
        Why.NOT_NOTED: _("“%(line)s”: nothing of the kind is known of the customer."),
        Why.NOT_DRAWN: _("“%(line)s”: nobody was asked here."),
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
