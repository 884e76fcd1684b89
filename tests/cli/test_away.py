"""`inbox agent away` and `inbox agent back`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inbox.clock import utcnow
from tests.cli.conftest import Run

pytestmark = pytest.mark.database

ANN = "ann@shop.example"


def test_away_until_a_day_and_back(office: Run) -> None:
    last = utcnow().date() + timedelta(days=9)
    said = office("agent", "away", ANN, last.isoformat()).out
    assert said == f"{ANN} is away until {last.isoformat()}\n"
    until = office("agent", "show", ANN, "--json").json["away_until"]
    assert until.startswith((last + timedelta(days=1)).isoformat())
    assert f" {last.isoformat()} " in office("agent", "list").out
    assert office("agent", "back", ANN).out == f"{ANN} is here\n"
    assert office("agent", "show", ANN, "--json").json["away_until"] is None
    end = office("agent", "away", ANN, "soon")
    assert (end.code, "not 'soon'" in end.err) == (2, True)


def test_who_wants_tasks_in_the_calendar(office: Run) -> None:
    for value in ("on", "off"):
        assert office("agent", "set", ANN, f"tasks={value}").code == 0
        assert office("agent", "show", ANN, "--json").json["tasks"] is (value == "on")
    assert "tasks=on|off" in office("agent", "set", ANN, "tasks=maybe").err
