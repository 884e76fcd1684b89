"""What answers by itself when one of us gets a mail: no customer ever hears of it."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from inbox.clock import utcnow
from tests.stories.desk import Desk
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]


@story(anna="all")
async def test_a_receipt_a_bounce_and_an_out_of_office(at: Desk) -> None:
    await at.sets_agent(at.anna, role="manager")
    await at.pat.writes(at.talk.letter)
    notice = await at.karen.gets()
    await at.anna.gets()
    await at.karen.answers(notice, "@take")
    back = (utcnow() + timedelta(days=10)).date()
    machine = at.karen.machine
    for raw, to in (
        machine.receipt(notice),
        machine.bounce(notice),
        machine.away(notice, back - timedelta(days=1)),
    ):
        await at.karen.sends(raw, to)
    offered = await at.anna.gets(at.pat.name)
    assert await at.away_until(at.karen) == datetime.combine(back, time(), UTC)
    await at.anna.follows(offered, "take")
    await at.running.rests()
    assert [kind for kind, _ in await at.said()] == ["auto"] * 3
    assert await at.stands() == ("open", "Anna Rossi")
