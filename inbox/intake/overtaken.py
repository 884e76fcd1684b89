"""Answers that overtake what they answer, when many mails come at once.

Workers take mails in the order they came, but not one after the other. An answer whose parent is
still under way would be judged by its subject alone, and by that it may look like it belongs to
another matter of the same customer. So it waits for its parent; and where it names nothing that we
know, for a moment for all that came before it, since ids may have been rewritten on the way.

Two answers to the same mail do not wait for each other: each worker leases the oldest that are due,
a handful at a time, and who gets the lock of the thread first is chance. To wait there would make
one queue of all that a crowd writes to a thread, and a mail that fails would hold it up; that they
stand in the order of their arrival is seen to where they are shown (store/arrived.py).
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

from inbox.jobs.queue import Postponed
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.clues import Clues

# A mail that fails is tried again for minutes; nobody waits that long for it.
_PATIENCE: Final = timedelta(seconds=60)
_PAUSE: Final = timedelta(milliseconds=300)
# Seconds between looks. Those before it are at work just now, which takes milliseconds; whoever
# has waited for all of these gives their place to another mail.
_LOOKS: Final = (0.01, 0.02, 0.03, 0.05, 0.08, 0.12)

_ELDERS = Statement("""
select exists (select from spool
                where id_hash = any(cast(:ids as bytea[])) and state = 'waiting'
                  and id_hash is not null and id < :spool_id) as has_parent,
       not exists (select from message_ref where id_hash = any(cast(:ids as bytea[])))
   and not exists (select from reply_token where token_hash = any(cast(:tokens as bytea[])))
   and exists (select from spool where state <> 'done' and state = 'waiting' and id < :spool_id)
       as is_unheard_of
""")


async def wait_for_elders(db: Writer, spool_id: int, clues: Clues, *, age: timedelta) -> None:
    """Wait a moment for the mails before an answer that it may be about.

    To be called before anything is locked. Raises Postponed while a parent is under way that the
    moment was not enough for; `age` is for how long the mail has been here.
    """
    if not (clues.answers or clues.is_answer):
        return
    ids, tokens = list(clues.id_hashes), list(clues.token_hashes)
    for pause in (*_LOOKS, None):
        found = await _ELDERS.rows(db, ids=ids, tokens=tokens, spool_id=spool_id)
        if not (found[0]["has_parent"] or found[0]["is_unheard_of"]):
            return
        if pause is not None:
            await asyncio.sleep(pause)
    if found[0]["has_parent"] and age <= _PATIENCE:
        raise Postponed(_PAUSE)
