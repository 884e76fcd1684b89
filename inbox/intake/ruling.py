"""What the rules of the house do with a customer's mail, in the transaction that keeps it.

Facts → plan → verbs. Without a rule that is switched on nothing is asked of the database; with some
a single statement, which says how the conversation stands. A rule that cannot be understood or
followed is passed over and named; the mail is kept whatever they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from inbox.desk.apply import Applied, Around, apply
from inbox.desk.broken_rules import tell_of_faults
from inbox.desk.letter import Kept, Letter
from inbox.desk.rule_facts import Asked, Place, facts_of_letter
from inbox.intake.arrival import Arrival, MailboxFacts
from inbox.intake.auto_reply import may_be_answered
from inbox.jobs.registry import Context
from inbox.model.address import Address
from inbox.model.conversation import MessageKind, Status
from inbox.rules.engine import Broken, plan
from inbox.sla.calendar import Hours
from inbox.store.engine import Writer
from inbox.store.hours import known_policy
from inbox.store.ruled import Live, Stands, live_rules, stands
from inbox.store.statement import Statement

# One department may hand it on by its own rules to the next; nothing goes in circles.
_MOST_HOPS: Final = 3
_IS_KNOWN: Final = Statement("""
select exists (select from conversation c join message m on m.conversation_id = c.id
                where c.customer_id = :customer_id
                  and m.kind = 'reply' and m.visibility = 'public') as yes
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """Where the mail is once the rules were followed, and whether it may be confirmed besides."""

    mailbox: MailboxFacts
    may_confirm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """What all of it goes with."""

    letter: Letter
    kept: Kept
    arrived: Arrival
    context: Context
    now: datetime
    rng: Callable[[int], bytes]


async def follow_rules(
    db: Writer,
    letter: Letter,
    kept: Kept,
    arrived: Arrival,
    *,
    context: Context,
    now: datetime,
    rng: Callable[[int], bytes],
) -> Followed:
    """Do what the rules say about a mail that was just kept."""
    as_it_is = Followed(mailbox=arrived.mailboxes[letter.mailboxes[0]])
    if arrived.rules is None or letter.is_automatic or letter.kind is not MessageKind.MAIL:
        return as_it_is
    rules = await live_rules(db, context.database, arrived.rules)
    at = _At(letter=letter, kept=kept, arrived=arrived, context=context, now=now, rng=rng)
    return await _follow(db, rules, at, as_it_is)


async def _follow(db: Writer, rules: Sequence[Live], at: _At, as_it_is: Followed) -> Followed:
    home, may_confirm, has_moved, seen = as_it_is.mailbox, True, False, set[int]()
    faults: list[Broken] = []
    theirs = [one for one in rules if one.mailbox_id is None]
    for _ in range(_MOST_HOPS):
        standing = await stands(db, at.kept.conversation_id, at.kept.message_id)
        home = at.arrived.mailboxes.get(standing.mailbox_id, home)
        if standing.status == Status.SPAM or not standing.is_public or home.id in seen:
            break
        theirs += [one for one in rules if one.mailbox_id == home.id]
        if not theirs:
            break
        seen.add(home.id)
        asked = Asked.by(one.kept for one in theirs)
        place = Place(address=home.address, hours=await _hours(db, standing, asked), now=at.now)
        facts = facts_of_letter(at.letter, standing, place, asked, is_new=at.kept.is_new)
        found = plan([one.kept for one in theirs], facts)
        done = await apply(db, found.steps, await _around(db, at)) if found.steps else Applied()
        faults += [*found.broken, *done.faults]
        may_confirm = may_confirm and not (done.is_spam or done.has_answered)
        theirs, has_moved = [], has_moved or done.has_moved
        if not done.has_moved or done.is_spam:
            break
    if faults:
        await tell_of_faults(db, _news(faults, rules), now=at.now)
    home = await _home_now(db, at, home) if has_moved else home
    return replace(as_it_is, mailbox=home, may_confirm=may_confirm)


async def _hours(db: Writer, standing: Stands, asked: Asked) -> Hours | None:
    if not asked.needs_hours:
        return None
    return (await known_policy(db, standing.mailbox_id, standing.hours_key)).hours


async def _home_now(db: Writer, at: _At, home: MailboxFacts) -> MailboxFacts:
    standing = await stands(db, at.kept.conversation_id, at.kept.message_id)
    return at.arrived.mailboxes.get(standing.mailbox_id, home)


def _news(faults: Iterable[Broken], rules: Sequence[Live]) -> list[Broken]:
    told = {one.kept.id for one in rules if one.is_told}
    return [one for one in faults if one.rule.id not in told]


async def _around(db: Writer, at: _At) -> Around:
    return Around(
        conversation_id=at.kept.conversation_id,
        message_id=at.kept.message_id,
        customer=await _answerable(db, at),
        context=at.context,
        now=at.now,
        rng=at.rng,
    )


async def _answerable(db: Writer, at: _At) -> Address | None:
    """Whom a machine may answer: a person, whose address is proved or known (RFC 3834)."""
    letter = at.letter
    if not may_be_answered(letter) or letter.proof.is_failed:
        return None
    if not letter.proof.is_proved:
        [known] = await _IS_KNOWN.rows(db, customer_id=at.kept.customer_id)
        if not known["yes"]:
            return None
    return letter.author
