"""What the receiver needs from the house behind it."""

from __future__ import annotations

from typing import Protocol

from inbox.model.mail import Envelope


class TooSoon(Exception):
    """Too many wrong passwords lately: this one is not even looked at."""


class Guard(Protocol):
    """Who may hand over mail of their own by signing in."""

    async def enter(self, name: str, password: str, peer: str) -> int | None:
        """The one of us whose mail password this is; None for a wrong one. Raises TooSoon."""

    async def may_write_as(self, agent_id: int, sender: str) -> bool:
        """Whether this person may write to people outside from this address of ours."""

    async def room(self, agent_id: int) -> int | None:
        """To how many outside one mail more of this person may go; None: no mail more may come."""

    async def tell(self, agent_id: int) -> None:
        """Have it told that this person sends more than one may."""


class Door(Protocol):
    """Who lives here, whether there is room, and the one place where mail becomes ours."""

    async def knows(self, recipient: str) -> bool:
        """True when mail for this address is ours to take. May raise: then the peer hears 451."""

    async def has_room(self, size: int) -> bool:
        """False when the disk could not hold a mail of `size` bytes: then the peer hears 452."""

    async def accept(self, raw: bytes, envelope: Envelope) -> None:
        """Keep the mail; returns after the commit. The same bytes again change nothing."""
