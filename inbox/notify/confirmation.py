"""What was understood of what somebody asked for: one short mail, where it could be misunderstood.

Only to who asked; days and times in full, names in full, and the line that undoes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.notify.days import end_in_words, moment_in_full
from inbox.notify.draft import draft_of
from inbox.notify.guests import opened
from inbox.notify.links import Link, letter_to
from inbox.notify.reading import Reading, read
from inbox.notify.render import render
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Outbound


@composer("done")
async def done_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """What was done, as it was understood."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    deeds = outbound.draft["deeds"]
    lines = [line for deed in deeds if (line := _undo(deed, reading))]
    undo = _("To undo it, write at the top of an answer: %(lines)s")
    subject = reply_subject(reading.conversation.subject)
    body = render(
        "done",
        reading.texts,
        language=reading.language,
        subject=reading.conversation.subject,
        done=[*(in_words(deed, reading) for deed in deeds), *_plain(reading)],
        undo=undo % {"lines": reading.listed(lines)} if lines else "",
        links=[*([_undone(reading, subject, lines)] if lines else []), *opened(reading)],
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def _plain(reading: Reading) -> list[str]:
    """What was done as well, and could not be misunderstood: as it was written."""
    lines = dict.fromkeys(reading.outbound.draft.get("plain", ()))
    said = reading.texts.gettext("Done: %(orders)s.")
    return [said % {"orders": ", ".join(lines)}] if lines else []


def _undone(reading: Reading, subject: str, lines: list[str]) -> Link:
    """A mail that undoes it; where it can only be read, what has to stand in it."""
    _ = reading.texts.gettext
    link = letter_to(_("Undo"), reading.address("n"), subject, _body(lines))
    shown = _("a mail to %(address)s that begins with %(lines)s")
    about = {"address": link.shown, "lines": reading.listed(lines)}
    return replace(link, shown=shown % about)


def in_words(deed: Mapping[str, Any], reading: Reading) -> str:
    """One thing that was done, in full."""
    _ = reading.texts.gettext
    about = {"name": deed.get("name", "")}
    match deed["verb"]:
        case Verb.WAIT:
            return _("It waits for the customer until %(when)s.") % {"when": _moment(deed, reading)}
        case Verb.SNOOZE:
            return _("Put off until %(when)s.") % {"when": _moment(deed, reading)}
        case Verb.MOVE:
            return _("Moved to %(name)s.") % about
        case Verb.SAME:
            return _("Joined with conversation %(number)s: “%(subject)s”.") % deed
        case Verb.LEAVE:
            return _("You get no more mails of this conversation, unless somebody asks you again.")
        case Verb.AWAY:
            return _("You are away until %(when)s.") % {"when": _last_day(deed, reading)}
    return _("Given to %(name)s.") % about


def _moment(deed: Mapping[str, Any], reading: Reading) -> str:
    until = datetime.fromisoformat(deed["until"])
    return moment_in_full(until, reading.language, ZoneInfo(deed["zone"]))


def _last_day(deed: Mapping[str, Any], reading: Reading) -> str:
    zone = ZoneInfo(deed["zone"])
    until = datetime.fromisoformat(deed["until"])
    return f"{end_in_words(until, reading.language, zone)} ({zone.key})"


def _undo(deed: Mapping[str, Any], reading: Reading) -> str:
    """The line that undoes it; empty where its writer cannot."""
    if deed["verb"] in (Verb.WAIT, Verb.SNOOZE):
        return f"@{told(Verb.REOPEN, reading.language)}"
    if deed["verb"] == Verb.AWAY:
        return f"@{told(Verb.BACK, reading.language)}"
    back = deed.get("back", "")
    return f"@{told(Verb(deed['verb']), reading.language)} {back}" if back else ""


def _body(lines: list[str]) -> str:
    # Like a signature below, so that what programs add is no comment.
    return "\n".join(lines) + "\n\n-- \n"
