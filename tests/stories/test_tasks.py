"""What one is given stands in one's calendar, and is answered there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.clients.calendars import CALENDARS, GIVE_NO_REASON, PROPOSE_NOTHING
from tests.stories.desk import Desk
from tests.stories.telling import story

pytestmark = [pytest.mark.database, pytest.mark.slow]

REASON = "I know nothing of boots"
YEAR = (datetime.now(UTC) + timedelta(days=28)).year  # its December is ahead, and not too far
LATER = datetime(YEAR, 12, 5, 15, 0, tzinfo=UTC)


@story(anna="all")
async def test_declined_with_a_reason_then_accepted_and_then_at_another_time(at: Desk) -> None:
    name = at.program.name
    if name not in CALENDARS:
        return
    reason = "" if name in GIVE_NO_REASON else REASON
    await at.sets_agent(at.karen, tasks=True)
    await at.pat.writes(at.talk.letter)
    await at.karen.gets()
    told = await at.anna.gets()
    await at.anna.answers(told, "@assign karen miller")
    await at.karen.gets("________")
    await at.karen.responds(await at.karen.gets("METHOD:REQUEST"), "DECLINED", reason)
    await at.karen.gets("METHOD:CANCEL")
    if reason:
        await at.anna.gets(reason)
    offered = await at.anna.gets()
    assert await at.stands() == ("open", None)
    assert [text for kind, text in await at.said() if kind == "note"] == [reason] * bool(reason)
    await at.anna.writes("@assign karen miller", to=offered.ready("take").to.replace("+take", "+n"))
    await at.karen.gets("________")
    asked = await at.karen.gets("METHOD:REQUEST")
    await at.karen.responds(asked, "ACCEPTED")
    if name not in PROPOSE_NOTHING:
        await at.karen.responds(asked, "TENTATIVE", end=LATER)
        changed = await at.karen.gets("METHOD:REQUEST")
        assert changed.calendar.count(f"DTEND:{YEAR}1205T150000Z") == 1
    await at.running.rests()
    assert await at.stands() == ("open", "Karen Miller")
    assert await at.published() == []
