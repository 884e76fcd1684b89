"""What a rule can ask about: one conversation at one moment, and the mail that came, if one did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that conditions look at, in the words that conditions use."""

    mailbox: str  # its address
    status: str = "open"
    priority: str = "normal"
    category: str = ""
    tags: frozenset[str] = frozenset()
    organisation: str = ""  # the registrable domain of the customer; "" for a public provider
    language: str = ""  # en, ru, …; "" where it is not known
    is_new: bool = False  # the conversation began with this mail
    is_assigned: bool = False
    is_open_hours: bool = True  # somebody of the department is there now
    waiting: timedelta | None = None  # open time since the customer's oldest unanswered mail
    recipients: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""  # what is new in the mail, without what it quotes
    files: tuple[str, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by name, lower case
    proof: str = "none"  # pass, fail, none
