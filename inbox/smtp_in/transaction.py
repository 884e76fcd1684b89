"""The open transaction of a session: from MAIL to the final dot."""

from __future__ import annotations

from dataclasses import dataclass, field

from inbox.smtp_in.grammar import MailFrom


@dataclass(slots=True)
class Transaction:
    """One mail to be: what MAIL said, and every recipient accepted so far, repeats included."""

    mail: MailFrom
    recipients: list[str] = field(default_factory=list)
    outside: int = 0  # those of them who are nobody of ours
    room: int = 0  # how many these may be
    may_leave: bool | None = None  # whether its sender may write to them; None: not asked yet
