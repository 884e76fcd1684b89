"""One mail about all that somebody was not told at once, because they had been told enough.

What was held in their name, and what they asked for or decided and got no answer to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from inbox.clock import utcnow
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.outcome import Outcome
from inbox.notify.digest_result import in_short
from inbox.notify.draft import draft_of
from inbox.notify.guests import has_pages
from inbox.notify.links import Link, page
from inbox.notify.outcome import what_became
from inbox.notify.reading import Reading, read
from inbox.notify.reasons import reasons_in_words
from inbox.notify.render import render
from inbox.notify.why_not import in_words
from inbox.orders.verbs import Verb, told
from inbox.outbound.composers import composer
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.engine import Reader, Writer
from inbox.store.often import place_of, untold
from inbox.store.tables import Agent, Outbound

_MOST_NAMED: Final = 10  # conversations
_MOST_SAID: Final = 20  # mails of each


@job("notify.held_more", retry=INTAKE)
async def tell_of_more(
    db: Writer,
    context: Context,
    *,
    agent_id: int,
    since: str,
    further: Sequence[Mapping[str, Any]] = (),
    **_: Any,
) -> None:
    """Ask for the mail, where anything still waits or was left without an answer."""
    held = await untold(db, agent_id, datetime.fromisoformat(since))
    agent = await db.get_one(Agent, agent_id)
    if agent.disabled_at or not (held or further):
        return
    newest = held[0] if held else await place_of(db, further[-1]["conversation"])
    source = derived(context.secret, "held_more", agent_id, newest["message_id"], len(further))
    header_id = new_message_id(newest["address"].rpartition("@")[2], context.secret, source)
    mail = NewMail(
        kind="held_more",
        recipients=(agent.email,),
        header_id=header_id,
        token_hash=hash_token(reply_token(context.secret, header_id)),
        sender=newest["address"],
        mailbox_id=newest["mailbox_id"],
        conversation_id=newest["id"],
        message_id=newest["message_id"],
        agent_id=agent_id,
        draft={
            "count": held[0]["in_all"] if held else 0,
            "places": _places(held),
            "further": list(further),
        },
    )
    await enqueue_mail(db, mail, context.settings, now=utcnow())


def _places(held: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The conversations with what is held there, the newest first, as the mail keeps them."""
    by_place = sorted(held, key=lambda one: one["id"])
    groups = [list(group) for _, group in groupby(by_place, key=lambda one: one["id"])]
    groups.sort(key=lambda group: -group[0]["message_id"])
    return [
        {
            "id": group[0]["id"],
            "subject": group[0]["subject"],
            "mails": [[one["reasons"], one["orders"] or []] for one in group[:_MOST_SAID]],
        }
        for group in groups[:_MOST_NAMED]
    ]


@composer("held_more")
async def held_more_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """How many there are, what became of each, and where they can be looked at."""
    reading = await read(db, context, outbound)
    _, draft = reading.texts.gettext, outbound.draft
    body = render(
        "held",
        reading.texts,
        language=reading.language,
        inside=reading.answering,
        subject=reading.conversation.subject,
        what=_what(reading, int(draft["count"])),
        why=_why(reading),
        how=[],
        words="",
        copies="",
        let_go=[],
        each=True,
        links=_links(reading),
        changes=_each_once(
            [
                *(_held_there(reading, one) for one in draft["places"]),
                *[await _unanswered(db, reading, one) for one in draft["further"]],
            ]
        ),
    )
    return await draft_of(db, reading, body, author=reading.mailbox.name, verb="n")


def _what(reading: Reading, count: int) -> str:
    if not count:
        return reading.texts.gettext("You were not told at once what became of some of your mails.")
    what = reading.texts.ngettext(
        "%(count)d more mail in your name was held back: nothing was sent.",
        "%(count)d more mails in your name were held back: nothing was sent.",
        count,
    )
    return what % {"count": count}


def _why(reading: Reading) -> list[str]:
    _ = reading.texts.gettext
    said = _("So many came within an hour that this mail tells of the others.")
    doubt = _("Perhaps a program answers for you, or somebody pretends to be you.")
    return [said, doubt] if reading.outbound.draft["count"] else [said]


def _links(reading: Reading) -> list[Link]:
    if not has_pages(reading):
        return []
    draft, settings = reading.outbound.draft, reading.context.settings
    named = {one["id"]: str(one["subject"]) for one in draft["places"]}
    named = named or {reading.conversation.id: reading.conversation.subject}
    words = reading.texts.gettext("Open")
    return [page(subject or words, settings, place) for place, subject in named.items()]


def _held_there(reading: Reading, place: Mapping[str, Any]) -> dict[str, str]:
    """The conversation, and of each mail why it is held; the same reasons once."""
    said = [
        " ".join(in_words(orders, reading) or reasons_in_words(reasons, reading.texts))
        for reasons, orders in place["mails"]
    ]
    return {"said": _named(reading, str(place["subject"])), "words": "\n".join(dict.fromkeys(said))}


async def _unanswered(db: Reader, reading: Reading, item: Mapping[str, Any]) -> dict[str, str]:
    """The conversation, and what became of what somebody asked for there."""
    _, draft, kind = reading.texts.gettext, item["draft"], item["kind"]
    # The entry that was the newest when it happened may be gone.
    place = await place_of(db, item["conversation"])
    about = Outbound(
        kind=kind,
        conversation_id=place["id"],
        mailbox_id=reading.mailbox.id,
        message_id=place["message_id"],
        agent_id=reading.agent.id,
        draft=draft,
    )
    there = await read(db, reading.context, about)
    match kind:
        case "outcome" if draft["outcome"] != Outcome.SHOWN:
            words = what_became(there, Outcome(draft["outcome"]))
        case "digested":
            words = in_short(reading, draft)
        case "found":
            words = _("You looked for “%(query)s”: ask again.") % draft
        case "here":
            words = _("A mail that you passed on is here already: nothing was done twice.")
        case _:
            verb = Verb.SHOW if kind == "outcome" else Verb.HELP
            line = {"line": f"@{told(verb, reading.language)}"}
            words = _("You asked for “%(line)s”: ask again.") % line
    return {"said": _named(reading, there.conversation.subject), "words": words}


def _each_once(changes: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """What is said of one conversation stands together, the same sentence once."""
    lines: dict[str, dict[str, None]] = {}
    for one in changes:
        lines.setdefault(one["said"], {}).update(dict.fromkeys(one["words"].split("\n")))
    return [{"said": said, "words": "\n".join(each)} for said, each in lines.items()]


def _named(reading: Reading, subject: str) -> str:
    return " ".join(subject.split()) or reading.texts.gettext("(no subject)")
