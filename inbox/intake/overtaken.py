"""Answers that overtake what they answer, when many mails come at once.

Workers take mails in the order they came, but not one after the other. An answer whose parent is
still under way would be judged by its subject alone, and by that it may look like it belongs to
another matter of the same customer. So it waits for those that came before it, for a short while.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from inbox.jobs.queue import Postponed
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.clues import Clues
from inbox.threading.verdict import Match, Rule

_PAUSE: Final = timedelta(milliseconds=200)
# A mail that fails is tried again for minutes; nobody waits that long for it.
_PATIENCE: Final = timedelta(seconds=60)
_BY_HEADERS: Final = frozenset(
    {Rule.TOKEN, Rule.OUR_ID, Rule.KNOWN_ID, Rule.SAME_ID, Rule.SIBLING, Rule.IDENTICAL}
)

_ELDERS = Statement("""
select exists (select from spool where state <> 'done' and state = 'waiting' and id < :spool_id)
    as are_under_way
""")


async def let_elders_pass(
    db: Writer, spool_id: int, clues: Clues, match: Match, *, age: timedelta
) -> None:
    """Raises Postponed for an answer to what we do not know while older mails are under way."""
    if not clues.answers or age > _PATIENCE:
        return
    if any(evidence.rule in _BY_HEADERS for evidence in match.evidence):
        return
    found = await _ELDERS.rows(db, spool_id=spool_id)
    if found[0]["are_under_way"]:
        raise Postponed(_PAUSE)
