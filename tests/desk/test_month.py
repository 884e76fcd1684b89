"""A month at a desk: all that is told, to whom and when, against what is reckoned by hand.

Customers write, give thanks or say nothing more; people answer, promise, put off, move, close and
are away; hours with a break, holidays and the night on which clocks change lie in it. The alarm
clocks are the real jobs on a real database, and the mails arrive; only the time is ours.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import text

from inbox.clock import utcnow
from inbox.desk.assign import assign
from inbox.desk.close import close
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.mark import prioritize
from inbox.desk.move import move
from inbox.desk.rest import snooze, wait
from inbox.desk.task import promise
from inbox.jobs.queue import Leased, finish
from inbox.jobs.registry import kind_of
from inbox.model.actor import Actor
from inbox.model.marks import Urgency
from tests.desk.reckoned import BEGIN, CLOSE, DAY, END, HOLIDAYS, MINUTE, REMIND, Deed, Month
from tests.office import Office

HOURS: Final = "mo-th 9:00-12:30 13:30-18:00, fr 9-15"
WORDS: Final = "first 4h next 8h solution 40h; urgent: first 1h"
CASES: Final = 18
DEEDS: Final = (
    *("answer", "answer", "answer", "write", "thanks", "promise", "close", "close", "urgent"),
    *("wait", "snooze", "take", "move", "move", "move"),
)
TO_CUSTOMERS: Final = ("confirmation", "correction", "reply", "reminder", "closed")
# A job that was asked for without a time is due at once: by the clock of the database.
_AT_ONCE: Final = "update job set run_at = :now where done_at is null and run_at > :real"
_NEXT: Final = """
update job set leased_until = now() + interval '1 hour', attempts = attempts + 1
 where id = (select id from job where done_at is null and run_at < :until
              order by run_at, id limit 1)
returning id, kind, args, attempts, rank, run_at
"""
_OTHER: Final = """
select id from mailbox where id <> (select mailbox_id from conversation where id = :home)
"""
_REAL: Final = BEGIN + timedelta(days=365)


def month(rng: random.Random) -> list[Deed]:
    """What people do, in order; with one conversation never two things within the same minute."""
    deeds = []
    for case in range(CASES):
        at = BEGIN + MINUTE * rng.randrange(60 * 24 * 24)
        deeds.append(Deed(at, case, "write"))
        for _ in range(rng.randrange(7)):
            at += MINUTE * rng.choice((7, 55, 170, 500, 1600, 4300))
            if at >= END - DAY:
                break
            what = rng.choice(DEEDS)
            later = at + MINUTE * rng.choice((130, 1500, 6000))
            value = {"promise": later, "snooze": later, "wait": rng.choice((None, later))}
            deeds.append(Deed(at, case, what, value.get(what)))
    for n in range(3):  # Karen is away
        at = BEGIN + timedelta(days=4 + 9 * n, hours=7)
        deeds.append(Deed(at, CASES, "away", at + timedelta(days=2)))
    return sorted(deeds)


@pytest.fixture
async def desk(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Anna leads, Bo stands above her, Karen takes things; sales has the same people and hours."""
    here = [one for name, one in sys.modules.items() if name.startswith("inbox.")]
    for module in here:
        if getattr(module, "utcnow", None) is utcnow:
            monkeypatch.setattr(module, "utcnow", lambda: office.now)
    office.now = BEGIN
    await office.agent("bo@us.example", office.support, name="Bo Berg")
    await office.mailbox("sales@us.example", undo_seconds=0)
    await office.change("update agent set role = 'manager' where id = :anna", anna=office.anna)
    await office.change(
        "insert into membership (agent_id, mailbox_id)"
        " select agent.id, mailbox.id from agent, mailbox where mailbox.address like 'sales@%'"
    )
    await office.change("update membership set notices = 'mine'")
    await office.change(
        "update mailbox set confirm = 'all', time_zone = 'Europe/Berlin', hours = :hours,"
        " targets = :targets, holidays = cast(:days as jsonb), remind_days = :remind,"
        " close_days = :close, tells_closing = true",
        hours=HOURS,
        targets=WORDS,
        days=str({str(day): name for day, name in HOLIDAYS.items()}).replace("'", '"'),
        remind=REMIND,
        close=CLOSE,
    )
    async with office.database.write() as db:
        people = {"manager": "anna@us.example", "above": "bo@us.example"}
        await set_mailbox(db, "sales@us.example", people)
        await set_mailbox(db, "support@us.example", people | {"same_day": "on"})
    return office


async def test_a_month(desk: Office) -> None:
    deeds = month(random.Random(15))
    reckoned = Month(deeds)
    reckoned.plays()
    homes: dict[int, int] = {}
    for deed in deeds:
        await _goes_on(desk, until=deed.at)
        await _does(desk, deed, homes)
    await _goes_on(desk, until=END)
    cases = {home: case for case, home in homes.items()}
    assert await _rung(desk, cases) == sorted(reckoned.rings)
    assert await _happened(desk, "conversation.returned", cases) == sorted(reckoned.returned)
    given = await _happened(desk, "conversation.assigned", cases, "payload ? 'moves'")
    assert given == sorted(reckoned.given)
    mails = await _arrived(desk)
    assert sorted(mails) == sorted(reckoned.mails)
    assert await _untils(desk, cases) == sorted(reckoned.untils)
    assert await _told(desk) == Counter(
        (case, at, name) for case, at, _, _, names in reckoned.rings for name in names
    )
    assert _lists(desk) == reckoned.lists
    assert {kind for _, _, kind in mails} == set(TO_CUSTOMERS)
    assert {one[2] for one in reckoned.rings} == {"near", "passed", "late"}
    assert len({one[3] for one in reckoned.rings}) == 4
    assert reckoned.returned
    assert reckoned.given
    assert reckoned.lists


async def _goes_on(desk: Office, *, until: datetime) -> None:
    """What is due before this moment, each at its time."""
    while True:
        async with desk.database.write() as db:
            await db.execute(text(_AT_ONCE), {"now": desk.now, "real": _REAL})
            found = (await db.execute(text(_NEXT), {"until": until})).all()
        if not found:
            return
        leased = Leased(**found[0]._mapping)
        desk.now = max(desk.now, leased.run_at)
        kind, args = kind_of(leased.kind), leased.args
        if kind.gathers:
            args = {f"{kind.gathers}s": [args[kind.gathers]]}
        async with desk.database.write() as db:
            await kind.work(db, desk.context, **args)
            await finish(db, leased)


async def _does(desk: Office, deed: Deed, homes: dict[int, int]) -> None:
    home = homes.get(deed.case, 0)
    desk.now = deed.at
    match deed.what:
        case "write" | "thanks":
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
    words = "Thank you!" if deed.what == "thanks" else "Where is my parcel?"
    return await desk.hears(words=words, **letter)


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
                await wait(db, home, deed.value, by=by, now=deed.at)
            case "snooze":
                await snooze(db, home, deed.value, by=by, now=deed.at)
            case "take":
                await assign(db, home, desk.karen, by=by, now=deed.at)
            case "move":
                await move(db, home, await desk.one(_OTHER, home=home), by=by, now=deed.at)


async def _rung(desk: Office, cases: dict[int, int]) -> list[tuple[Any, ...]]:
    rows = await desk.rows(
        "select conversation_id, at, name, payload from event where name like 'deadline.%'"
    )
    return sorted(
        (
            cases[row.conversation_id],
            row.at,
            row.name.removeprefix("deadline."),
            row.payload["timer"],
            tuple(row.payload["names"]),
        )
        for row in rows
    )


async def _happened(
    desk: Office, name: str, cases: dict[int, int], which: str = "true"
) -> list[tuple[int, datetime]]:
    rows = await desk.rows(
        f"select conversation_id, at from event where name = :name and {which}",
        name=name,
    )
    return sorted((cases[row.conversation_id], row.at) for row in rows)


async def _arrived(desk: Office) -> list[tuple[int, datetime, str]]:
    """To customers: whose, when it was asked for, what it is."""
    rows = await desk.rows("select header_id, kind, created_at from outbound")
    known = {f"<{row.header_id}>": row for row in rows}
    found = []
    for one in desk.relay.arrived:
        if number := re.match(r"c(\d+)@customer", one.recipients[0]):
            row = known[str(one.mail["Message-ID"])]
            found.append((int(number[1]), row.created_at, row.kind))
    return found


async def _untils(desk: Office, cases: dict[int, int]) -> list[tuple[int, datetime]]:
    rows = await desk.rows(
        "select conversation_id, payload ->> 'until' as until from event"
        " where name in ('confirmation.sent', 'confirmation.corrected')"
    )
    return sorted((cases[row.conversation_id], datetime.fromisoformat(row.until)) for row in rows)


async def _told(desk: Office) -> Counter[tuple[int, datetime, str]]:
    """Notices of what is due: of which conversation, when, to whom; each as often as it arrived."""
    rows = await desk.rows(
        "select header_id, o.created_at, c.subject, agent.name, draft"
        "  from outbound o join agent on agent.id = o.agent_id"
        "  join conversation c on c.id = o.conversation_id where o.kind = 'notice'"
    )
    arrived = Counter(str(one.mail["Message-ID"]) for one in desk.relay.arrived)
    found: Counter[tuple[int, datetime, str]] = Counter()
    for row in rows:
        case = int(row.subject.removeprefix("Matter "))
        about = [row.draft, *row.draft.get("then", ())]
        for _ in [one for one in about if one.get("about") in ("near", "passed", "late")]:
            found[case, row.created_at, row.name] += arrived[f"<{row.header_id}>"]
    return found


def _lists(desk: Office) -> list[tuple[datetime, tuple[int, ...]]]:
    """Of what came on a day and has no answer: when, and what is in it."""
    mails = [one for one in desk.relay.to("anna@us.example") if "of today" in one.mail["Subject"]]
    return sorted(
        (
            one.mail["Date"].datetime.astimezone(UTC),
            tuple(sorted(map(int, re.findall(r"^\d+\. Matter (\d+)$", one.text, re.M)))),
        )
        for one in mails
    )
