"""Rules as people write them."""

from __future__ import annotations

import pytest

from inbox.rules.engine import read
from inbox.rules.schema import READ
from inbox.rules.spelled import Spelled, line_of, spelled

CONDITIONS = (
    *("recipient: billing@*", "not sender: *@a.example, *@b.example", "header: X-Spam: yes*"),
    *("header: X-Flag", "words: money back, refund*", "tag: vip", "new", "not open_hours"),
    *("waiting: 4h", "waiting: 90m", "waiting: 2d", "language: de"),
)
ACTIONS = (
    *("move: billing@us.example", "assign_turn", "assign_load: a@x.example, skill: routers"),
    *("assign_turn: a@x.example, also taken", "tag: a, b", "untag: c", "priority: high"),
    *("answer: Hours", "note: Look at it: soon.", "notify: a@x.example", "spam"),
    *("webhook: CRM", "promise: 4"),
)


def test_what_is_written_is_what_is_read() -> None:
    when = {"waiting": "time"}
    for typed in CONDITIONS:
        line = line_of(typed)
        rule = Spelled(
            when=when.get(line.word, "mail"), conditions=(line,), actions=(line_of("spam"),)
        )
        kept = READ.dump_python(read(rule.document()), mode="json")
        assert str(spelled(kept).conditions[0]) == typed
    rule = Spelled(actions=tuple(map(line_of, ACTIONS)), stop=True, match="any")
    kept = READ.dump_python(read(rule.document()), mode="json")
    assert [str(one) for one in spelled(kept).actions] == list(ACTIONS)
    assert (spelled(kept).stop, spelled(kept).match) == (True, "any")


@pytest.mark.parametrize(
    "typed", ["colour: red", "sender", "waiting: soon", "header", "subject: ,", "", "not"]
)
def test_a_condition_that_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(Spelled(conditions=(line_of(typed),), actions=(line_of("spam"),)).document())


@pytest.mark.parametrize("typed", ["dance", "promise: soon", "tag", "move", "priority: great"])
def test_an_action_that_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read(Spelled(actions=(line_of(typed),)).document())


def test_a_damaged_document_is_shown_as_far_as_it_goes() -> None:
    found = spelled({"conditions": 3, "actions": [{"do": "spam"}, 7, {}]})
    assert [str(one) for one in found.actions] == ["spam"]
