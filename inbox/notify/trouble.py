"""Mails that say what did not happen: an answer was held, or could not be delivered.

The first sentence says it, then comes what it would take, then the words, so that nothing is lost.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from typing import Any, Final

from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.mail.tokens import reply_address
from inbox.model.event import EventName
from inbox.model.held import HeldReason
from inbox.notify.commands import commands, in_words
from inbox.notify.draft import draft_of
from inbox.notify.guests import opened
from inbox.notify.leaks import leaks_in_words
from inbox.notify.links import letter_to
from inbox.notify.reading import Reading, name_of, read
from inbox.notify.render import Rendered, render
from inbox.outbound.composers import composer
from inbox.outbound.keyed import release_token
from inbox.store.engine import Reader
from inbox.store.tables import Held, Outbound

# As long as these stand, saying that one wrote it changes nothing.
_HOPELESS: Final = frozenset(
    {
        HeldReason.EMPTY,
        HeldReason.NOT_MEMBER,
        HeldReason.DISABLED,
        HeldReason.NO_RECIPIENT,
        HeldReason.ONLY_COMMENTS,
    }
)


@composer("held")
async def held_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """An answer by mail was not believed: its writer is asked at the address that we know."""
    reading = await read(db, context, outbound)
    held = await db.get_one(Held, outbound.draft["held"])
    _ = reading.texts.gettext
    name = name_of(reading.customer)
    if HeldReason.ORDERS in held.reasons:
        return await _draft(db, reading, _ordered(reading, held))
    if held.verb == "note":
        what, let_go = _("Your comment was not added."), _("Add it now")
    else:
        what = _("Your answer to %(name)s was not sent.") % {"name": name}
        let_go = _("Send it now")
    token = release_token(context.secret, held.id)
    release = reply_address(reading.mailbox.address, "x", token, context.settings.domain)
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        subject=reading.conversation.subject,
        what=what,
        why=[*reasons_in_words(held.reasons, reading.texts), *leaks_in_words(reading)],
        how=[],
        words=reading.message.text,
        copies=", ".join(str(one["address"]) for one in reading.message.cc),
        let_go=[letter_to(let_go, release, reply_subject(reading.conversation.subject))]
        if not _HOPELESS & set(held.reasons) and not reading.agent.is_list
        else [],
        links=opened(reading),
    )
    return await _draft(db, reading, body)


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
        subject=reading.conversation.subject,
        what=_("Nothing of what you asked for was done, and nothing was sent."),
        why=[*in_words(troubles, reading)]
        if troubles
        else [*reasons_in_words(other, reading.texts), *leaks_in_words(reading), *never],
        how=commands(reading),
        words=reading.message.text,
        copies="",
        let_go=[],
        links=opened(reading),
    )


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


def reasons_in_words(reasons: Sequence[str], texts: gettext.NullTranslations) -> list[str]:
    """A sentence for each reason why an answer was held."""
    _ = texts.gettext
    sentences = {
        HeldReason.UNKNOWN_SENDER: _("It came from an address that is not registered as yours."),
        HeldReason.MANY_SENDERS: _("It names no sender, or several."),
        HeldReason.NO_TOKEN: _("It did not come to the address that the notice gives."),
        HeldReason.AUTOMATIC: _("It looks as if a program had written it."),
        HeldReason.TOO_MANY: _("More came within an hour than a person writes."),
        HeldReason.EMPTY: _("There are no new words in it."),
        HeldReason.FAILED: _("The mail system that it claims to be from says it is not."),
        HeldReason.UNPROVED: _("Nothing proved that your mail system sent it."),
        HeldReason.NOT_MEMBER: _("You do not take part in this mailbox any more."),
        HeldReason.DISABLED: _("Your access has ended."),
        HeldReason.EXPIRED: _("The mail that it answers is too old."),
        HeldReason.MOVED_ON: _("The conversation has gone on meanwhile."),
        HeldReason.NO_RECIPIENT: _("There is nobody whom it could go to."),
        HeldReason.ONLY_COMMENTS: _("Colleagues do not answer customers here: say it inside."),
        HeldReason.OUTSIDE: _("Its address is not one of this organisation."),
        HeldReason.NEWCOMER: _("Nobody has said yet who wrote it."),
        HeldReason.ORDERS: _("It asks for more than to be sent."),
        HeldReason.LEAK: _("It says what is only for us:"),
    }
    known = [sentences[HeldReason(one)] for one in reasons if one in set(HeldReason)]
    return known or [_("We could not be sure that it is from you.")]


async def _draft(db: Reader, reading: Reading, body: Rendered) -> Draft:
    # Never the address that lets a held answer go: somebody who only asks what happened would.
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")
