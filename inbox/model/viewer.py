"""The person who looks: what every query and every permission of the web view is asked with."""

from __future__ import annotations

from dataclasses import dataclass

from inbox.model.conversation import Role
from inbox.model.lists import Density, Order


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
