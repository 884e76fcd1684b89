"""What was understood of what somebody asked for: one short mail, where it could be misunderstood.

Only to who asked; days and times in full, names in full, and the line that undoes it.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.conversation import Status
from inbox.model.marks import Urgency
from inbox.model.notices import Notices
from inbox.model.zones import zone_called
from inbox.notify.closing import begun
from inbox.notify.days import end_in_words, moment_in_full
from inbox.notify.draft import draft_of
from inbox.notify.guests import opened
from inbox.notify.links import Link, letter_to
from inbox.notify.promising import promise_offers
from inbox.notify.reading import Reading, read
from inbox.notify.render import render
from inbox.orders.hearing import said_as
from inbox.orders.names import is_nobody, told_nobody
from inbox.orders.urgency import told as told_urgency
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

_SIGN = re.compile("[@\uff20\ufe6b]")


@composer("done")
async def done_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """What was done, as it was understood."""
    reading = await read(db, context, outbound)
    deeds = outbound.draft["deeds"]
    lines = _undone_by(deeds, reading)
    step_by_step = _step_by_step(reading)
    is_decided = any(deed["verb"] == Verb.PROMISE for deed in deeds)
    is_closed = reading.conversation.status == Status.CLOSED
    said = None if is_decided or is_closed else reading.message
    subject = reply_subject(reading.conversation.subject)
    body = render(
        "done",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        done=[*(in_words(deed, reading) for deed in deeds), *_plain(reading)],
        undo=_to_undo(reading, lines),
        lines=lines if len(lines) > 1 else [],
        step_by_step=step_by_step,
        links=[
            *([_undone(reading, subject, lines)] if lines else []),
            *await promise_offers(db, reading, said),
            *opened(reading),
        ],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def _plain(reading: Reading) -> list[str]:
    """What was done as well, and could not be misunderstood: as it was written."""
    lines = dict.fromkeys(one["line"] for one in _plain_deeds(reading))
    said = reading.texts.gettext("Done: %(orders)s.")
    return [said % {"orders": ", ".join(lines)}] if lines else []


def _plain_deeds(reading: Reading) -> list[Mapping[str, Any]]:
    return list(reading.outbound.draft.get("plain", ()))


def _step_by_step(reading: Reading) -> str:
    """How that is undone for which there is no line, where more was done than that."""
    deeds = [*reading.outbound.draft["deeds"], *_plain_deeds(reading)]
    if len(deeds) < 2 or all(_undo(deed, reading) for deed in deeds):
        return ""
    said = reading.texts.gettext(
        "“@%(undo)s” alone undoes what was done last; once more, what was done before that."
    )
    return said % {"undo": told(Verb.UNDO, reading.language)}


def _undone(reading: Reading, subject: str, lines: list[str]) -> Link:
    """A mail that undoes it; where it can only be read, what has to stand in it."""
    words = reading.texts.gettext("Undo")
    return begun(reading, letter_to(words, reading.address("n"), subject, _body(lines)), lines)


def _to_undo(reading: Reading, lines: list[str]) -> str:
    """How it is undone; several lines stand below it."""
    _ = reading.texts.gettext
    if len(lines) > 1:
        return _("To undo it, write at the top of an answer, each on a line of its own:")
    undo = _("To undo it, write at the top of an answer: %(lines)s")
    return undo % {"lines": lines[0]} if lines else ""


def in_words(deed: Mapping[str, Any], reading: Reading) -> str:
    """One thing that was done, in full."""
    _ = reading.texts.gettext
    about = dict(deed)
    about["words"] = deed.get("words", "")
    if deed["verb"] == Verb.AWAY:
        about["when"] = _last_day(deed, reading)
    elif "until" in deed:
        about["when"] = _moment(deed, reading)
    if "of" in deed:
        about["line"] = f"@{told(Verb(deed['of']), reading.language)}"
    sentences = _sentences(reading.texts)
    given = sentences[Verb.ASSIGN] % about if deed.get("name") else ""
    if deed["verb"] in (Verb.CLOSE, Verb.CATEGORY):
        said = sentences[Verb.CATEGORY] % about if deed.get("category") else ""
        return reading.gap.join(filter(None, (said, given)))
    kind = deed.get("then") or (deed["kind"] if deed["verb"] == Verb.CUSTOMER else "")
    return sentences[f"{deed['verb']} {kind}".strip()] % about


def _sentences(texts: gettext.NullTranslations) -> dict[str, str]:
    """By what was done, and of what kind it was."""
    _ = texts.gettext
    return {
        Verb.WAIT: _("It waits for the customer until %(when)s."),
        Verb.SNOOZE: _("Put off until %(when)s."),
        Verb.PROMISE: _("An answer is promised by %(when)s."),
        Verb.SEND: _("Your answer leaves on %(when)s."),
        f"{Verb.SEND} {Verb.CLOSE}": _(
            "Your answer leaves on %(when)s; then the conversation is closed."
        ),
        f"{Verb.SEND} {Verb.FORWARD}": _("Your mail to %(words)s leaves on %(when)s."),
        Verb.MOVE: _("Moved to %(name)s."),
        Verb.ASSIGN: _("Given to %(name)s."),
        Verb.REMOVE: _("%(name)s hears no more of it."),
        Verb.SAME: _("Joined with conversation %(number)s: “%(subject)s”."),
        Verb.BELONGS: _("The mail belongs to conversation %(number)s now: “%(subject)s”."),
        Verb.CATEGORY: _("The category is %(category)s."),
        f"{Verb.CUSTOMER} note": _("Noted about the customer: “%(words)s”."),
        f"{Verb.CUSTOMER} address": _("The customer also writes from %(words)s."),
        f"{Verb.CUSTOMER} phone": _("The customer can be called at %(words)s."),
        f"{Verb.CUSTOMER} same": _("The customer is the same person as who writes from %(words)s."),
        Verb.FORGET: _("Taken off: “%(words)s”."),
        Verb.UNDO: _("Undone: %(line)s."),
        Verb.LEAVE: _(
            "You get no more mails of this conversation, unless somebody asks you again."
        ),
        Verb.AWAY: _("You are away until %(when)s."),
    }


def _moment(deed: Mapping[str, Any], reading: Reading) -> str:
    until = datetime.fromisoformat(deed["until"])
    return moment_in_full(until, reading.language, zone_called(deed["zone"]), deed["zone"])


def _last_day(deed: Mapping[str, Any], reading: Reading) -> str:
    zone = zone_called(deed["zone"])
    until = datetime.fromisoformat(deed["until"])
    return f"{end_in_words(until, reading.language, zone)} ({zone.key})"


def _undone_by(deeds: Sequence[Mapping[str, Any]], reading: Reading) -> list[str]:
    """The lines that undo all of it; an answer that has not left is first to be stopped."""
    all_deeds = [*deeds, *_plain_deeds(reading)]
    lines = list(dict.fromkeys(line for deed in all_deeds if (line := _undo(deed, reading))))
    stop = f"@{told(Verb.STOP, reading.language)}"
    return [stop] if stop in lines else lines


def _undo(deed: Mapping[str, Any], reading: Reading) -> str:
    """The line that undoes it; empty where its writer cannot, or no line alone does."""
    if "line" not in deed:
        return _undo_told(deed, reading)
    return _line_back(Verb(deed["verb"]), deed["back"], reading) if "verb" in deed else ""


def _undo_told(deed: Mapping[str, Any], reading: Reading) -> str:
    if deed["verb"] in (Verb.WAIT, Verb.SNOOZE):
        return f"@{told(Verb.REOPEN, reading.language)}"
    if deed["verb"] == Verb.AWAY:
        return f"@{told(Verb.BACK, reading.language)}"
    match deed["verb"]:
        case Verb.SEND:
            return f"@{told(Verb.STOP, reading.language)}"
        case Verb.PROMISE:
            none = said_as(Notices.NONE, reading.language)
            return f"@{told(Verb.PROMISE, reading.language)} {none}"
        case Verb.CUSTOMER:
            return f"@{told(Verb.FORGET, reading.language)} {_unsigned(deed['words'])}"
        case Verb.FORGET if deed["kind"] != "note":
            return f"@{told(Verb.CUSTOMER, reading.language)} {deed['words']}"
        case Verb.SAME | Verb.CATEGORY | Verb.CLOSE | Verb.FORGET:
            return f"@{told(Verb.UNDO, reading.language)}" if deed.get("alone") else ""
    back = deed.get("back", "")
    return _line_back(Verb(deed["verb"]), back, reading) if back else ""


def _line_back(verb: Verb, back: str, reading: Reading) -> str:
    match verb:
        case Verb.PRIORITY:
            back = told_urgency(Urgency(int(back)), reading.language)
        case Verb.NOTICES if not back.isdecimal():
            back = said_as(Notices(back), reading.language)
        case Verb.ASSIGN if is_nobody(back):
            back = told_nobody(reading.language)
    return f"@{told(verb, reading.language)} {back}".strip()


def _unsigned(words: str) -> str:
    """The beginning of a note, in which no sign can begin anything else."""
    plain = " ".join(words.split())
    return plain if " " not in plain else _SIGN.split(plain)[0][:60].strip()


def _body(lines: list[str]) -> str:
    # Like a signature below, so that what programs add is no comment.
    return "\n".join(lines) + "\n\n-- \n"
