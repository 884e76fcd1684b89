"""When one of us goes away: what they have is offered, by mail, to those who give work to others.

Nothing is taken from anybody by itself: the mail has links, and each of them needs to be sent. Who
hears of it: a mailbox's dispatchers; without any, its managers and administrators; else everybody.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.clock import utcnow
from inbox.desk.away import is_away
from inbox.desk.subjects import reply_subject
from inbox.i18n import LANGUAGES, translations
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import Verb, hash_token, reply_address
from inbox.model.address import Address
from inbox.notify.days import day_in_words, end_in_words
from inbox.notify.draft import as_reader, draft_to
from inbox.notify.links import Link, page, ready_letter
from inbox.notify.render import render
from inbox.outbound.composers import composer
from inbox.outbound.keyed import TOKEN_LIFE, derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.store.away import Left, Present, grant, left_by, present, unassigned
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox, Outbound

_MOST_PEOPLE: Final = 8  # who are named for each conversation


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What one person is asked to give to somebody."""

    to: Present
    conversations: tuple[Left, ...]


def offers(left: Sequence[Left], people: Iterable[Present]) -> list[Offer]:
    """Who is asked about which conversations: in each mailbox those with the greatest part."""
    people = list(people)
    most: dict[int, int] = {}
    for one in people:
        most[one.mailbox_id] = max(one.part, most.get(one.mailbox_id, 0))
    asked = [one for one in people if one.part == most[one.mailbox_id]]
    found = []
    for to in {one.id: one for one in asked}.values():
        theirs = {one.mailbox_id for one in asked if one.id == to.id}
        conversations = tuple(one for one in left if one.mailbox_id in theirs)
        if conversations:
            found.append(Offer(to=to, conversations=conversations))
    return found


@job("notify.away", retry=INTAKE)
async def offer(db: Writer, context: Context, *, agent_id: int) -> None:
    """Ask for the mails that offer what an agent has who is away; nothing if they are back."""
    now = utcnow()
    agent = await db.get_one(Agent, agent_id)
    if agent.away_until is None or not is_away(agent.away_until, now):
        return
    left = await left_by(db, agent_id)
    mailboxes = sorted({one.mailbox_id for one in left})
    people = await present(db, mailboxes, besides=agent_id, now=now)
    for one in offers(left, people):
        await _enqueue(db, context, one, agent, people, now)


@job("notify.given_back", retry=INTAKE)
async def given_back(db: Writer, context: Context, *, conversation_id: int, agent_id: int) -> None:
    """Ask for the mails that say that somebody gave a conversation back, if nobody has it yet."""
    now = utcnow()
    agent = await db.get_one(Agent, agent_id)
    left = await unassigned(db, conversation_id)
    people = await present(db, [one.mailbox_id for one in left], besides=agent_id, now=now)
    for one in offers(left, people):
        await _enqueue(db, context, one, agent, people, now, why="given_back")


async def _enqueue(
    db: Writer,
    context: Context,
    offered: Offer,
    agent: Agent,
    people: Sequence[Present],
    now: datetime,
    why: str = "away",
) -> None:
    to, first = offered.to, offered.conversations[0]
    # The same list is not sent again within a week, however often somebody is away by the day.
    listed = ",".join(f"{one.id}" for one in offered.conversations)
    when = now.strftime("%G-%V") if why == "away" else first.last_event_id
    digest = sha256(f"{why}:{agent.id}:{listed}:{when}".encode()).hexdigest()
    source = derived(context.secret, "away", to.id, digest)
    header_id = new_message_id(first.address.rpartition("@")[2], context.secret, source)
    draft = {
        "why": why,
        "who": agent.name,
        "until": agent.away_until.isoformat() if agent.away_until else now.isoformat(),
        "conversations": [_row(one, people, to) for one in offered.conversations],
    }
    mail = NewMail(
        kind="away",
        recipients=(to.email,),
        header_id=header_id,
        sender=first.address,
        mailbox_id=first.mailbox_id,
        agent_id=to.id,
        draft=draft,
    )
    if await enqueue_mails(db, [mail], context.settings, now=now):
        await grant(
            db,
            [
                (hash_token(_token(context, header_id, one.id)), one)
                for one in offered.conversations
            ],
            agent_id=to.id,
            address=to.email,
            now=now,
            ends=now + TOKEN_LIFE,
        )


def _row(one: Left, people: Sequence[Present], to: Present) -> dict[str, Any]:
    others = [each for each in people if each.mailbox_id == one.mailbox_id and each.id != to.id]
    return {
        "id": one.id,
        "subject": one.subject,
        "customer": one.customer,
        "mailbox": one.mailbox,
        "address": one.address,
        "since": one.waiting_since.isoformat() if one.waiting_since else None,
        "people": [[each.name, each.email] for each in others[:_MOST_PEOPLE]],
    }


def _token(context: Context, header_id: str, conversation_id: int) -> str:
    return reply_token(context.secret, f"{header_id}/{conversation_id}")


@composer("away")
async def away_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The list of what somebody has who is away, each with mails that give it to somebody."""
    agent = await db.get_one(Agent, outbound.agent_id)
    mailbox = await db.get_one(Mailbox, outbound.mailbox_id)
    language = agent.language if agent.language in LANGUAGES else LANGUAGES[0]
    zone = ZoneInfo(mailbox.time_zone)
    draft = outbound.draft
    texts = translations(language)
    rows = draft["conversations"]
    subject, what, why = _said(draft, texts, language, zone)
    body = render(
        "away",
        texts,
        language=language,
        subject=subject,
        what=what,
        why=why,
        conversations=[_shown(row, context, outbound, language, zone) for row in rows],
    )
    # It is about several conversations: an answer without a link tells what can be asked for.
    for_help = Address(name=mailbox.name, address=_address(rows[0], context, outbound, "help"))
    return draft_to(context, outbound, mailbox, as_reader(agent), body, reply_to=(for_help,))


def _said(
    draft: Mapping[str, Any], texts: gettext.NullTranslations, language: str, zone: ZoneInfo
) -> tuple[str, str, list[str]]:
    """The subject, what happened, and what follows from it."""
    _ = texts.gettext
    rows = draft["conversations"]
    if draft["why"] == "given_back":
        about = {"name": draft["who"], "title": rows[0]["subject"]}
        return (
            _("%(name)s gave back: %(title)s") % about,
            _("%(name)s gave the conversation back.") % about,
            [_("Nobody has it now. A link below gives it to somebody.")],
        )
    until = end_in_words(datetime.fromisoformat(draft["until"]), language, zone)
    about = {"name": draft["who"], "until": until, "count": len(rows)}
    held = texts.ngettext(
        "One conversation that waits for us is with them.",
        "%(count)d conversations that wait for us are with them.",
        len(rows),
    )
    return (
        _("%(name)s is away until %(until)s") % about,
        _("%(name)s is away until %(until)s.") % about,
        [
            held % about,
            _("A link below gives one to somebody else; without that it stays where it is."),
        ],
    )


def _shown(
    row: dict[str, Any], context: Context, outbound: Outbound, language: str, zone: ZoneInfo
) -> dict[str, Any]:
    texts = translations(language)
    _ = texts.gettext
    subject = reply_subject(row["subject"])
    take = _("Sending this mail gives you the conversation. What you write above stays inside.")
    links = [
        ready_letter(_("Take it"), _address(row, context, outbound, "take"), subject, take),
        *(_give(row, one, context, outbound, language) for one in row["people"]),
        page(_("Open"), context.settings, row["id"]),
    ]
    facts = [row["mailbox"]]
    if row["since"]:
        since = day_in_words(datetime.fromisoformat(row["since"]), language, zone)
        facts.append(_("waits since %(when)s") % {"when": since})
    title = f"{row['customer']}: {row['subject']}" if row["customer"] else row["subject"]
    return {"title": title, "facts": facts, "links": links}


def _give(
    row: dict[str, Any], person: list[str], context: Context, outbound: Outbound, language: str
) -> Link:
    """A mail that needs only be sent, and gives the conversation to this person."""
    _ = translations(language).gettext
    name, email = person
    address = _address(row, context, outbound, "n")
    does = _("Sending this mail gives the conversation to %(name)s.") % {"name": name}
    words = _("Give it to %(name)s") % {"name": name}
    subject = reply_subject(row["subject"])
    link = ready_letter(words, address, subject, does, f"@assign {email}")
    # Without HTML there is no ready mail: say what to write to which address.
    return Link(link.words, link.href, f"@assign {email} → {address}")


def _address(row: dict[str, Any], context: Context, outbound: Outbound, verb: Verb) -> str:
    token = _token(context, outbound.header_id, row["id"])
    return reply_address(row["address"], verb, token, context.settings.domain)
