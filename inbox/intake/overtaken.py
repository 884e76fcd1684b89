"""Answers that overtake what they answer, when many mails come at once.

Workers take mails in the order they came, but not one after the other. An answer whose parent is
still under way would be judged by its subject alone, and by that it may look like it belongs to
another matter of the same customer. So it waits for those that came before it, for a short while.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from inbox.jobs.queue import Postponed
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.clues import Clues
from inbox.threading.verdict import Match, Rule

# A mail that fails is tried again for minutes; nobody waits that long for it.
_PATIENCE: Final = timedelta(seconds=60)
_LEAST: Final = timedelta(milliseconds=200)
_MOST: Final = timedelta(seconds=5)
# Seconds between looks. Those before it are at work just now, which takes milliseconds; whoever
# has waited for all of these gives their place to another mail.
_LOOKS: Final = (0.01, 0.02, 0.03, 0.05, 0.08, 0.12)
_BY_HEADERS: Final = frozenset(
    {Rule.TOKEN, Rule.OUR_ID, Rule.KNOWN_ID, Rule.SAME_ID, Rule.SIBLING, Rule.IDENTICAL}
)

_ELDERS = Statement("""
select exists (select from spool where state <> 'done' and state = 'waiting' and id < :spool_id)
    as are_under_way
""")
_MUST_WAIT = Statement("""
select not exists (select from message_ref where id_hash = any(cast(:ids as bytea[])))
   and not exists (select from reply_token where token_hash = any(cast(:tokens as bytea[])))
   and exists (select from spool where state <> 'done' and state = 'waiting' and id < :spool_id)
    as must_wait
""")


async def wait_for_elders(db: Writer, spool_id: int, clues: Clues, *, age: timedelta) -> None:
    """Wait a moment for the mails before an answer to what we do not know (yet).

    To be called before anything is locked. Raises Postponed where the moment is not enough.
    """
    if not _is_answer(clues) or age > _PATIENCE:
        return
    ids, tokens = list(clues.id_hashes), list(clues.token_hashes)
    for pause in (*_LOOKS, None):
        found = await _MUST_WAIT.rows(db, ids=ids, tokens=tokens, spool_id=spool_id)
        if not found[0]["must_wait"]:
            return
        if pause is not None:
            await asyncio.sleep(pause)
    raise Postponed(_pause(age))


async def let_elders_pass(
    db: Writer, spool_id: int, clues: Clues, match: Match, *, age: timedelta
) -> None:
    """Raises Postponed for an answer that its headers did not place while older mails are under
    way.
    """
    if not _is_answer(clues) or age > _PATIENCE:
        return
    if any(evidence.rule in _BY_HEADERS for evidence in match.evidence):
        return
    found = await _ELDERS.rows(db, spool_id=spool_id)
    if found[0]["are_under_way"]:
        raise Postponed(_pause(age))


def _is_answer(clues: Clues) -> bool:
    return bool(clues.answers) or clues.subject.is_reply


def _pause(age: timedelta) -> timedelta:
    # Whoever waits for a mail that fails again and again asks less and less often.
    return min(max(_LEAST, age / 4), _MOST)
