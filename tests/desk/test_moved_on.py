"""What makes an answer wrong that was written before it, and what does not."""

from __future__ import annotations

import pytest

from inbox.desk.moved_on import Happened, changes
from inbox.model.conversation import MessageKind
from inbox.model.event import EventName

KAREN, ANNA, IVAN = 1, 2, 3
MAIL, REPLY, NOTE, AUTO = MessageKind.MAIL, MessageKind.REPLY, MessageKind.NOTE, MessageKind.AUTO

E = EventName


def _is_wrong(*events: Happened) -> list[int]:
    return [one.id for one in changes(events, KAREN)]


@pytest.mark.parametrize(
    ("name", "kind", "is_wrong"),
    [
        (E.MESSAGE_REPLIED, REPLY, True),
        (E.MESSAGE_REPLIED, None, False),  # taken back before it left
        (E.MESSAGE_RELEASED, REPLY, True),
        (E.MESSAGE_RELEASED, NOTE, False),
        (E.MESSAGE_RECEIVED, MAIL, True),
        (E.CONVERSATION_OPENED, MAIL, True),  # it came with another that was joined
        (E.CONVERSATION_OPENED, NOTE, False),
        (E.MESSAGE_AUTOMATIC, AUTO, False),
        (E.MESSAGE_NOTED, NOTE, False),
        (E.MESSAGE_HELD, MessageKind.HELD, False),
        (E.MESSAGE_DROPPED, None, False),
        (E.CONVERSATION_CLOSED, None, True),
        (E.CONVERSATION_REOPENED, None, False),
        (E.CONVERSATION_SPAM, None, True),
        (E.CONVERSATION_NOT_SPAM, None, False),
        (E.CONVERSATION_ASSIGNED, None, False),
        (E.CONVERSATION_UNASSIGNED, None, False),
        (E.CONVERSATION_SHARED, MAIL, False),
        (E.CONVERSATION_MERGED, None, True),
        (E.CONVERSATION_UNMERGED, None, True),
        (E.CONVERSATION_SPLIT, None, True),
        (E.MESSAGE_MOVED, None, True),
        (E.CONVERSATION_MOVED, None, True),
        (E.CONVERSATION_SNOOZED, None, False),
        (E.CONVERSATION_WAITING, None, False),
        (E.CONVERSATION_TAGGED, None, False),
        (E.CONVERSATION_PRIORITY, None, False),
        (E.CUSTOMER_LEARNED, None, False),
        (E.CUSTOMER_MERGED, None, False),
        (E.DELIVERY_FAILED, REPLY, False),
        (E.DELIVERY_DELAYED, REPLY, False),
        (E.CONFIRMATION_SENT, None, False),
    ],
)
def test_what_others_do(name: EventName, kind: MessageKind | None, is_wrong: bool) -> None:
    assert _is_wrong(Happened(id=7, name=name, agent_id=ANNA, kind=kind)) == [7] * is_wrong


@pytest.mark.parametrize("name", list(EventName))
def test_nothing_that_one_did_oneself(name: EventName) -> None:
    assert not _is_wrong(Happened(id=7, name=name, agent_id=KAREN, kind=REPLY))


def test_ones_own_words_that_a_manager_let_go() -> None:
    own = Happened(id=7, name=E.MESSAGE_RELEASED, agent_id=IVAN, kind=REPLY, author_id=KAREN)
    assert not _is_wrong(own)


@pytest.mark.parametrize(
    ("done", "undone"),
    [
        (E.CONVERSATION_CLOSED, E.CONVERSATION_REOPENED),
        (E.CONVERSATION_SPAM, E.CONVERSATION_NOT_SPAM),
    ],
)
def test_what_was_undone_changes_nothing(done: EventName, undone: EventName) -> None:
    one = Happened(id=7, name=done, agent_id=IVAN)
    other = Happened(id=8, name=undone, agent_id=ANNA)
    assert not _is_wrong(one, other)
    again = Happened(id=9, name=done, agent_id=IVAN)
    assert _is_wrong(one, other, again) == [9]


def test_who_answered_since_knew_what_was_before() -> None:
    anna = Happened(id=7, name=E.MESSAGE_REPLIED, agent_id=ANNA, author_id=ANNA, kind=REPLY)
    karen = Happened(
        id=8, name=E.MESSAGE_REPLIED, agent_id=KAREN, author_id=KAREN, kind=REPLY, is_guarded=True
    )
    customer = Happened(id=9, name=E.MESSAGE_RECEIVED, kind=MAIL)
    assert _is_wrong(anna, karen) == []
    assert _is_wrong(anna, karen, customer) == [9]


def test_what_one_wrote_past_us_shows_nothing_of_what_one_knew() -> None:
    anna = Happened(id=7, name=E.MESSAGE_REPLIED, agent_id=ANNA, author_id=ANNA, kind=REPLY)
    own = Happened(id=8, name=E.MESSAGE_REPLIED, agent_id=KAREN, author_id=KAREN, kind=REPLY)
    assert _is_wrong(anna, own) == [7]
