"""An alarm clock of a conversation that always fails: administrators hear, and it is set again.

One mail tells of all that stopped within some minutes: what makes one fail may make all of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.jobs.queue import enqueue
from inbox.jobs.registry import GiveUp
from inbox.store.engine import Writer

_TELL: Final = "notify.stopped_clocks"
_AGAIN: Final = timedelta(days=1)
_TOGETHER: Final = timedelta(minutes=10)


def set_again(kind: str, key: str) -> GiveUp:
    """What is done when a job of this kind, whose key begins so, is given up."""

    async def give_up(db: Writer, args: dict[str, Any], reason: str) -> None:
        del reason
        now = utcnow()
        about = f"{key}:{args['conversation_id']}"
        await enqueue(db, kind, key=about, run_at=now + _AGAIN, **args)
        # Moved with each that fails, until none does: only then is it known how many.
        await enqueue(db, _TELL, key=_TELL, run_at=now + _TOGETHER)

    return give_up
