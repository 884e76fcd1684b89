"""A month at a desk: every deadline and alarm, against a reference that counts minutes.

Customers write, people answer, promise, close, wait and are away; hours with a break, holidays and
the night on which clocks change lie in it. The alarm clocks are the real jobs on a real database;
only the time is ours. The reference walks through the same month with a list of open minutes.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from inbox.desk import ringing
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.mark import prioritize
from inbox.desk.rest import wait
from inbox.desk.task import promise
from inbox.jobs.queue import Leased, finish
from inbox.jobs.registry import kind_of
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from tests.office import Office

BERLIN: Final = ZoneInfo("Europe/Berlin")
BEGIN: Final = datetime(2024, 10, 14, 0, 0, tzinfo=UTC)
END: Final = datetime(2024, 11, 15, 0, 0, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
HOURS: Final = "mo-th 9:00-12:30 13:30-18:00, fr 9-15"
HOLIDAYS: Final = {date(2024, 10, 31): "Reformationstag", date(2024, 11, 1): "Allerheiligen"}
# In minutes: the first answer, the next, a solution.
TARGETS: Final = {
    Urgency.NORMAL: (240, 480, 2400),
    Urgency.URGENT: (60, 480, 2400),
}
WORDS: Final = "first 4h next 8h solution 40h; urgent: first 1h"
CASES: Final = 30


def is_open(at: datetime) -> bool:
    local = at.astimezone(BERLIN)
    minute = local.hour * 60 + local.minute
    if local.date() in HOLIDAYS or local.weekday() > 4:
        return False
    if local.weekday() == 4:
        return 540 <= minute < 900
    return 540 <= minute < 750 or 810 <= minute < 1080


MINUTES: Final = [
    at
    for at in (BEGIN + MINUTE * n for n in range(int((END - BEGIN) / MINUTE) + 60 * 24 * 30))
    if is_open(at)
]


def after(since: datetime, minutes: Fraction) -> datetime:
    """When so many open minutes have passed; all that happens here happens on a whole minute."""
    at = bisect_left(MINUTES, since)
    whole = int(minutes)
    rest = minutes - whole
    if not rest:
        return MINUTES[at + whole - 1] + MINUTE if whole else MINUTES[at]
    return MINUTES[at + whole] + timedelta(seconds=float(rest * 60))


def between(start: datetime, end: datetime) -> int:
    return max(0, bisect_left(MINUTES, end) - bisect_left(MINUTES, start))


@dataclass(order=True)
class Deed:
    """What somebody does at a minute of the month."""

    at: datetime
    case: int
    what: str
    value: Any = field(default=None, compare=False)


def month(rng: random.Random) -> list[Deed]:
    """What happens, in order; of one conversation never two things within the same minute."""
    deeds = []
    for case in range(CASES):
        at = BEGIN + MINUTE * rng.randrange(60 * 24 * 24)
        deeds.append(Deed(at, case, "write"))
        for _ in range(rng.randrange(5)):
            at += MINUTE * rng.choice((7, 55, 170, 500, 1600, 4300))
            if at >= END - timedelta(days=1):
                break
            what = rng.choice(
                ("answer", "answer", "write", "promise", "close", "urgent", "wait", "take")
            )
            value = at + MINUTE * rng.choice((130, 1500, 6000)) if what == "promise" else None
            deeds.append(Deed(at, case, what, value))
    for n in range(3):  # Karen is away
        at = BEGIN + timedelta(days=4 + 9 * n, hours=7)
        deeds.append(Deed(at, CASES, "away", at + timedelta(days=2)))
    return sorted(deeds)


@dataclass
class Case:
    """A conversation as the reference sees it."""

    status: str = ""
    waiting: datetime | None = None
    answered: bool = False
    urgent: bool = False
    promised: datetime | None = None
    running: datetime | None = None
    worked: int = 0
    holder: str = ""
    told: set[tuple[str, ...]] = field(default_factory=set)

    def does(self, deed: Deed) -> None:
        """What the deed makes of it."""
        match deed.what:
            case "write":
                since = self.waiting if self.status == "open" else None
                self.status, self.waiting = "open", since or deed.at
            case "answer" | "close" | "wait":
                self.status = "closed" if deed.what == "close" else "waiting"
                self.waiting = None
                self.promised = self.promised if deed.what == "wait" else None
                if deed.what == "answer":
                    self.answered, self.holder = True, "Karen Miller"  # whoever answers has it
            case "promise":
                self.promised = deed.value
            case "urgent":
                self.urgent = True
            case "take":
                self.holder = "Karen Miller"
        self._runs(deed)

    def _runs(self, deed: Deed) -> None:
        if self.status == "open":
            self.running = self.running or deed.at
        elif self.running:
            self.worked += between(self.running, deed.at)
            self.running = None

    def deadlines(self) -> Iterator[tuple[str, datetime, datetime]]:
        """Timer, since when, until when."""
        if self.status == "closed":
            return
        first, following, solution = TARGETS[Urgency.URGENT if self.urgent else Urgency.NORMAL]
        if self.promised:
            since = self.waiting or self.promised - timedelta(days=1)
            yield "promise", min(since, self.promised), self.promised
        elif self.waiting:
            timer, target = ("next_answer", following) if self.answered else ("first_answer", first)
            yield timer, self.waiting, after(self.waiting, Fraction(target))
        if self.running:
            left = Fraction(max(0, solution - self.worked))
            yield "solution", self.running, after(self.running, left)

    def rings(self) -> Iterator[tuple[datetime, str, str, str]]:
        """When what is told of which deadline, and by what it is known."""
        for timer, since, due in self.deadlines():
            span = between(since, due)
            quarter = Fraction(span, 4)
            known = {"promise": str(due), "solution": ""}.get(timer, str(since))
            if quarter:
                yield after(since, span - quarter), "near", timer, known
            yield due, "passed", timer, known
            yield after(due, quarter), "late", timer, known


def reference(deeds: list[Deed]) -> list[tuple[int, datetime, str, str, tuple[str, ...]]]:
    """Case, time, alarm, timer and who is told, of all that is to be told in the month."""
    cases = [Case() for _ in range(CASES)]
    away: datetime = BEGIN
    told = []
    for n, deed in enumerate(deeds):
        if deed.what == "away":
            away = deed.value
        else:
            cases[deed.case].does(deed)
            away = away if deed.what == "write" else BEGIN  # whoever does something is there
        until = deeds[n + 1].at if n + 1 < len(deeds) else END
        for number, case in enumerate(cases):
            for at, alarm, timer, known in sorted(case.rings()):
                key = (alarm, timer, known)
                when = max(at, deed.at)
                if when >= until or key in case.told:
                    continue
                due = next(each[2] for each in case.deadlines() if each[0] == timer)
                if alarm == "near" and due <= when:
                    continue  # it is late already
                case.told.add(key)
                told.append((number, when, alarm, timer, whom(alarm, case, is_away=away > when)))
    return sorted(told)


def whom(alarm: str, case: Case, *, is_away: bool) -> tuple[str, ...]:
    if alarm == "late":
        return ("Bo Berg",)
    return ("Karen Miller",) if alarm == "near" and case.holder and not is_away else ("Anna Rossi",)


@pytest.fixture
async def desk(office: Office) -> Office:
    """Anna leads, Bo stands above her, Karen takes things."""
    await office.agent("bo@us.example", office.support, name="Bo Berg")
    await office.change(
        "update mailbox set confirm = 'all', time_zone = 'Europe/Berlin', hours = :hours,"
        " targets = :targets, holidays = cast(:days as jsonb)",
        hours=HOURS,
        targets=WORDS,
        days=str({str(day): name for day, name in HOLIDAYS.items()}).replace("'", '"'),
    )
    async with office.database.write() as db:
        people = {"manager": "anna@us.example", "above": "bo@us.example"}
        await set_mailbox(db, "support@us.example", people)
    return office


async def test_a_month(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    deeds = month(random.Random(7))
    homes: dict[int, int] = {}
    monkeypatch.setattr(ringing, "utcnow", lambda: desk.now)
    for deed in deeds:
        await _rings(desk, until=deed.at)
        await _does(desk, deed, homes)
    await _rings(desk, until=END)
    rows = await desk.rows(
        "select conversation_id, at, name, payload from event where name like 'deadline.%'"
    )
    cases = {home: case for case, home in homes.items()}
    found = sorted(
        (
            cases[row.conversation_id],
            row.at,
            row.name.removeprefix("deadline."),
            row.payload["timer"],
            tuple(row.payload["names"]),
        )
        for row in rows
    )
    expected = reference(deeds)
    assert found == expected
    assert {one[2] for one in found} == {"near", "passed", "late"}
    assert {one[3] for one in found} == {"first_answer", "next_answer", "solution", "promise"}
    assert not [one for one, times in Counter(found).items() if times > 1]
    confirmed = await desk.rows(
        "select conversation_id, count(*) as n from outbound where kind = 'confirmation' group by 1"
    )
    assert {row.conversation_id: row.n for row in confirmed} == dict.fromkeys(homes.values(), 1)


async def _rings(desk: Office, *, until: datetime) -> None:
    """The alarm clocks that ring before this moment, each at its time."""
    while found := await desk.rows(
        "select id, kind, args, attempts, rank, run_at from job where kind = 'timers.ring'"
        " and done_at is null and run_at < :until order by run_at, id limit 1",
        until=until,
    ):
        leased = Leased(**found[0]._mapping)
        desk.now = max(desk.now, leased.run_at)
        async with desk.database.write() as db:
            await kind_of(leased.kind).work(db, desk.context, **leased.args)
            await finish(db, leased)


async def _does(desk: Office, deed: Deed, homes: dict[int, int]) -> None:
    home = homes.get(deed.case, 0)
    desk.now = deed.at
    match deed.what:
        case "write":
            homes[deed.case] = await _writes(desk, deed, home)
        case "answer":
            desk.now -= MINUTE  # it takes a minute
            await desk.replies(home, "An answer.")
        case "away":
            until = {"until": deed.value, "karen": desk.karen}
            await desk.change("update agent set away_until = :until where id = :karen", **until)
        case _:
            await _verb(desk, deed, home)


async def _writes(desk: Office, deed: Deed, home: int) -> int:
    desk.now -= MINUTE  # the door takes a minute
    letter: dict[str, Any] = {
        "Subject": f"Matter {deed.case}",
        "From": f"c{deed.case}@customer.example",
    }
    first = await desk.rows(
        "select message_id from message where conversation_id = :home order by id limit 1",
        home=home,
    )
    if first:
        letter["In_Reply_To"] = f"<{first[0].message_id}>"
    return await desk.hears(words="Where is my parcel?", **letter)


async def _verb(desk: Office, deed: Deed, home: int) -> None:
    by = Actor.agent(desk.karen, "Karen Miller")
    async with desk.database.write() as db:
        match deed.what:
            case "promise":
                await promise(db, home, deed.value, by=by, now=deed.at)
            case "close":
                await close(db, home, by=by, now=deed.at)
            case "urgent":
                await prioritize(db, home, Urgency.URGENT, by=by, now=deed.at)
            case "wait":
                await wait(db, home, None, by=by, now=deed.at)
            case "take":
                await assign(db, home, desk.karen, by=by, now=deed.at)
