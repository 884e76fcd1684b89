"""What one of us may do in a conversation that they were drawn into: one table."""

from __future__ import annotations

import pytest

from inbox.auth.permissions import ALLOWED, ASKS_FOR, Part, allowed_in, may_order, part_of
from inbox.model.conversation import Role
from inbox.orders.judging import IN_ORDER, WITHOUT_DEED
from inbox.orders.verbs import Verb

THEMSELVES = {Verb.AWAY, Verb.BACK}
SAYING = {Verb.NOTE, Verb.SHOW, Verb.STOP, Verb.UNDO, Verb.FIND, Verb.HELP, *THEMSELVES}
SAYING |= {Verb.LEAVE, Verb.UNFOLLOW}
HAVING = SAYING | {Verb.TAKE, Verb.ASSIGN, Verb.WAIT, Verb.SNOOZE, Verb.PROMISE}
OUTWARD = {Verb.TEMPLATE, Verb.ARTICLE, Verb.FORWARD, Verb.SEND}


@pytest.mark.parametrize(
    ("part", "colleagues_answer", "orders"),
    [
        (Part.ASKED, "never", SAYING),
        (Part.ASKED, "assigned", SAYING),
        (Part.ASKED, "always", SAYING | OUTWARD),
        (Part.HOLDER, "never", HAVING),
        (Part.HOLDER, "assigned", HAVING | OUTWARD | {Verb.CLOSE, Verb.REOPEN}),
        (Part.HOLDER, "always", HAVING | OUTWARD | {Verb.CLOSE, Verb.REOPEN}),
        (Part.MEMBER, "never", set(Verb) - {Verb.LEAVE}),
    ],
)
def test_what_may_be_asked_for(part: Part, colleagues_answer: str, orders: set[Verb]) -> None:
    allowed = allowed_in(part, colleagues_answer)
    assert {verb for verb in Verb if may_order(allowed, verb)} == orders


def test_every_order_names_what_it_asks_for() -> None:
    assert {*IN_ORDER, *WITHOUT_DEED} == set(Verb)
    assert set(Verb) - ASKS_FOR.keys() == THEMSELVES


def test_nobody_may_more_in_one_conversation_than_in_their_own_mailbox() -> None:
    everything = ALLOWED[Role.AGENT]
    for part in Part:
        for setting in ("never", "assigned", "always"):
            assert allowed_in(part, setting) <= everything


@pytest.mark.parametrize(
    ("is_member", "holds", "part"),
    [
        (True, False, Part.MEMBER),
        (True, True, Part.MEMBER),
        (False, True, Part.HOLDER),
        (False, False, Part.ASKED),
    ],
)
def test_what_somebody_is(is_member: bool, holds: bool, part: Part) -> None:
    assert part_of(is_member=is_member, holds=holds) is part
