"""How much one of us may send by signing in, in an hour and in a day. Pure.

Whoever has stolen a mail password writes to as many as they can, in our name.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Mails, and people outside whom they go to, in the last hour and the last day."""

    mails_an_hour: int
    mails_a_day: int
    people_an_hour: int
    people_a_day: int


def room(sent: Amount, most: Amount) -> int | None:
    """To how many outside one mail more may go; None where not a single mail more may come."""
    if is_too_much(sent, most, mails=1):
        return None
    left = [
        limit - count
        for count, limit in (
            (sent.people_an_hour, most.people_an_hour),
            (sent.people_a_day, most.people_a_day),
        )
        if limit
    ]
    return min(left, default=sys.maxsize)


def is_too_much(sent: Amount, most: Amount, *, mails: int = 0, people: int = 0) -> bool:
    """Whether so much more would be too much; a limit of 0 is none."""
    wanted = (
        (sent.mails_an_hour + mails, most.mails_an_hour),
        (sent.mails_a_day + mails, most.mails_a_day),
        (sent.people_an_hour + people, most.people_an_hour),
        (sent.people_a_day + people, most.people_a_day),
    )
    return any(limit and count > limit for count, limit in wanted)
