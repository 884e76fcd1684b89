"""Mails of one of us that come faster than a person writes: two robots must not talk for ever.

By the hour what they say counts, by the day what we have answered to it (RFC 3834 §2): orders that
leave no words would else be confirmed without end.
"""

from __future__ import annotations

from typing import Final

from inbox.intake.agent_desk import Desk
from inbox.store.often import wrote_lately

_MOST: Final = 20  # mails an hour to one conversation
_MOST_TOLD: Final = 60  # mails back a day about one


async def is_robot(desk: Desk, agent_id: int, conversation_id: int) -> bool:
    """Whether what comes now is held: so much came lately, or was stopped and waits for a person.

    Only for mail without any doubt: else a forger would silence whom they forge.
    """
    lately = await wrote_lately(desk.db, agent_id, conversation_id, now=desk.now)
    return lately.is_stopped or lately.count >= _MOST or lately.told >= _MOST_TOLD
