"""`inbox rule` as an administrator writes rules in lines."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database


def test_a_rule_is_written_said_otherwise_and_brought_back(run: Run) -> None:
    assert run("mailbox", "add", "support@us.example", "--name", "Support").code == 0
    line = ("--if", "words: invoice, refund*", "--if", "not sender: *@us.example")
    added = run("rule", "add", "Money", *line, "--do", "tag: money", "--do", "priority: high")
    assert added.out == "rule 1 Money: kept, and off\n"
    home = ("--mailbox", "support@us.example", "--any", "--stop")
    assert run("rule", "set", "1", *home).out == "rule 1 Money: version 2\n"
    # What is not named stays.
    assert run("rule", "set", "1", "--name", "Bills", "--do", "tag: bill").code == 0
    row = run("rule", "show", "1", "--json").json
    assert (row["name"], row["mailbox"], row["stop"]) == ("Bills", "support@us.example", True)
    assert row["if"] == "words: invoice, refund* or not sender: *@us.example"
    assert row["do"] == "tag: bill"
    assert run("rule", "try", "1").out == "would have matched 0 of 0\n"
    assert run("rule", "on", "1").out == "rule 1 Bills is on\n"
    assert run("rule", "off", "1").code == 0
    assert (
        run("rule", "add", "Late", "--if", "waiting: 4h", "--do", "notify: x@us.example").code == 0
    )
    assert run("rule", "show", "2", "--json").json["when"] == "time"
    assert run("rule", "set", "2", "--mailbox", "support@us.example").code == 0
    assert run("rule", "place", "2", "1").out == "rule 2 Late is at place 1\n"
    assert [one["number"] for one in run("rule", "list", "--json").json] == [2, 1]
    assert run("rule", "remove", "1").out == "rule 1 Bills is removed\n"
    assert len(run("rule", "versions", "1", "--json").json) == 6
    assert run("rule", "restore", "1", "1").out == "rule 1 Money is as in version 1\n"


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        (("--do", "dance"), 2, "There is no action “dance”. There are: move,"),
        (("--do", "tag: x", "--if", "colour: red"), 2, "There is no condition “colour”"),
        (("--do", "tag: x", "--if", "waiting: soon"), 2, "like 90m, 4h or 2d, up to a year"),
        ((), 1, "A rule has to do something: choose at least one action."),
        (("--do", "tag: x", "--mailbox", "no@us.example"), 1, "no@us.example"),
    ],
)
def test_what_is_no_rule_is_said(run: Run, typed: tuple[str, ...], code: int, says: str) -> None:
    ended = run("rule", "add", "x", *typed)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err


def test_every_word_of_a_rule_is_named(run: Run) -> None:
    said = run("rule", "words").out
    assert "--if: recipient, sender," in said
    assert "--do: move, assign_turn," in said
