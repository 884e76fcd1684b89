"""One open page's stream of server-sent events: what it has not been told yet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

from inbox.auth.sessions import SignedIn
from inbox.model.heard import Heard

_WAITING: Final = 200


@dataclass(eq=False, slots=True)
class Stream:
    """Whose page it is, what it knows, and what waits for it; no session of the database."""

    signed: SignedIn
    heard: Heard | None = None  # before it began to listen
    rights: str = ""  # the sign of those that its page was drawn with
    queue: asyncio.Queue[str | None] = field(default_factory=lambda: asyncio.Queue(_WAITING))

    def tell(self, lines: str | None) -> None:
        """Queue an event; None ends the stream, as does a page that no longer reads."""
        try:
            self.queue.put_nowait(lines)
        except asyncio.QueueFull:
            self.queue.get_nowait()
            self.queue.put_nowait(None)

    async def next(self, patience: float, otherwise: str) -> str | None:
        """What comes next; `otherwise` after so many seconds, None at its end."""
        try:
            async with asyncio.timeout(patience):
                return await self.queue.get()
        except TimeoutError:
            return otherwise
