"""The person who looks: what every query and every permission of the web view is asked with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from inbox.model.conversation import Role
from inbox.model.lists import Density, Order


def rights_sign(role: str, mailboxes: Collection[int]) -> str:
    """Other rights have another one: by it a page says with which it was drawn."""
    return sha256(f"{role} {sorted(mailboxes)}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """An agent as they are at this moment, read anew for each request."""

    id: int
    name: str
    email: str
    role: Role
    language: str = "en"
    time_zone: str = "UTC"
    sound: bool | None = None  # wanted when a customer writes; None before they were asked
    desktop: bool = False  # a notification then, where the browser is allowed to
    markdown: bool = False  # how they write
    order: Order = Order.NEWEST  # of their lists
    density: Density = Density.COMFORTABLE
    mailboxes: frozenset[int] = frozenset()  # the ones that they are a member of

    @property
    def rights(self) -> str:
        """The sign of what they may see at this moment."""
        return rights_sign(self.role, self.mailboxes)
