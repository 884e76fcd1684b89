"""When one of us goes away: what they have is offered, by mail, to those who give work to others.

Nothing is taken from anybody by itself: the mail has links, and each of them needs to be sent; or
it is answered by its numbers, as a digest is. Who hears of it: a mailbox's dispatchers; without
any, its managers and administrators; else everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.away import is_away
from inbox.desk.subjects import reply_subject
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import Verb, hash_token, reply_address
from inbox.model.address import Address
from inbox.model.zones import zone_called
from inbox.notify.days import day_in_words, end_in_words
from inbox.notify.digest_words import foot_of, how_to_answer
from inbox.notify.draft import as_reader, draft_to
from inbox.notify.giving import to_give, to_take
from inbox.notify.links import Link, page
from inbox.notify.render import render
from inbox.notify.voice import Voice, voice_of
from inbox.outbound.composers import composer
from inbox.outbound.keyed import TOKEN_LIFE, derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.store.away import Left, Present, grant, left_by, present
from inbox.store.digests import keep_list, list_of
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Outbound

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


async def _enqueue(
    db: Writer,
    context: Context,
    offered: Offer,
    agent: Agent,
    people: Sequence[Present],
    now: datetime,
) -> None:
    to, first = offered.to, offered.conversations[0]
    # The same list is not sent again within a week, however often somebody is away by the day.
    listed = ",".join(f"{one.id}" for one in offered.conversations)
    digest = sha256(f"away:{agent.id}:{listed}:{now.strftime('%G-%V')}".encode()).hexdigest()
    source = derived(context.secret, "away", to.id, digest)
    header_id = new_message_id(first.address.rpartition("@")[2], context.secret, source)
    ends = now + TOKEN_LIFE
    made = await keep_list(
        db,
        agent_id=to.id,
        mailbox_id=first.mailbox_id,
        token_hash=hash_token(reply_token(context.secret, header_id)),
        items=[
            {"conversation": one.id, "event": one.last_event_id, "subject": one.subject}
            for one in offered.conversations
        ],
        now=now,
        ends=ends,
    )
    if made is None:
        return
    draft = {
        "digest": made,
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
    await enqueue_mails(db, [mail], context.settings, now=now)
    tokens = [
        (hash_token(_token(context.secret, header_id, one.id)), one)
        for one in offered.conversations
    ]
    await grant(db, tokens, agent_id=to.id, address=to.email, now=now, ends=ends)


def _row(one: Left, people: Sequence[Present], to: Present) -> dict[str, Any]:
    return {
        "id": one.id,
        "subject": one.subject,
        "customer": one.customer,
        "mailbox": one.mailbox,
        "address": one.address,
        "since": one.waiting_since.isoformat() if one.waiting_since else None,
        "people": others_beside(one, people, to),
    }


def others_beside(one: Left, people: Sequence[Present], to: Present) -> list[list[str]]:
    """Name and address of those to whom the reader can give it."""
    others = [each for each in people if each.mailbox_id == one.mailbox_id and each.id != to.id]
    return [[each.name, each.email] for each in others[:_MOST_PEOPLE]]


def _token(secret: bytes, header_id: str, conversation_id: int) -> str:
    return reply_token(secret, f"{header_id}/{conversation_id}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayItem:
    """One conversation of the list, with mails that give it to somebody."""

    title: str  # with its number
    facts: list[str]
    links: list[Link]

    @property
    def lines(self) -> tuple[str, ...]:
        """Its lines, in text and in HTML."""
        return (
            self.title,
            *self.facts,
            " · ".join(self.facts),
            " · ".join(link.words for link in self.links),
            *(f"{link.words}: {link.shown}" for link in self.links),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayWords:
    """The whole list, with what stands above and below it."""

    subject: str
    what: str
    why: list[str]
    how: str  # what an answer does
    items: list[AwayItem]
    foot: tuple[str, ...]

    def around(self, gap: str) -> tuple[str, ...]:
        """The lines that belong to no item."""
        return (gap.join((self.what, *self.why)), self.how, *self.foot)


@composer("away")
async def away_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The list of what somebody has who is away; answered by its numbers."""
    if "digest" not in outbound.draft:
        return await _unlisted(db, context, outbound)
    voice = await voice_of(db, context, await list_of(db, outbound), outbound)
    words = away_words(voice)
    body = render(
        "away",
        voice.texts,
        language=voice.language,
        subject=words.subject,
        what=words.what,
        why=words.why,
        how=words.how,
        conversations=words.items,
        foot=words.foot,
    )
    return voice.draft(context, outbound, body)


async def _unlisted(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """One that was asked for before these had numbers to answer, and still waits to leave.

    Its links do the same; an answer tells what can be asked for.
    """
    voice = await voice_of(db, context, outbound, outbound)
    words, rows = away_words(voice), voice.kept["conversations"]
    is_back = voice.kept.get("why") == "given_back"
    gave_back = voice.texts.gettext("%(name)s gave the conversation back.")
    body = render(
        "away",
        voice.texts,
        language=voice.language,
        subject=reply_subject(rows[0]["subject"]) if is_back else words.subject,
        what=gave_back % {"name": voice.kept["who"]} if is_back else words.what,
        why=[] if is_back else words.why,
        conversations=words.items,
    )
    help_there = Address(name=voice.mailbox.name, address=_address(voice, rows[0], "help"))
    reader = as_reader(voice.agent)
    return draft_to(context, outbound, voice.mailbox, reader, body, reply_to=(help_there,))


def away_words(voice: Voice) -> AwayWords:
    """What such a mail says."""
    _, rows = voice.texts.gettext, voice.kept["conversations"]
    until = datetime.fromisoformat(voice.kept["until"])
    about = {
        "name": voice.kept["who"],
        "until": end_in_words(until, voice.language, zone_called(voice.mailbox.time_zone)),
        "count": len(rows),
    }
    held = voice.texts.ngettext(
        "One conversation that waits for us is with them.",
        "%(count)d conversations that wait for us are with them.",
        len(rows),
    )
    return AwayWords(
        subject=_("%(name)s is away until %(until)s") % about,
        what=_("%(name)s is away until %(until)s.") % about,
        why=[
            held % about,
            _("A link below gives one to somebody else; without that it stays where it is."),
        ],
        how=how_to_answer(voice),
        items=[_item(voice, number, row) for number, row in enumerate(rows, 1)],
        foot=foot_of(voice),
    )


def _item(voice: Voice, number: int, row: Mapping[str, Any]) -> AwayItem:
    _, texts = voice.texts.gettext, voice.texts
    subject = reply_subject(row["subject"])
    links = [
        to_take(texts, _address(voice, row, "take"), subject),
        *(to_give(texts, one, _address(voice, row, "n"), subject) for one in row["people"]),
        page(_("Open"), voice.settings, row["id"]),
    ]
    facts = [row["mailbox"]]
    if row["since"]:
        zone = zone_called(voice.mailbox.time_zone)
        since = day_in_words(datetime.fromisoformat(row["since"]), voice.language, zone)
        facts.append(_("waits since %(when)s") % {"when": since})
    title = f"{row['customer']}: {row['subject']}" if row["customer"] else row["subject"]
    return AwayItem(title=f"{number}. {' '.join(title.split())}", facts=facts, links=links)


def _address(voice: Voice, row: Mapping[str, Any], verb: Verb) -> str:
    token = _token(voice.secret, voice.digest_id, row["id"])
    return reply_address(row["address"], verb, token, voice.settings.domain)
