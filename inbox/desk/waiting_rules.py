"""Rules about waiting: looked at every minute while there are any, for what may have become due.

Each does its part once for a time of waiting, in a transaction of its own for each conversation:
the job finds them, and each is read again before anything is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from secrets import token_bytes
from typing import Any, Final

from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.answered import is_forged, is_proved
from inbox.desk.apply import Around, apply
from inbox.desk.broken_rules import tell_of_faults
from inbox.desk.rule_facts import Place, facts_of_waiting, stands_of
from inbox.desk.satisfaction import has_no_person
from inbox.errors import NotFound
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.model.address import Address
from inbox.model.conversation import Status
from inbox.rules.conditions import matches
from inbox.rules.engine import Kept, plan
from inbox.rules.schema import Rule, Waiting
from inbox.store.engine import Writer
from inbox.store.hours import known_policy, policies
from inbox.store.locks import lock
from inbox.store.people import every_mailbox
from inbox.store.rule_trials import due_for, mark_done, newest_mail
from inbox.store.ruled import Live, live_rules, stands
from inbox.store.tables import Mailbox

_EVERY: Final = timedelta(minutes=1)
_BATCH: Final = 200  # conversations of one rule at a time
_KEY: Final = "rules.waiting"
_STAMP: Final = text("select value from rule_stamp")


async def plan_waiting_rules(db: Writer, *, now: datetime) -> None:
    """Let the job look at the next minute; asked for whenever rules change."""
    await enqueue(db, "rules.waiting", key=_KEY, run_at=now + _EVERY)


async def _give_up(db: Writer, args: dict[str, Any], reason: str) -> None:
    del args, reason
    await plan_waiting_rules(db, now=utcnow())


@job("rules.waiting", retry=INTAKE, give_up=_give_up)
async def look(db: Writer, context: Context, **_: Any) -> None:
    """Find what is due, and come back while there are such rules."""
    now = utcnow()
    rules = [one for one in await _live(db, context) if _is_about_waiting(one.kept)]
    if not rules:
        return
    places = await places_of(db, now=now)
    for one in rules:
        for conversation_id in await find_due(db, one, places, now=now):
            await enqueue(
                db,
                "rules.wait_over",
                key=f"rules.wait_over:{one.kept.id}:{conversation_id}",
                rule_id=one.kept.id,
                conversation_id=conversation_id,
            )
    await plan_waiting_rules(db, now=now)


async def places_of(db: Writer, *, now: datetime) -> dict[int, Place]:
    """All departments with their hours, at a moment."""
    homes = await every_mailbox(db)
    hours = await policies(db, [one.id for one in homes])
    return {one.id: Place(address=one.address, hours=hours[one.id].hours, now=now) for one in homes}


async def find_due(
    db: Writer, live: Live, places: Mapping[int, Place], *, now: datetime
) -> list[int]:
    """Conversations to which a rule about waiting has to see now, as far as it can be seen at once.

    What waits and is nothing for it is looked at each minute: a job for each would be too much.
    """
    assert live.kept.rule is not None  # noqa: S101 - those that cannot be read are not here
    since, after = now - least_waiting(live.kept.rule), 0
    found: list[int] = []
    while rows := await due_for(
        db, live.kept.id, live.mailbox_id, since=since, after=after, most=_BATCH
    ):
        for row in rows:
            place = places[row["mailbox_id"]]
            facts = facts_of_waiting(stands_of(row), place, row["author_address"])
            if matches(live.kept.rule, facts):
                found.append(row["id"])
        after = rows[-1]["id"]
        if len(rows) < _BATCH:
            break
    return found


@job("rules.wait_over", retry=INTAKE)
async def wait_over(
    db: Writer, context: Context, *, rule_id: int, conversation_id: int, **_: Any
) -> None:
    """Somebody may have waited for long enough; whether so is found out now."""
    live = next((one for one in await _live(db, context) if one.kept.id == rule_id), None)
    if live is not None:
        await follow_waiting(db, live, conversation_id, context=context, now=utcnow())


async def follow_waiting(
    db: Writer, live: Live, conversation_id: int, *, context: Context, now: datetime
) -> bool:
    """Do what a rule about waiting says about a conversation, if it holds now; whether it did."""
    try:
        conversation = await lock(db, conversation_id)
    except NotFound:
        return False
    if conversation.id != conversation_id or conversation.status != Status.OPEN:
        return False
    if live.mailbox_id not in (None, conversation.mailbox_id):
        return False
    standing = await stands(db, conversation.id, None)
    mailbox = await db.get_one(Mailbox, conversation.mailbox_id)
    policy = await known_policy(db, mailbox.id, standing.hours_key)
    place = Place(address=mailbox.address, hours=policy.hours, now=now)
    mail = await newest_mail(db, conversation.id)
    customer = mail["author_address"] if mail else ""
    found = plan([live.kept], facts_of_waiting(standing, place, customer), when="time")
    if not found.matched:
        return False
    await mark_done(db, live.kept.id, conversation.id)
    around = Around(
        conversation_id=conversation.id,
        message_id=mail["id"] if mail else None,
        customer=_answerable(mail),
        context=context,
        now=now,
        rng=token_bytes,
    )
    done = await apply(db, found.steps, around)
    if done.faults and not live.is_told:
        await tell_of_faults(db, done.faults, now=now)
    return True


def least_waiting(rule: Rule) -> timedelta:
    """For how long somebody has waited at least, by any clock, when the rule can hold."""
    minutes = [one.minutes for one in rule.conditions if isinstance(one, Waiting)]
    is_sure = rule.match == "all" and not all(
        one.negate for one in rule.conditions if isinstance(one, Waiting)
    )
    return timedelta(minutes=max(minutes, default=0) if is_sure else 0)


def _is_about_waiting(kept: Kept) -> bool:
    return kept.rule is not None and kept.rule.when == "time"


def _answerable(mail: Any | None) -> Address | None:
    """Whom a machine may answer, as with a mail that has just come."""
    if mail is None or (mail["verdict"] or {}).get("kind") != "human":
        return None
    proof, address = mail["proof"] or {}, mail["author_address"]
    if is_forged(proof) or not (is_proved(proof) or mail["is_known"]):
        return None
    if has_no_person(address, mail["head"]):
        return None
    return Address(name=mail["author_name"], address=address)


async def _live(db: Writer, context: Context) -> Iterable[Live]:
    stamp = await db.scalar(_STAMP)
    return await live_rules(db, context.database, stamp) if stamp is not None else ()
