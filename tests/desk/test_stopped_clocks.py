"""Alarm clocks that always fail are told of, however long others go on failing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inbox.clock import utcnow
from inbox.desk.stopped_clocks import set_again
from tests.office import Office, office

__all__ = ["office"]


@pytest.mark.parametrize(("ago", "within"), [(0, 10), (55, 5), (90, -30)])
async def test_clocks_that_go_on_stopping_put_nothing_off_for_ever(
    office: Office, ago: int, within: int
) -> None:
    give_up = set_again("timers.ring", "ring")
    home, begun = await office.hears(), utcnow()
    for _ in range(2):
        async with office.database.write() as db:
            await give_up(db, {"conversation_id": home}, "ValueError")
        await office.change(
            "update job set args = jsonb_build_object('since', cast(:since as text))"
            " where kind = 'notify.stopped_clocks'",
            since=(begun - timedelta(minutes=ago)).isoformat(),
        )
    planned = "select run_at from job where kind = 'notify.stopped_clocks' and done_at is null"
    assert await office.one(planned) < begun + timedelta(minutes=within + 2)
    await office.change("update job set run_at = now() where kind = 'notify.stopped_clocks'")
    await office.works()
