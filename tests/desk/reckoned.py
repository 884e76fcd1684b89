"""A month at a desk as somebody would reckon it with a calendar and a pencil.

Open minutes stand in a list, and what follows is found by looking for what comes next. Nothing here
is of the program.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Any, Final
from zoneinfo import ZoneInfo

BERLIN: Final = ZoneInfo("Europe/Berlin")
BEGIN: Final = datetime(2024, 10, 14, 0, 0, tzinfo=UTC)
END: Final = datetime(2024, 11, 15, 0, 0, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
HOLIDAYS: Final = {date(2024, 10, 31): "Reformationstag", date(2024, 11, 1): "Allerheiligen"}
# In minutes: the first answer, the next, a solution.
TARGETS: Final = {False: (240, 480, 2400), True: (60, 480, 2400)}  # by whether it is urgent
REMIND, CLOSE = 2, 3  # open days
KAREN, ANNA, BO = "Karen Miller", "Anna Rossi", "Bo Berg"


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
    for at in (BEGIN - DAY + MINUTE * n for n in range(int((END - BEGIN) / MINUTE) + 1440 * 60))
    if is_open(at)
]
DAYS: Final = sorted({at.astimezone(BERLIN).date() for at in MINUTES})


def passed(at: datetime) -> Fraction:
    """How many open minutes there were before."""
    whole = at.replace(second=0, microsecond=0)
    place = bisect_left(MINUTES, whole)
    within = place < len(MINUTES) and MINUTES[place] == whole
    return place + (Fraction((at - whole) / timedelta(microseconds=1)) / 60_000_000) * within


def between(start: datetime, end: datetime) -> Fraction:
    return max(Fraction(0), passed(end) - passed(start))


def after(since: datetime, minutes: Fraction) -> datetime:
    """When so many open minutes have passed; the end of a day is of that day."""
    if not minutes:
        return since if is_open(since) else MINUTES[bisect_left(MINUTES, since)]
    total = passed(since) + minutes
    whole = ceil(total) - 1
    return MINUTES[whole] + timedelta(microseconds=round(float((total - whole) * 60_000_000)))


def days_after(since: datetime, days: int) -> datetime:
    """The same time of day so many open days later, or when somebody is there after it."""
    local = since.astimezone(BERLIN)
    day = [one for one in DAYS if one > local.date()][days - 1]
    there = datetime.combine(day, local.time(), BERLIN).astimezone(UTC)
    return after(there, Fraction(0))


def expected(urgent: bool, waiting: Sequence[datetime], since: datetime) -> datetime:
    """By when an answer comes: the target, or twice what half of three or more have waited."""
    target = Fraction(TARGETS[urgent][0])
    queued = 2 * between(sorted(waiting)[len(waiting) // 2], since) if len(waiting) > 2 else 0
    at = after(since, max(target, min(Fraction(queued), 10 * target)))
    later = at
    while later.minute % 15 or later.second or later.microsecond:
        later = later.replace(second=0, microsecond=0) + MINUTE
    return later if is_open(later - MINUTE) else at


@dataclass(order=True)
class Deed:
    """What somebody does at a minute of the month."""

    at: datetime
    case: int
    what: str
    value: Any = field(default=None, compare=False)


Happening = tuple[datetime, str, Any]


@dataclass
class Case:
    """A conversation, as it stands."""

    number: int
    mailbox: str = "support"
    status: str = ""
    waiting: datetime | None = None
    returns: datetime | None = None
    rests_since: datetime = BEGIN  # somebody of ours said that it waits
    wrote: datetime = BEGIN  # the customer, last
    said: datetime | None = None  # by us, last
    reminded: datetime | None = None  # of that
    told_closed: datetime | None = None  # of which answer it was told
    closing: datetime | None = None  # one of us has closed it then, which is to be told
    until: datetime | None = None  # by when the confirmation says
    corrects: datetime | None = None  # when that is looked at again
    urgent: bool = False
    promised: datetime | None = None
    running: datetime | None = None
    worked: Fraction = Fraction(0)
    holder: str = ""
    moves: int = 0
    told: set[tuple[str, ...]] = field(default_factory=set)

    def does(self, deed: Deed) -> None:
        """What a deed makes of it."""
        if deed.what in ("write", "thanks"):
            self._hears(deed)
        elif deed.what in ("answer", "close", "wait", "snooze"):
            self._turns(deed)
        elif deed.what == "promise":
            self.promised = deed.value
        elif deed.what == "move":
            self.mailbox = "sales" if self.mailbox == "support" else "support"
            self.moves += 1
            self.holder = ANNA if self.moves > 2 else self.holder
        self.urgent = self.urgent or deed.what == "urgent"
        self.holder = KAREN if deed.what == "take" else self.holder
        self.runs(deed.at)

    def _hears(self, deed: Deed) -> None:
        self.wrote = deed.at
        if deed.what == "write" or self.status != "closed":
            since = self.waiting if self.status in ("open", "snoozed") else None
            self.status, self.waiting, self.returns = "open", since or deed.at, None

    def _turns(self, deed: Deed) -> None:
        match deed.what:
            case "answer":
                # Whoever said until when it waits has said so of the answer as well.
                self.returns = self.returns if self.status == "waiting" else None
                self.status, self.waiting, self.promised = "waiting", None, None
                self.said, self.reminded, self.holder = deed.at, None, self.holder or KAREN
            case "close" if self.status != "closed":
                self.status, self.waiting, self.returns, self.promised = "closed", None, None, None
                self.closing = deed.at
            case "wait" if (self.status, self.returns) != ("waiting", deed.value):
                self.status, self.waiting, self.returns = "waiting", None, deed.value
                self.rests_since = deed.at
            case "snooze":
                self.status, self.returns = "snoozed", deed.value

    def runs(self, at: datetime) -> None:
        """The clock of its solution, which pauses while it is not our turn."""
        if self.status in ("open", "snoozed"):
            self.running = self.running or at
        elif self.running:
            self.worked += between(self.running, at)
            self.running = None

    def deadlines(self) -> Iterator[tuple[str, datetime, datetime]]:
        """Timer, since when, until when."""
        if self.status == "closed":
            return
        first, following, solution = TARGETS[self.urgent]
        if self.promised:
            since = self.waiting or self.promised - DAY
            yield "promise", min(since, self.promised), self.promised
        elif self.waiting:
            timer, target = ("next_answer", following) if self.said else ("first_answer", first)
            yield timer, self.waiting, after(self.waiting, Fraction(target))
        if self.running:
            left = max(Fraction(0), solution - self.worked)
            yield "solution", self.running, after(self.running, left)

    def happens(self, now: datetime) -> Iterator[Happening]:
        """What is to happen with it from now on, if nobody does anything."""
        yield from self._rings(now)
        if self.returns and self.status in ("waiting", "snoozed"):
            yield self.returns, "return", None
        if self.said and self._is_silent:
            if self.reminded:
                yield days_after(max(self.reminded, self.rests_since), CLOSE), "silent", None
            else:
                yield days_after(max(self.said, self.rests_since), REMIND), "reminder", None
        if self.closing:
            yield self.closing + timedelta(seconds=30), "closed", None
        if self.corrects:
            yield self.corrects, "correction", None

    def _rings(self, now: datetime) -> Iterator[Happening]:
        for timer, since, due in self.deadlines():
            quarter = between(since, due) / 4
            known = {"promise": str(due), "solution": ""}.get(timer, str(since))
            near = after(since, 3 * quarter) if quarter else due
            for alarm, at in (("near", near), ("passed", due), ("late", after(due, quarter))):
                is_over = alarm == "near" and due <= max(at, now)
                if (alarm, timer, known) not in self.told and not is_over:
                    yield at, "ring", (alarm, timer, known)

    @property
    def _is_silent(self) -> bool:
        is_theirs = self.status == "waiting" and not self.returns and not self.promised
        return is_theirs and self.said is not None and self.wrote < self.said


@dataclass
class Month:
    """Everything that is to be told, by whom it is told."""

    deeds: Sequence[Deed]
    cases: dict[int, Case] = field(default_factory=dict)
    now: datetime = BEGIN
    away: datetime = BEGIN  # until then Karen is
    rings: list[tuple[Any, ...]] = field(default_factory=list)
    mails: list[tuple[int, datetime, str]] = field(default_factory=list)  # to customers
    untils: list[tuple[int, datetime]] = field(default_factory=list)  # that these say
    returned: list[tuple[int, datetime]] = field(default_factory=list)
    lists: list[tuple[datetime, tuple[int, ...]]] = field(default_factory=list)
    given: list[tuple[int, datetime]] = field(default_factory=list)  # to who decides

    def plays(self) -> None:
        """From beginning to end."""
        evenings = [MINUTES[n] + MINUTE for n in range(len(MINUTES) - 1) if _is_last_of_day(n)]
        steps: list[Deed | datetime] = sorted(
            [*self.deeds, *(at for at in evenings if BEGIN < at < END)],
            key=lambda one: (one, 0) if isinstance(one, datetime) else (one.at, 1),
        )
        for step in steps:
            at = step if isinstance(step, datetime) else step.at
            self._happens(until=at)
            self.now = at
            self._lists(at) if isinstance(step, datetime) else self._does(step)
        self._happens(until=END)

    def _happens(self, *, until: datetime) -> None:
        while found := [
            (max(at, self.now), case.number, what, about)
            for case in self.cases.values()
            for at, what, about in case.happens(self.now)
            if max(at, self.now) < until
        ]:
            self.now, number, what, about = min(found, key=lambda one: one[:2])
            self._takes_place(self.cases[number], what, about)

    def _does(self, deed: Deed) -> None:
        if deed.what == "away":
            self.away = deed.value
            return
        case = self.cases.setdefault(deed.case, Case(deed.case))
        before = case.holder
        if not case.status:
            case.until = expected(case.urgent, self._waiting("support"), deed.at)
            case.corrects = case.until - min(60 * MINUTE, (case.until - deed.at) / 4)
            self._mails(case, "confirmation", case.until)
        case.does(deed)
        if deed.what not in ("write", "thanks"):
            self.away = BEGIN  # whoever does something is there
        if deed.what == "answer":
            self._mails(case, "reply")
        if deed.what == "move" and case.moves > 2 and before != ANNA:
            self.given.append((case.number, deed.at))

    def _takes_place(self, case: Case, what: str, about: Any) -> None:
        match what:
            case "ring":
                case.told.add(about)
                self.rings.append((case.number, self.now, *about[:2], self._whom(case, about[0])))
            case "return":
                case.status, case.returns = "open", None
                case.runs(self.now)
                self.returned.append((case.number, self.now))
            case "reminder":
                case.reminded = self.now
                self._mails(case, "reminder")
            case "silent":
                case.status = "closed"
                self._tells_closed(case)
            case "closed":
                if case.status == "closed" and case.said:
                    self._tells_closed(case)
                case.closing = None
            case "correction":
                self._corrects(case)

    def _tells_closed(self, case: Case) -> None:
        if case.told_closed != case.said:  # once for each of our answers
            self._mails(case, "closed")
        case.told_closed = case.said

    def _corrects(self, case: Case) -> None:
        case.corrects = None
        if case.said or case.status not in ("open", "snoozed") or not case.until:
            return
        until = expected(case.urgent, self._waiting(case.mailbox, but=case), self.now)
        if case.promised and case.promised > self.now:
            until = case.promised
        if until > case.until:
            self._mails(case, "correction", until)

    def _mails(self, case: Case, kind: str, until: datetime | None = None) -> None:
        self.mails.append((case.number, self.now, kind))
        if until:
            self.untils.append((case.number, until))

    def _waiting(self, mailbox: str, but: Case | None = None) -> list[datetime]:
        return [
            case.waiting
            for case in self.cases.values()
            if case.waiting and case.status == "open" and case.mailbox == mailbox and case != but
        ]

    def _lists(self, end: datetime) -> None:
        since = self.lists_since
        found = tuple(
            case.number
            for case in self.cases.values()
            if case.status == "open" and case.mailbox == "support"
            if case.waiting and since < case.waiting <= end
        )
        if found:
            self.lists.append((end, tuple(sorted(found))))
        self.lists_since = end

    lists_since: datetime = BEGIN - DAY

    def _whom(self, case: Case, alarm: str) -> tuple[str, ...]:
        if alarm == "late":
            return (BO,)
        is_there = case.holder == ANNA or (case.holder and self.away <= self.now)
        return (case.holder,) if alarm == "near" and is_there else (ANNA,)


def _is_last_of_day(n: int) -> bool:
    return MINUTES[n].astimezone(BERLIN).date() != MINUTES[n + 1].astimezone(BERLIN).date()
