"""`inbox stats` as a script reads it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database


def test_figures_are_said_for_people_programs_and_spreadsheets(run: Run) -> None:
    assert run("mailbox", "add", "support@us.example", "--name", "=Support").code == 0
    rows = run("stats", "--by", "mailbox", "--json").json
    assert rows[-1]["mailbox"] == "total"
    assert rows[-1]["incoming"] == 0
    assert run("stats", "--csv", "--by", "mailbox").out.startswith("\ufeffmailbox,incoming,")
    assert "total" in run("stats", "--mailbox", "support@us.example").out


@pytest.mark.parametrize(
    "words",
    [("--by", "colour"), ("--from", "soon"), ("--mailbox", "no@us.example")],
)
def test_what_cannot_be_counted_is_said(run: Run, words: tuple[str, ...]) -> None:
    ended = run("stats", *words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.count("\n") == 1
