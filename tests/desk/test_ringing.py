"""What is due soon, or was not done in time, is told once to whom it concerns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.close import close
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.mark import prioritize
from inbox.desk.replan import replan
from inbox.desk.ringing import Someone, ring, whom
from inbox.desk.task import promise
from inbox.jobs.registry import kind_of
from inbox.mail.html_text import html_to_text
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from inbox.notify.day_over import day_over
from inbox.sla.deadlines import Alarm
from tests.office import Office

HOUR = timedelta(hours=1)
ALARMS = ("deadline.near", "deadline.passed", "deadline.late")


@pytest.fixture
async def desk(office: Office) -> Office:
    """Answers within four hours, at any hour; Karen leads, Bo stands above her."""
    await office.agent("bo@us.example", office.support, name="Bo Berg", role="admin")
    await office.change("update membership set notices = 'mine'")
    await sets(office, targets="first 4h next 2h", manager="karen@us.example")
    office.now = utcnow() - timedelta(minutes=2)
    return office


async def sets(office: Office, **given: str) -> None:
    async with office.database.write() as db:
        await set_mailbox(db, "support@us.example", given)


async def rings(office: Office, home: int, *, after: timedelta) -> list[tuple[str, list[str]]]:
    """What is told, and to whom, by so long after now; all of it, from the beginning."""
    async with office.database.write() as db:
        await ring(db, home, now=office.now + after)
    async with office.database.read() as db:
        rows = await db.execute(
            text(
                "select name, payload -> 'names' from event where name like 'deadline.%'"
                " order by id"
            )
        )
        return [(name.removeprefix("deadline."), names) for name, names in rows]


async def due(office: Office, home: int) -> Any:
    async with office.database.read() as db:
        row = await db.execute(
            text("select due, due_at, worked, working_since from conversation where id = :id"),
            {"id": home},
        )
        return row.one()


async def test_each_is_told_once_and_the_next_after_them(desk: Office) -> None:
    home = await desk.hears()
    assert (await due(desk, home))[:2] == ("first_answer", desk.now + 4 * HOUR)
    assert await rings(desk, home, after=2.9 * HOUR) == []
    # Nobody has it: who leads hears of it.
    near = ("near", ["Karen Miller"])
    assert await rings(desk, home, after=3 * HOUR) == [near]
    assert await rings(desk, home, after=3.5 * HOUR) == [near]
    passed = ("passed", ["Karen Miller"])
    assert await rings(desk, home, after=4 * HOUR) == [near, passed]
    late = ("late", ["Bo Berg"])
    assert await rings(desk, home, after=5 * HOUR) == [near, passed, late]
    assert await rings(desk, home, after=500 * HOUR) == [near, passed, late]


async def test_what_happens_to_what_is_late_rings_nothing_more(desk: Office) -> None:
    """Its alarm clock is set already, to what is told next, or to nothing."""
    home = await desk.hears(Subject="Boots", Message_ID="<boots@x.example>")
    clock = "select run_at from job where kind = 'timers.ring' and done_at is null"
    assert await desk.one(clock) == desk.now + 3 * HOUR
    for later, expected in ((3.5 * HOUR, desk.now + 4 * HOUR), (9 * HOUR, None)):
        await desk.change("update job set done_at = now() where kind = 'timers.ring'")
        await rings(desk, home, after=later)
        begun, desk.now = desk.now, desk.now + later
        await desk.hears(words="Hello?", In_Reply_To="<boots@x.example>")
        await desk.notes(home, "They ask again.")
        desk.now = begun
        assert [one.run_at for one in await desk.rows(clock)] == [expected] * bool(expected)


async def test_targets_that_are_others_move_the_clock_of_what_is_due_later_too(
    desk: Office,
) -> None:
    await sets(desk, targets="first 4h solution 90h")
    home = await desk.hears()
    assert await rings(desk, home, after=30 * HOUR)
    clock = "select run_at from job where kind = 'timers.ring' and done_at is null"
    assert await desk.one(clock) == desk.now + 67.5 * HOUR
    await desk.change("update mailbox set targets = 'first 4h solution 60h'")
    async with desk.database.write() as db:
        await replan(db, desk.support, 0, now=desk.now + 30 * HOUR)
    assert await desk.one(clock) < desk.now + 30 * HOUR  # what of it is to be told is asked again
    await rings(desk, home, after=30 * HOUR)
    assert await desk.one(clock) == desk.now + 45 * HOUR


@pytest.mark.parametrize(
    "change",
    [
        "time_zone = 'Mars/Phobos'",
        "time_zone = 'Europe'",
        "hours = 'mo-fr as usual'",
        "own_days = 'some day'",
        "targets = 'soon'",
        "hours = 'mo-su 0-24', holidays = '{\"2026-13-01\": \"Never\"}'",
    ],
)
async def test_settings_that_are_understood_no_more_keep_no_mail_outside(
    desk: Office, change: str
) -> None:
    """A zone that was given up, words of another version: what is left still counts."""
    targets = "" if "targets" in change else ", targets = 'first 2h'"
    await desk.change(f"update mailbox set {change}{targets}, confirm = 'all'")
    home = await desk.hears()
    due_at = desk.now + (24 if not targets else 2) * HOUR
    assert (await due(desk, home))[:2] == ("first_answer", due_at)
    assert "confirmation.sent" in await desk.events(home)


async def test_who_takes_part_no_more_is_not_told(desk: Office) -> None:
    home = await desk.hears()
    await desk.change("delete from membership where agent_id = :id", id=desk.karen)
    assert await rings(desk, home, after=4 * HOUR) == [("passed", ["Bo Berg"])]


async def test_an_answer_ends_it_and_taking_it_back_lets_it_go_on(desk: Office) -> None:
    await desk.change("update mailbox set undo_seconds = 600")
    home = await desk.hears()
    before = await due(desk, home)
    answer = await desk.replies(home, "Soon.")
    assert (await due(desk, home))[:2] == ("", None)
    assert await rings(desk, home, after=5 * HOUR) == []
    await desk.takes_back(answer)
    assert (await due(desk, home))[:2] == before[:2]


async def test_what_was_promised_is_due_then(desk: Office) -> None:
    home = await desk.hears()
    by = Actor.agent(desk.karen, "Karen Miller")
    until = desk.now + 30 * HOUR
    async with desk.database.write() as db:
        await promise(db, home, until, by=by, now=desk.now)
    assert (await due(desk, home))[:2] == ("promise", until)
    assert await rings(desk, home, after=29 * HOUR) == [("near", ["Karen Miller"])]


async def test_what_is_promised_while_the_customer_is_waited_for_is_due_as_well(
    desk: Office,
) -> None:
    home = await desk.hears()
    await desk.replies(home, "Which size? We will write by tomorrow.")
    by = Actor.agent(desk.karen, "Karen Miller")
    until = desk.now + 30 * HOUR
    async with desk.database.write() as db:
        await promise(db, home, until, by=by, now=desk.now)
    assert await desk.one("select status from conversation") == "waiting"
    assert (await due(desk, home))[:2] == ("promise", until)
    assert await desk.one("select run_at from job where kind = 'timers.ring'") <= until
    near, passed = ("near", ["Karen Miller"]), ("passed", ["Karen Miller"])
    assert await rings(desk, home, after=29 * HOUR) == [near]
    assert await rings(desk, home, after=30 * HOUR) == [near, passed]


async def test_the_clock_of_a_solution_pauses_while_we_wait(desk: Office) -> None:
    await sets(desk, targets="solution 10h")
    home = await desk.hears()
    begun = (await due(desk, home)).working_since
    await desk.replies(home, "Which size?")
    found = await due(desk, home)
    assert (found.due, found.working_since) == ("", None)
    assert found.worked == int((desk.now - begun).total_seconds())


async def test_other_targets_count_for_what_is_open(desk: Office) -> None:
    home = await desk.hears()
    await sets(desk, targets="first 4h; urgent: first 1h")
    by = Actor.agent(desk.karen, "Karen Miller")
    async with desk.database.write() as db:
        await prioritize(db, home, Urgency.URGENT, by=by, now=desk.now)
    assert (await due(desk, home)).due_at == desk.now + HOUR
    await sets(desk, targets="first 9h")
    async with desk.database.write() as db:
        assert await replan(db, desk.support, 0, now=desk.now) is None
    assert (await due(desk, home)).due_at == desk.now + 9 * HOUR
    async with desk.database.write() as db:
        await close(db, home, by=by, now=desk.now)
    assert (await due(desk, home)).due_at is None


async def test_the_mail_says_what_is_late_and_can_be_answered(desk: Office) -> None:
    desk.now -= 6 * HOUR
    home = await desk.hears()
    await desk.works()
    arrived = desk.mail_to("karen@us.example")
    assert "was to get an answer by" in arrived.text
    assert "Your answer goes to" in arrived.text
    assert "@" in arrived.mail["Reply-To"]
    assert [one for one in await desk.events(home) if one in ALARMS] == [
        "deadline.passed",
        "deadline.late",
    ]
    assert "still so" in desk.mail_to("bo@us.example").text
    assert not desk.relay.to("jane@customer.example")


async def test_what_is_urgent_wakes_those_whom_it_concerns(desk: Office) -> None:
    await desk.change("update agent set quiet = '00:00-23:59'")
    await desk.change("update membership set notices = 'none'")
    await sets(desk, critical="anna@us.example")
    home = await desk.hears()
    by = Actor.agent(desk.karen, "Karen Miller")
    async with desk.database.write() as db:
        await prioritize(db, home, Urgency.URGENT, by=by, now=desk.now)
    await desk.works()
    page = desk.mail_to("anna@us.example")
    assert "Karen Miller says that this is urgent." in page.text
    assert page.mail["Importance"] == "high"
    # Where a telephone shows the beginning of a mail, it begins with that.
    assert html_to_text(page.html).split("\n")[0] == "Karen Miller says that this is urgent."
    assert not desk.relay.to("bo@us.example")


async def test_what_came_today_and_has_no_answer_is_a_list_when_the_day_is_over(
    desk: Office,
) -> None:
    await desk.hears(Subject="Boots")
    answered = await desk.hears(Subject="Gloves", From="tom@x.example")
    await desk.replies(answered, "Soon.")
    await sets(desk, same_day="on")
    ends = desk.now + HOUR
    for since in (ends - 24 * HOUR, ends - HOUR / 2):  # of the second day nothing is left
        async with desk.database.write() as db:
            await day_over(db, desk.context, desk.support, since, ends, now=utcnow())
    await desk.works()
    (mail,) = (
        one for one in desk.relay.to("karen@us.example") if "of today" in one.mail["Subject"]
    )
    assert mail.mail["Subject"] == "Support: 1 of today unanswered"
    assert "came today has no answer." in mail.text
    assert "Boots" in mail.text
    assert "Gloves" not in mail.text


@pytest.mark.parametrize("kind", ["notify.day_over", "timers.holidays"])
async def test_a_day_that_went_wrong_is_not_the_last(desk: Office, kind: str) -> None:
    await desk.change("update mailbox set same_day = true")
    give_up = kind_of(kind).give_up
    assert give_up
    async with desk.database.write() as db:
        await give_up(db, {"mailbox_id": desk.support}, "no memory")
    planned = "select run_at from job where kind = :kind and done_at is null"
    assert await desk.one(planned, kind=kind) > utcnow()


@pytest.mark.parametrize(
    ("kind", "key"),
    [("timers.ring", "ring"), ("desk.come_back", "come_back"), ("silence.look", "silence")],
)
async def test_a_clock_that_always_fails_is_named_once_and_set_again(
    desk: Office, kind: str, key: str
) -> None:
    homes = [await desk.hears(Subject="Boots"), await desk.hears(Subject="Gloves")]
    retry = kind_of(kind).retry
    failed = "update job set done_at = now(), dead = true where id = :id"
    give_up = kind_of(kind).give_up
    assert give_up
    assert retry.pause(retry.times) is None
    for home in homes:
        await desk.change(
            "insert into job (kind, args) values"
            " (:kind, jsonb_build_object('conversation_id', cast(:home as bigint)))",
            kind=kind,
            home=home,
        )
        newest = await desk.one("select max(id) from job")
        async with desk.database.write() as db:
            await db.execute(text(failed), {"id": newest})
            await give_up(db, {"conversation_id": home}, "ValueError: a secret")
        clock = "select run_at from job where key = :key and done_at is null"
        assert await desk.one(clock, key=f"{key}:{home}") > utcnow() + 23 * HOUR
    await desk.change("update job set run_at = now() where kind = 'notify.stopped_clocks'")
    await desk.works()
    (mail,) = desk.relay.to("bo@us.example")
    assert mail.mail["Subject"] == "2 conversations are not watched"
    assert all(f"/conversations/{home}\n" in mail.text for home in homes)
    assert "secret" not in mail.text


def someone(id_: int, **about: Any) -> Someone:
    what = {"role": "agent", "dispatches": False, "is_manager": False, "is_above": False}
    return Someone(id=id_, name=str(id_), **{**what, "is_away": False, **about})


@pytest.mark.parametrize(
    ("alarm", "holder", "people", "expected"),
    [
        (Alarm.OWNER, 1, [someone(1), someone(2, role="manager")], [1]),
        (Alarm.OWNER, 1, [someone(1, is_away=True), someone(2, role="manager")], [2]),
        (Alarm.OWNER, 1, [someone(1, is_away=True), someone(2)], [1]),
        (Alarm.OWNER, None, [someone(1, dispatches=True), someone(2, role="manager")], [1]),
        (Alarm.OWNER, None, [someone(1), someone(2)], [1, 2]),
        (Alarm.OWNER, 9, [someone(1), someone(9, role="guest")], [9]),
        (
            Alarm.MANAGER,
            1,
            [someone(1), someone(2, role="manager"), someone(3, is_manager=True)],
            [3],
        ),
        (
            Alarm.MANAGER,
            1,
            [someone(2, is_manager=True, is_away=True), someone(3, is_above=True)],
            [3],
        ),
        (Alarm.MANAGER, 1, [someone(1), someone(2)], [1, 2]),
        (Alarm.NEXT, 1, [someone(1), someone(2, role="admin", is_manager=True)], []),
        (Alarm.NEXT, 1, [someone(1, role="admin"), someone(2, is_above=True)], [2]),
    ],
    ids=str,
)
def test_whom(alarm: Alarm, holder: int | None, people: list[Someone], expected: list[int]) -> None:
    assert [one.id for one in whom(alarm, people, holder)] == expected
