"""A rule tried on what has come, before it is switched on: nothing is changed, and it ends in time.

Asked are the last thousand mails, or what waits now, in mailboxes that whoever asks may see. What
time allows for is looked at; the rest from where it stopped, another time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from inbox.desk.rule_facts import Asked, Place, facts_of_row, facts_of_waiting, stands_of
from inbox.desk.waiting_rules import least_waiting
from inbox.rules.conditions import matches
from inbox.rules.engine import Kept
from inbox.rules.schema import Rule
from inbox.store.engine import Reader
from inbox.store.hours import policies
from inbox.store.people import every_mailbox
from inbox.store.rule_trials import LAST, past_mails, waiting_now

MOST: Final = 1000
_AT_ONCE: Final = 200
_SECONDS: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A mail, or a conversation that waits, to which the rule would do something."""

    conversation_id: int
    subject: str
    who: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Trial:
    """How many were looked at, and which of them it would have been; `before`: where to go on."""

    looked: int = 0
    found: list[Found] = field(default_factory=list)
    before: int | None = None

    @property
    def conversations(self) -> list[Found]:
        """Each conversation once, the newest first."""
        return list({one.conversation_id: one for one in reversed(self.found)}.values())[::-1]


async def try_rule(
    db: Reader,
    rule: Rule,
    mailboxes: Collection[int] | None,
    *,
    now: datetime,
    before: int | None = None,
    most: int = MOST,
    seconds: float = _SECONDS,
) -> Trial:
    """Ask a rule about what has come to these mailboxes (None: all), from `before` backwards.

    Others are answered meanwhile; it ends after so many `seconds`, or mails.
    """
    trial, until = Trial(), time.monotonic() + seconds
    homes = {one.id: one for one in await every_mailbox(db)}
    asked = Asked.by([Kept(id=0, name="", rule=rule)])
    hours = await policies(db, list(homes)) if asked.needs_hours else {}
    start = before or LAST
    while trial.looked < most:
        rows = await _some(db, rule, mailboxes, asked, start, now)
        for row in rows:
            home = homes[row["mailbox_id"]]
            policy = hours.get(home.id)
            at = now if rule.when == "time" else row["received_at"]
            place = Place(address=home.address, hours=policy.hours if policy else None, now=at)
            if _matches(rule, row, place, asked):
                trial.found.append(_found(row))
            trial.looked, start = trial.looked + 1, row["id"]
            if trial.looked >= most:
                return trial
            if time.monotonic() > until:
                trial.before = start
                return trial
            await asyncio.sleep(0)
        if len(rows) < _AT_ONCE:
            return trial
    return trial


async def _some(
    db: Reader,
    rule: Rule,
    mailboxes: Collection[int] | None,
    asked: Asked,
    before: int,
    now: datetime,
) -> list[Any]:
    if rule.when == "time":
        since = now - least_waiting(rule)
        return await waiting_now(db, mailboxes, since=since, before=before, most=_AT_ONCE)
    heads = bool(asked.headers)
    return await past_mails(db, mailboxes, before=before, most=_AT_ONCE, heads=heads)


def _matches(rule: Rule, row: Any, place: Place, asked: Asked) -> bool:
    stands = stands_of(row)
    if rule.when == "time":
        return matches(rule, facts_of_waiting(stands, place, row["author_address"]))
    return matches(rule, facts_of_row(row, stands, place, asked))


def _found(row: Any) -> Found:
    return Found(
        conversation_id=row["conversation_id"],
        subject=row["topic"],
        who=row["author_name"] or row["author_address"],
        at=row["received_at"],
    )
