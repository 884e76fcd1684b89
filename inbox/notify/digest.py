"""The digest: open conversations in one mail, numbered, each by itself to be dealt with.

Its numbers are those of its row, which says what it showed: the mail is made of that, and so is
what an answer to it means. One job for each digest of each person, which plans the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select

from inbox.clock import utcnow
from inbox.desk.notices import plan_digest, zone_of
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.compose import Draft
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.notices import (
    Notices,
    Rhythm,
    after_quiet,
    next_digest,
    read_clock,
    read_quiet,
)
from inbox.notify.digest_words import subject_of, words_of
from inbox.notify.render import render
from inbox.notify.voice import voice_of
from inbox.outbound.composers import composer
from inbox.outbound.keyed import TOKEN_LIFE, derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mail
from inbox.store.digests import keep_list, last_digest, list_of, open_for
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox, Membership, Outbound

MOST: Final = 40
_SOON: Final = timedelta(hours=4)  # what is due within this time is due, for a dispatcher
_LEVELS: Final = tuple(Notices)
_KEPT: Final = (
    "conversation",
    "event",
    "subject",
    "priority",
    "mailbox",
    "holder",
    "is_mine",
    "message",
)
_MOMENT: Final = timedelta(microseconds=1)


async def _plan_again(db: Writer, args: Mapping[str, Any], _reason: str) -> None:
    agent = await db.get(Agent, args["agent_id"])
    if agent:
        await plan_digest(db, agent, now=utcnow())


@job("notify.digest", retry=INTAKE, give_up=_plan_again)
async def digest(db: Writer, context: Context, *, agent_id: int, at: str, **_: Any) -> None:
    """Make the digest of one person that is due at this time, and plan their next."""
    now = utcnow()
    agent = await db.get(Agent, agent_id)
    when = datetime.fromisoformat(at)
    # What was planned before they changed their mind is void.
    if agent is None or agent.next_digest_at != when:
        return
    if agent.disabled_at is None:
        await make_digest(db, context, agent, when=when, now=now)
    await plan_digest(db, agent, now=max(now, when))


async def make_digest(
    db: Writer, context: Context, agent: Agent, *, when: datetime, now: datetime
) -> int | None:
    """Ask for the digest of this time, where there is anything to tell, and only once; its id."""
    wishes, rhythms, home = await _wishes(db, agent, when)
    if not wishes or home is None:
        return None
    if Rhythm.DAILY not in rhythms and _is_quiet(agent, home, now):
        return None
    rows = await open_for(db, agent.id, wishes, soon=now + _SOON, most=MOST + 1)
    items = [item_of(row, now) for row in rows]
    if not items or (Rhythm.DAILY not in rhythms and not await _is_news(db, agent.id, items)):
        return None
    about = ("digest", agent.id, when.isoformat())
    return await send_list(db, context, agent, home, items, about=about, now=now)


async def send_list(
    db: Writer,
    context: Context,
    agent: Agent,
    home: Mailbox,
    items: Sequence[Mapping[str, Any]],
    *,
    about: tuple[str | int, ...],
    now: datetime,
    **draft: Any,
) -> int | None:
    """Ask for a mail with these conversations, that can be answered by their numbers; its id.

    Once for what it is `about`: None where that was done.
    """
    secret = context.secret
    source = derived(secret, *about)
    header_id = new_message_id(home.address.rpartition("@")[2], secret, source)
    made = await keep_list(
        db,
        agent_id=agent.id,
        mailbox_id=home.id,
        token_hash=hash_token(reply_token(secret, header_id)),
        items=items[:MOST],
        now=now,
        ends=now + TOKEN_LIFE,
    )
    if made is None:
        return None
    mail = NewMail(
        kind="digest",
        recipients=(agent.email,),
        header_id=header_id,
        sender=home.address,
        mailbox_id=home.id,
        agent_id=agent.id,
        draft={"digest": made, "more": len(items) > MOST, **draft},
    )
    await enqueue_mail(db, mail, context.settings, now=now)
    return made


@composer("digest")
async def digest_mail(db: Reader, context: Context, outbound: Outbound) -> Draft:
    """The mail of a digest."""
    row = await list_of(db, outbound)
    voice = await voice_of(db, context, row, outbound)
    is_day = outbound.draft.get("is_day", False)
    words = await words_of(db, voice, row.items, more=outbound.draft["more"], is_day=is_day)
    body = render(
        "digest",
        voice.texts,
        language=voice.language,
        subject=subject_of(voice, row.items, is_day=is_day),
        words=words,
    )
    return voice.draft(context, outbound, body)


async def _wishes(
    db: Writer, agent: Agent, when: datetime
) -> tuple[list[tuple[int, int, bool]], set[Rhythm], Mailbox | None]:
    """What they want to know of which mailbox at this time, and the mailbox that tells it."""
    rows = (
        await db.execute(
            select(Membership, Mailbox)
            .join(Mailbox, Mailbox.id == Membership.mailbox_id)
            .where(Membership.agent_id == agent.id, Mailbox.removed_at.is_(None))
            .order_by(Mailbox.id)
        )
    ).all()
    clock = read_clock(agent.digest_at)
    wishes: list[tuple[int, int, bool]] = []
    rhythms: set[Rhythm] = set()
    home: Mailbox | None = None
    for member, mailbox in rows:
        zone = zone_of(agent, mailbox.time_zone)
        due = {
            rhythm
            for rhythm in (Rhythm.HOURLY, Rhythm.DAILY)
            if next_digest(when - _MOMENT, rhythm, clock, zone, agent.digest_minutes) == when
        }
        digests, dispatches = Rhythm(member.digest) in due, Rhythm(member.dispatcher) in due
        if not (digests or dispatches):
            continue
        level = _LEVELS.index(Notices(member.notices)) if digests else 0
        wishes.append((mailbox.id, level, dispatches))
        rhythms |= {Rhythm(member.digest), Rhythm(member.dispatcher)} & due
        home = home or mailbox
    return wishes, rhythms, home


def _is_quiet(agent: Agent, home: Mailbox, now: datetime) -> bool:
    return after_quiet(now, read_quiet(agent.quiet), zone_of(agent, home.time_zone)) != now


async def _is_news(db: Writer, agent_id: int, items: Sequence[Mapping[str, Any]]) -> bool:
    """Whether anything is otherwise than in the last digest: every hour the same is no help."""
    shown, _ = await last_digest(db, agent_id)
    known = {(one["conversation"], one["event"], one["is_late"]) for one in shown}
    return any((one["conversation"], one["event"], one["is_late"]) not in known for one in items)


def item_of(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """What a digest keeps of a conversation: as it stood then."""
    kept = {name: row[name] for name in _KEPT}
    due, since = row["due"], row["since"]
    return {
        **kept,
        "customer": row["author_name"] or (row["author_address"] or "").partition("@")[0],
        "since": since.isoformat() if since else None,
        "due": due.isoformat() if due and row["is_promised"] else None,
        "is_late": bool(due and due <= now),
    }
