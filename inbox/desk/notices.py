"""What somebody of ours wants to hear by mail: said for one mailbox of theirs, or for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from inbox.desk.mailbox_settings import KEYS as MAILBOX_KEYS
from inbox.desk.mailboxes import the_mailbox
from inbox.desk.people import the_agent
from inbox.errors import Invalid
from inbox.jobs.queue import enqueue
from inbox.model.notices import HOUR, SELDOM, Notices, Rhythm, next_digest, read_clock, read_quiet
from inbox.model.zones import zone_called
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent, Mailbox, Membership

# Said for a mailbox, and of the person, for all of theirs.
_OF_MAILBOX: Final = frozenset({"notices", "digest", "dispatcher"})
OF_PERSON: Final = frozenset({"quiet", "digest_at", "zone", "every"})
_EXPECTS: Final = {
    "notices": "all, mine, mentions or none",
    "quiet": "hours such as 22:00-07:00, or off",
    "digest": "off, hourly, daily or daily@08:00",
    "digest_at": "a time such as 08:00",
    "dispatcher": "off, hourly, daily or daily@08:00",
    "zone": "a name such as Europe/Rome",
    "every": f"minutes from {HOUR} to {SELDOM}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person hears of one mailbox."""

    mailbox: str
    notices: Notices
    digest: Rhythm
    dispatcher: Rhythm


async def set_notices(
    db: Writer, email: str, mailbox: str | None, given: Mapping[str, str], *, now: datetime
) -> Agent:
    """Change what a person hears: notices, digest, dispatcher; quiet, digest_at, zone, every.

    The last four are the person's, for all their mailboxes. Raises Invalid, NotFound.
    """
    agent = await the_agent(db, email)
    rows = await _memberships(db, agent, mailbox)
    if not rows and (mailbox is not None or _OF_MAILBOX & given.keys()):
        raise Invalid(f"{agent.email} takes no part in {mailbox or 'any mailbox'}")
    for key, value in given.items():
        _set(agent, rows, key, value)
    await plan_digest(db, agent, now=now)
    return agent


async def wishes_of(db: Reader | Writer, agent_id: int) -> list[Wish]:
    """What a person hears, by mailbox."""
    rows = await db.execute(
        select(Mailbox.address, Membership.notices, Membership.digest, Membership.dispatcher)
        .join(Membership, Membership.mailbox_id == Mailbox.id)
        .where(Membership.agent_id == agent_id, Mailbox.removed_at.is_(None))
        .order_by(Mailbox.address)
    )
    return [
        Wish(
            mailbox=row.address,
            notices=Notices(row.notices),
            digest=Rhythm(row.digest),
            dispatcher=Rhythm(row.dispatcher),
        )
        for row in rows
    ]


async def plan_digest(db: Writer, agent: Agent, *, now: datetime) -> None:
    """Plan the next digest of a person, if one is to come; what was planned before is void."""
    await db.flush()
    rows = (
        await db.execute(
            select(Membership.digest, Membership.dispatcher, Mailbox.time_zone)
            .join(Mailbox, Mailbox.id == Membership.mailbox_id)
            .where(Membership.agent_id == agent.id, Mailbox.removed_at.is_(None))
            .order_by(Mailbox.id)
        )
    ).all()
    clock = read_clock(agent.digest_at)
    moments = [
        next_digest(
            now,
            Rhythm(rhythm),
            clock,
            zone_of(agent, row.time_zone),
            agent.digest_minutes,
        )
        for row in rows
        for rhythm in (row.digest, row.dispatcher)
    ]
    agent.next_digest_at = min(filter(None, moments), default=None)
    if agent.next_digest_at is not None:
        at = agent.next_digest_at.isoformat()
        await enqueue(
            db,
            "notify.digest",
            key=f"digest:{agent.id}:{at}",
            run_at=agent.next_digest_at,
            agent_id=agent.id,
            at=at,
        )


def zone_of(agent: Agent, of_mailbox: str) -> ZoneInfo:
    """The time zone in which somebody lives, as far as we know."""
    return zone_called(agent.time_zone or of_mailbox)


async def _memberships(db: Writer, agent: Agent, mailbox: str | None) -> list[Membership]:
    wanted = select(Membership).where(Membership.agent_id == agent.id)
    if mailbox is not None:
        wanted = wanted.where(Membership.mailbox_id == (await the_mailbox(db, mailbox)).id)
    return list(await db.scalars(wanted))


def _set(agent: Agent, rows: Iterable[Membership], key: str, value: str) -> None:
    try:
        match key:
            case "notices":
                for row in rows:
                    row.notices = Notices(value)
            case "digest" | "dispatcher":
                _set_rhythm(agent, rows, key, value)
            case "quiet":
                agent.quiet = str(read_quiet(value) or "")
            case "digest_at" | "every":
                _set_moment(agent, key, value)
            case "zone":
                agent.time_zone = str(MAILBOX_KEYS["time_zone"].read(value)) if value else None
            case _:
                raise Invalid(f"there is no {key}; there are {', '.join(_EXPECTS)}")
    except ValueError as error:
        raise Invalid(f"{key} expects {_EXPECTS[key]}, not {value!r}") from error


def _set_moment(agent: Agent, key: str, value: str) -> None:
    if key == "digest_at":
        agent.digest_at = f"{read_clock(value):%H:%M}"
        return
    if not HOUR <= (minutes := int(value)) <= SELDOM:
        raise ValueError(value)
    agent.digest_minutes = minutes


def _set_rhythm(agent: Agent, rows: Iterable[Membership], key: str, value: str) -> None:
    said, at, clock = value.partition("@")
    rhythm = Rhythm(said)
    if at:
        if rhythm is not Rhythm.DAILY:
            raise ValueError(value)
        agent.digest_at = f"{read_clock(clock):%H:%M}"
    for row in rows:
        setattr(row, key, rhythm.value)
