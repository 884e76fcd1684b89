"""What one of us is not told at once, having been told enough: all of it later, in one mail.

Whoever forges mails of one of us, or a robot that answers ours, must not fill their mailbox; and
nothing that they asked for may be left without a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from inbox.jobs.gather import gather
from inbox.store.engine import Writer
from inbox.store.often import LATELY

_MOST: Final = 40  # mails of which each is told, besides those that are held


async def tell_later(
    db: Writer, agent_id: int, *, now: datetime, item: Mapping[str, Any] | None = None
) -> None:
    """Let one mail tell of it when the hour is over; of what is held without any `item`."""
    # At one moment for all of an hour, so that no later one puts it off.
    at = now.replace(minute=0, second=0, microsecond=0) + LATELY
    await gather(
        db,
        "notify.held_more",
        [item] if item else [],
        key=f"held_more:{agent_id}:{at.isoformat()}",
        run_at=at,
        most=_MOST,
        agent_id=agent_id,
        since=(now - LATELY).isoformat(),
    )
