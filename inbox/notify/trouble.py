"""Mails that say what did not happen: an answer was held, or could not be delivered.

The first sentence says it, then comes what it would take, then the words, so that nothing is lost.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from typing import Any

from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft, OutgoingFile
from inbox.model.event import EventName
from inbox.model.held import HeldReason
from inbox.notify.closing import ready_closings
from inbox.notify.commands import often_asked
from inbox.notify.deciding import asked
from inbox.notify.draft import draft_of
from inbox.notify.guests import opened
from inbox.notify.leaks import leaks_in_words
from inbox.notify.links import Link, letter_to
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import Rendered, render
from inbox.notify.why_not import in_words, lines_for
from inbox.orders.trouble import Why
from inbox.outbound.composers import composer
from inbox.store.engine import Reader
from inbox.store.tables import Held, Outbound


@composer("held")
async def held_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """An answer by mail does not leave yet: its writer is asked at the address that we know."""
    reading = await read(db, context, outbound)
    held = await db.get_one(Held, outbound.draft["held"])
    if HeldReason.ORDERS in held.reasons:
        return await _draft(db, reading, _ordered(reading, held))
    found = await asked(db, reading, held)
    return await _draft(db, reading, found.body, found.shown.pictures if found.shown else ())


def _ordered(reading: Reading, held: Held) -> Rendered:
    _ = reading.texts.gettext
    troubles = reading.outbound.draft.get("orders", ())
    # What was asked for is not done later, and its words must not leave without it.
    never = [_("What it asks for is not done later either: write it again.")]
    other = [reason for reason in held.reasons if reason != HeldReason.ORDERS]
    return render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=_("Nothing of what you asked for was done, and nothing was sent."),
        why=[*in_words(troubles, reading)]
        if troubles
        else [*reasons_in_words(other, reading.texts), *leaks_in_words(reading), *never],
        how=often_asked(reading),
        words=reading.message.text,
        copies="",
        let_go=[],
        links=[*_ready(reading, troubles), *opened(reading)],
    )


def _ready(reading: Reading, troubles: Sequence[Mapping[str, Any]]) -> list[Link]:
    """Mails that need only be sent, each with what may have been meant."""
    subject = reply_subject(reading.conversation.subject)
    closings = [one for one in troubles if one["why"] == Why.CLOSING_NEEDS]
    # Like a signature below, so that what programs add is no comment.
    return [
        *(link for one in closings for link in ready_closings(reading, one)),
        *(
            letter_to(line, reading.address("n"), subject, f"{line}\n\n-- \n")
            for line in lines_for(troubles, reading)
        ),
    ]


@composer("here")
async def here_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """A mail that one of us passed on was here already: they are told what was not done."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    what = _("This mail of %(name)s is here already: nothing was done twice.")
    noted = _("What you wrote above it is a comment inside now; the customer does not see it.")
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=what % {"name": name_of(reading.customer)},
        why=[
            *([noted] if outbound.draft["noted"] else []),
            _("To answer it, answer the notice, or open it here."),
        ],
        how=[],
        words="",
        copies="",
        let_go=[],
        links=opened(reading),
    )
    return await _draft(db, reading, body)


@composer("failure")
async def failure_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """An answer did not reach somebody, or not yet: who wrote it is told."""
    reading = await read(db, context, outbound)
    _ = reading.texts.gettext
    what, then = failure_in_words(outbound.draft, reading.texts)
    body = render(
        "failure",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=what,
        said=" ".join(outbound.draft["reply"].split()),
        then=then,
        words=reading.message.text,
        links=opened(reading),
    )
    return await _draft(db, reading, body)


def failure_in_words(draft: Mapping[str, Any], texts: gettext.NullTranslations) -> tuple[str, str]:
    """What became of an answer that did not arrive, and what comes next."""
    _ = texts.gettext
    about = {"address": draft["address"], "name": draft.get("by", "")}
    match draft.get("event"):
        case EventName.DELIVERY_DELAYED:
            return (
                _("Your answer to %(address)s has not gone out yet.") % about,
                _("It is tried again for two days. If it is urgent, reach them another way."),
            )
        case EventName.DELIVERY_DROPPED:
            return (
                _("Your answer to %(address)s is not sent: %(name)s took it out of the queue.")
                % about,
                _("To send it after all, answer the customer's mail again."),
            )
    return (
        _("Your answer did not reach %(address)s.") % about,
        _("Nothing more is tried. Check the address, or reach them another way."),
    )


async def _draft(
    db: Reader, reading: Reading, body: Rendered, files: tuple[OutgoingFile, ...] = ()
) -> Draft:
    # Never the address that lets a held answer go: somebody who only asks what happened would.
    return await draft_of(
        db, reading, body, author=reading.mailbox.name, verb="n", attachments=files
    )
