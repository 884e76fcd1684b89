"""A rule that cannot be followed is named at its page, and once by mail to administrators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from inbox.jobs.queue import enqueue
from inbox.rules.engine import Broken
from inbox.store.engine import Writer
from inbox.store.locks import hold_rules
from inbox.store.ruled import note_fault


async def tell_of_faults(db: Writer, faults: Iterable[Broken], *, now: datetime) -> None:
    """Keep what is wrong with each; the first fault since a rule was changed is told by mail."""
    first = {one.rule.id: one for one in reversed(list(faults))}
    if first:
        await hold_rules(db)
    for rule_id in sorted(first):
        if await note_fault(db, rule_id, first[rule_id].why, now=now):
            await enqueue(db, "notify.broken_rule", rule_id=rule_id)
