"""Mails that say what became of a decision about one's own answer: what else was there already."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.reply_mail import reply_mail
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.model.held import HeldReason
from inbox.model.outcome import Outcome
from inbox.notify.deciding import to_be_seen, ways_out
from inbox.notify.draft import draft_of
from inbox.notify.guests import opened
from inbox.notify.links import Link
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import render
from inbox.notify.shown import Shown, shown
from inbox.notify.stale import at_time
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Held, Outbound

_WITH_WORDS = frozenset({Outcome.NOBODY, Outcome.NOT_THEIRS, Outcome.TOO_LATE})


@composer("outcome")
async def outcome_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail of an outcome."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    outcome = Outcome(outbound.draft["outcome"])
    whole, let_go = await _shown(db, reading) if outcome is Outcome.SHOWN else (None, [])
    if outcome is Outcome.SHOWN and whole is None:  # taken back meanwhile
        outcome = Outcome.NO_ANSWER
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=what_became(reading, outcome),
        why=_why(reading, outcome),
        how=[],
        shown=whole,
        words=reading.message.text if outcome in _WITH_WORDS else "",
        copies="",
        ask=_("You decide; a mail need only be sent:"),
        let_go=let_go,
        links=opened(reading),
    )
    files = whole.pictures if whole else ()
    return await draft_of(
        db, reading, body, author=reading.mailbox.name, verb="n", attachments=files
    )


async def _shown(db: Reader, reading: Reading) -> tuple[Shown | None, list[Link]]:
    """What the customer gets, of an answer that is held or of one that has its mail."""
    draft = reading.outbound.draft
    if "held" in draft:
        held = await db.get_one(Held, draft["held"])
        let_go = ways_out(reading, held, held.reasons) if held.state == "waiting" else []
        return await to_be_seen(db, reading), let_go
    outbound = await db.get(Outbound, draft["outbound"])
    if outbound is None:
        return None, []
    return shown(reading.texts, await reply_mail(db, reading.context, outbound)), []


def what_became(reading: Reading, outcome: Outcome) -> str:
    """The sentence that says it."""
    _ = reading.texts.gettext
    draft = reading.outbound.draft
    when = at_time(reading, datetime.fromisoformat(draft["at"])) if "at" in draft else ""
    about = {"name": name_of(reading.customer), "when": when}
    sentences = {
        Outcome.SENT_BEFORE: _("It was not sent a second time: it was let go already %(when)s."),
        Outcome.NOTED_BEFORE: _("It was not sent: it is a comment inside already, made %(when)s."),
        Outcome.DROPPED_BEFORE: _("It was not sent: it was dropped already %(when)s."),
        Outcome.NOBODY: _("Your answer to %(name)s was not sent."),
        Outcome.NOT_THEIRS: _("Nothing was done with your answer that is held."),
        Outcome.TOO_LATE: _("It could not be taken back: your answer to %(name)s left %(when)s."),
        Outcome.NO_ANSWER: _("There is no answer of yours here that could be taken back or shown."),
        Outcome.NOT_UNDONE: _(
            "Nothing was undone: what you did here last no longer stands as you left it, or one"
            " word cannot undo it."
        ),
        Outcome.SHOWN: _("This is what %(name)s gets."),
    }
    return sentences[outcome] % about


def _why(reading: Reading, outcome: Outcome) -> list[str]:
    _ = reading.texts.gettext
    draft = reading.outbound.draft
    match outcome:
        case Outcome.NOT_THEIRS:
            return reasons_in_words(draft["reasons"], reading.texts)
        case Outcome.NOBODY:
            return reasons_in_words([HeldReason.NO_RECIPIENT], reading.texts)
        case Outcome.NO_ANSWER:
            return [_("What you wrote was sent to nobody.")]
        case Outcome.SHOWN if "outbound" in draft:
            about = {"when": at_time(reading, datetime.fromisoformat(draft["at"]))}
            if draft["sent"]:
                return [_("It left %(when)s.") % about]
            return [_("It leaves %(when)s; an answer “stop” takes it back before.") % about]
    return []
