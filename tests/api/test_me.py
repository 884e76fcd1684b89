"""A program says for its person that they are away, what they hear, and what they hear no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inbox.desk.draw_in import How, draw_in
from inbox.model.actor import SYSTEM
from tests.api.conftest import Desk


async def test_away_back_heard_and_left(desk: Desk) -> None:
    program, company = desk.program, desk.service.company
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)
    away = await program.does("PUT", "/me/absence", {"until": later.isoformat()})
    assert datetime.fromisoformat(away["away_until"]) == later
    assert await program.does("DELETE", "/me/absence") == {"away_until": None}
    past = await program.refused("PUT", "/me/absence", {"until": "2020-01-01T00:00:00Z"})
    assert (past["status"], past["code"]) == (422, "time.past")
    heard = await program.does("PUT", "/me/notices", {"notices": "mine"})
    box = {"mailbox": "support@us.example", "notices": "mine", "digest": "off", "dispatcher": "off"}
    assert heard["items"] == [box]
    assert (heard["every"], heard["next_digest_at"]) == (60, None)
    wish = {"dispatcher": "hourly", "every": 75, "quiet": "22:00-7:00"}
    heard = await program.does("PUT", "/me/notices", wish)
    assert heard["items"] == [box | {"dispatcher": "hourly"}]
    assert (heard["every"], heard["quiet"], heard["digest_at"]) == (75, "22:00-07:00", "08:00")
    in_time = datetime.fromisoformat(heard["next_digest_at"]) - datetime.now(UTC)
    assert timedelta(0) < in_time <= timedelta(minutes=75)
    assert await program.gets("/me/notices") == heard
    sales = await company.mailbox("sales@us.example", "Sales")
    for wrong, status in (
        ({"notices": "some"}, 422),
        ({}, 422),
        ({"mailbox": "support@us.example"}, 422),
        ({"every": 59}, 422),
        ({"every": 91}, 422),
        ({"every": "75"}, 422),
        ({"quiet": "10-12"}, 422),
        ({"zone": "Rome"}, 422),
        ({"digest_at": "25:00"}, 422),
        ({"notices": "all", "mailbox": "sales@us.example"}, 404),
        ({"notices": "all", "mailbox": "none@us.example"}, 404),
    ):
        assert (await program.refused("PUT", "/me/notices", wrong))["status"] == status
    at = await desk.hears()
    refused = await program.refused("DELETE", f"/conversations/{at}/followers/me")
    assert refused["code"] == "agent.not_drawn_in"  # it is in a mailbox of theirs
    ben = await company.agent("Ben Roe", sales.address)
    async with company.database.write() as db:
        await draw_in(db, at, [ben.id], how=How.MENTIONED, by=SYSTEM, now=datetime.now(UTC))
    bens = await desk.service.of(ben)
    await bens.does("DELETE", f"/conversations/{at}/followers/me")
    for one in (at, 4711):  # that it is there is not told to who has no part in it
        gone = await bens.refused("DELETE", f"/conversations/{one}/followers/me")
        assert (gone["status"], gone["code"]) == (404, "not_found")


async def test_a_person_and_how_they_hear_are_set_by_a_program(desk: Desk) -> None:
    program = desk.program
    wish = {"name": "Ann Lee", "language": "it", "zone": "Europe/Rome", "lines": "Sales"}
    assert await program.does("PUT", "/me", wish) == wish == await program.gets("/me")
    switches = {"bundles": False, "tasks": True, "sound": True, "desktop": True}
    heard = await program.does("PUT", "/me/notices", switches)
    assert {name: heard[name] for name in switches} == switches
    assert (await program.refused("PUT", "/me", {"zone": "Rome"}))["status"] == 422
