"""Who is told of what: a table of cases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import EventName
from inbox.model.notices import Notices
from inbox.notify.recipients import Happening, Person, tellings

KAREN = Person(id=1, email="karen@us.example")
ANNA = Person(id=2, email="anna@us.example")
ASKED = Person(id=3, email="asked@us.example", wants=Notices.MENTIONS)
NOTHING = Person(id=4, email="nothing@us.example", wants=Notices.NONE)
OWN = Person(id=5, email="own@us.example", wants=Notices.MINE)
HEAD = Person(id=6, email="head@us.example", is_manager=True)
AWAY = Person(id=7, email="far@us.example", is_manager=True, wants=Notices.MENTIONS)
RECEIVED = Happening(
    name=EventName.MESSAGE_RECEIVED,
    status=Status.OPEN,
    actor_kind=ActorKind.CUSTOMER,
    actor_id=1,
    kind=MessageKind.MAIL,
    author_kind=ActorKind.CUSTOMER,
    author_id=1,
    author_address="jane@shop.example",
    people=(KAREN, ANNA, ASKED, NOTHING, OWN),
)
REPLIED = replace(
    RECEIVED,
    name=EventName.MESSAGE_REPLIED,
    actor_kind=ActorKind.AGENT,
    kind=MessageKind.REPLY,
    author_kind=ActorKind.AGENT,
    author=KAREN,
)


RATED = replace(
    RECEIVED,
    name=EventName.SATISFACTION_RATED,
    is_bad=True,
    holder_id=5,
    people=(KAREN, OWN, HEAD, AWAY),
)
THANKED = replace(RECEIVED, name=EventName.MESSAGE_THANKED, status=Status.CLOSED, holder_id=5)
ASSIGNED = replace(RECEIVED, name=EventName.CONVERSATION_ASSIGNED, actor_kind=ActorKind.AGENT)
RECEIVED_BY_BOTH = ["notice:received:1", "notice:received:2"]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (RECEIVED, RECEIVED_BY_BOTH),
        (replace(RECEIVED, name=EventName.CONVERSATION_OPENED), RECEIVED_BY_BOTH),
        (replace(RECEIVED, name=EventName.CONVERSATION_SHARED), RECEIVED_BY_BOTH),
        (replace(RECEIVED, status=Status.SPAM), []),
        (replace(RECEIVED, kind=MessageKind.AUTO), []),
        (replace(RECEIVED, name=EventName.MESSAGE_AUTOMATIC, kind=MessageKind.AUTO), []),
        (replace(RECEIVED, author_address="karen@us.example"), ["notice:received:2"]),
        (replace(RATED, is_bad=False), []),
        # Thanks want nothing of anybody: who has it is told, as they want notices.
        (THANKED, ["notice:thanked:5"]),
        (replace(THANKED, holder_id=None), []),
        (replace(THANKED, holder_id=3), []),
        # Who has it, and who leads the department, as they want notices; else whoever wants them.
        (RATED, ["notice:rated:5", "notice:rated:6"]),
        (replace(RATED, holder_id=None), ["notice:rated:6"]),
        (replace(RATED, people=(KAREN, ASKED, OWN), holder_id=4), ["notice:rated:1"]),
        (replace(RATED, holder_id=6), ["notice:rated:6"]),
        (REPLIED, ["notice:replied:2"]),
        (replace(REPLIED, name=EventName.MESSAGE_RELEASED), ["notice:replied:2"]),
        # An admin released Karen's answer: neither of them needs to be told.
        (replace(REPLIED, name=EventName.MESSAGE_RELEASED, actor_id=2, author_id=1), []),
        (replace(REPLIED, name=EventName.MESSAGE_NOTED, kind=MessageKind.NOTE), ["notice:noted:2"]),
        (replace(REPLIED, name=EventName.MESSAGE_DROPPED), []),
        (replace(REPLIED, name=EventName.CONVERSATION_CLOSED), []),
        (replace(REPLIED, name=EventName.MESSAGE_HELD, kind=MessageKind.HELD), ["held:1"]),
        (replace(REPLIED, name=EventName.MESSAGE_HELD, people=()), ["held:1"]),
        (replace(REPLIED, name=EventName.MESSAGE_HELD, author=None), []),
        (replace(REPLIED, name=EventName.DELIVERY_FAILED, failed_kind="reply"), ["failure:1"]),
        (replace(REPLIED, name=EventName.DELIVERY_FAILED, failed_kind="notice"), []),
        (replace(REPLIED, name=EventName.DELIVERY_DELAYED, failed_kind="reply"), ["failure:1"]),
        (replace(REPLIED, name=EventName.DELIVERY_DROPPED, failed_kind="reply"), ["failure:1"]),
        (replace(ASSIGNED, given_to=3), ["notice:assigned:3"]),
        (replace(ASSIGNED, given_to=4), []),
        (replace(ASSIGNED, given_to=5), ["notice:assigned:5"]),
        (replace(ASSIGNED, given_to=1), []),
        (replace(RECEIVED, holder_id=5), [*RECEIVED_BY_BOTH, "notice:received:5"]),
        (replace(RECEIVED, holder_id=3), RECEIVED_BY_BOTH),
        # Who has it is shut out, and is none of its people: it is told as nobody's.
        (replace(RECEIVED, holder_id=9), RECEIVED_BY_BOTH),
        (replace(RECEIVED, holder_id=9, people=(ASKED, NOTHING, OWN)), []),
        (replace(RECEIVED, people=(replace(OWN, takes_part=True),)), ["notice:received:5"]),
    ],
)  # fmt: skip
def test_tellings(event: Happening, told: list[str]) -> None:
    found = tellings(event)
    assert [_short(one.kind, one.about, one.person.id) for one in found] == told


def _short(kind: str, about: object, person: int) -> str:
    return f"{kind}:{about}:{person}" if about else f"{kind}:{person}"


BOB = Person(id=7, email="bob@corp.example", is_guest=True)
LIST = Person(id=8, email="logistics@corp.example", is_guest=True, speakers=frozenset({7, 9}))


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (RECEIVED, {7, 8}),
        (replace(RECEIVED, kind=MessageKind.AUTO, name=EventName.MESSAGE_AUTOMATIC), set()),
        (replace(RECEIVED, status=Status.SPAM), set()),
        (replace(REPLIED, actor_id=1), {7, 8}),
        (replace(REPLIED, actor_id=7, author_id=7), set()),  # he speaks for the department
        (replace(REPLIED, actor_id=9, author_id=9), {7}),
        (replace(REPLIED, actor_id=1, author_id=9), {7}),  # released by an administrator
        (replace(ASSIGNED, given_to=8), {8}),
        (replace(ASSIGNED, given_to=8, actor_id=9), set()),
        (replace(RECEIVED, name=EventName.PERSON_DRAWN_IN), set()),
        (replace(RECEIVED, name=EventName.PERSON_REMOVED), set()),
    ],
)
def test_who_was_drawn_in(event: Happening, told: set[int]) -> None:
    found = tellings(replace(event, people=(BOB, LIST)))
    assert {one.person.id for one in found} == told


@pytest.mark.parametrize(
    ("wants", "is_told"),
    [(Notices.NONE, False), (Notices.MENTIONS, True), (Notices.MINE, True), (Notices.ALL, True)],
)
def test_who_is_spoken_to(wants: Notices, is_told: bool) -> None:
    noted = replace(REPLIED, name=EventName.MESSAGE_NOTED, kind=MessageKind.NOTE)
    anna = replace(ANNA, wants=wants)
    assert bool(tellings(replace(noted, people=(anna,), asked=frozenset({2})))) is is_told
