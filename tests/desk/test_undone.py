"""Whatever of a conversation's order can be undone is undone: no row of any table says else."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select, text

from inbox.desk.assign import assign
from inbox.desk.classify import classify
from inbox.desk.close import close
from inbox.desk.follow import follow, unfollow
from inbox.desk.mark import prioritize, tag
from inbox.desk.merge import merge
from inbox.desk.move import move
from inbox.desk.reopen import reopen
from inbox.desk.rest import snooze, wait
from inbox.desk.spam import mark_spam, not_spam
from inbox.desk.takeback import CORRECTIONS, take_back
from inbox.desk.task import promise
from inbox.model.closing import Closing
from inbox.model.event import EventName
from inbox.model.marks import Urgency
from inbox.store.engine import Writer
from inbox.store.tables import Event, Row
from tests.desk.correcting import karen
from tests.office import Office

# What happened stays told, who is waked for nothing finds nothing, and ids that a merge joined
# stay apart.
_TOLD: Final = {"event", "job", "webhook_delivery", "barred"}
_ALL: Final = " union all ".join(
    f"select '{one.name}' as of, to_jsonb(one) as row from \"{one.name}\" one"
    for one in Row.metadata.sorted_tables
    if one.name not in _TOLD
)
# The hours worked go on, and why a mail is where it is says that it was parted.
_MOVES_ON: Final = ("last_event_id", "worked", "working_since", "match")


@dataclass
class Place:
    """A conversation within a transaction, and what is done to it, a minute apart."""

    office: Office
    db: Writer
    home: int
    other: int
    sales: int
    yuki: int

    async def does(self, verb: Callable[..., Awaitable[Any]], *what: Any, **how: Any) -> None:
        self.office.now += timedelta(minutes=1)
        at = how.pop("at", self.home)
        await verb(self.db, at, *what, **how, by=karen(self.office), now=self.office.now)
        await self.db.flush()

    def ahead(self, **span: int) -> datetime:
        return self.office.now + timedelta(**span)

    async def undoes(self, event: int) -> None:
        secret = self.office.context.secret
        by = karen(self.office)
        await take_back(self.db, event, by=by, now=self.office.now, secret=secret)
        await self.db.flush()
        self.db.expire_all()

    async def newest(self) -> tuple[int, str]:
        last = select(func.max(Event.id)).scalar_subquery()
        [found] = await self.db.execute(select(Event.id, Event.name).where(Event.id == last))
        return found.id, found.name

    async def rows(self) -> set[str]:
        found = await self.db.execute(text(f"select of, row from ({_ALL}) everything"))
        return {
            f"{one.of} {json.dumps({k: v for k, v in one.row.items() if k not in _MOVES_ON})}"
            for one in found
        }


Step = Callable[[Place], Awaitable[None]]
STANDS: Final[dict[str, list[Step]]] = {
    "open": [
        lambda at: at.does(assign, at.office.anna),
        lambda at: at.does(promise, at.ahead(hours=3)),
        lambda at: at.does(tag, add=["vip", "boots"]),
        lambda at: at.does(prioritize, Urgency.HIGH),
        lambda at: at.does(classify, Closing(category="Returns", solution="A new pair")),
        lambda at: at.does(follow, at.office.karen),
    ],
    "waiting": [lambda at: at.does(wait, at.ahead(days=3))],
    "snoozed": [lambda at: at.does(snooze, at.ahead(days=2))],
    "closed": [lambda at: at.does(close)],
    "spam": [lambda at: at.does(close), lambda at: at.does(mark_spam)],
}
TURNS: Final[list[Step]] = [
    lambda at: at.does(close),
    lambda at: at.does(reopen),
    lambda at: at.does(wait, at.ahead(days=4)),
    lambda at: at.does(wait, None),
    lambda at: at.does(snooze, at.ahead(days=5)),
    lambda at: at.does(mark_spam),
    lambda at: at.does(not_spam),
    lambda at: at.does(merge, at.other),
]
MARKS: Final[list[Step]] = [
    lambda at: at.does(assign, at.office.karen),
    lambda at: at.does(assign, at.yuki),
    lambda at: at.does(assign, None),
    lambda at: at.does(move, at.sales),
    lambda at: at.does(tag, add=["new"], remove=["vip"]),
    lambda at: at.does(prioritize, Urgency.URGENT),
    lambda at: at.does(promise, at.ahead(days=6)),
    lambda at: at.does(promise, None),
    lambda at: at.does(classify, Closing(category="Else")),
    lambda at: at.does(follow, at.office.anna),
    lambda at: at.does(unfollow, at.office.karen),
]
# Which mails go where, and notes about customers, have tests of their own.
ELSEWHERE: Final = {
    EventName.CONVERSATION_SPLIT,
    EventName.CONVERSATION_UNMERGED,
    EventName.MESSAGE_MOVED,
    EventName.CUSTOMER_NOTED,
    EventName.CUSTOMER_UNNOTED,
}


async def test_nothing_is_left_of_what_is_undone(office: Office) -> None:
    home, other = (
        await office.hears(),
        await office.hears(From="tom@garden.example", Subject="Lamp"),
    )
    sales = await office.mailbox("sales@us.example")
    yuki = await office.agent("yuki@us.example", role="colleague")
    undone: set[str] = set()
    for stands, steps in STANDS.items():
        for number, step in enumerate([*TURNS, *(MARKS if stands == "open" else ())]):
            async with office.database.write() as db, db.begin_nested() as tried:
                at = Place(office, db, home, other, sales, yuki)
                for one in (_has_marks, *steps):
                    await one(at)
                before, last = await at.rows(), await at.newest()
                if not (stands == "spam" and 2 <= number <= 4):  # that is refused
                    await step(at)
                event = await at.newest()
                if event != last:
                    await at.undoes(event[0])
                    undone.add(event[1])
                assert not await at.rows() ^ before, (stands, event)
                await tried.rollback()
    assert undone == CORRECTIONS - ELSEWHERE


async def _has_marks(at: Place) -> None:
    await at.does(tag, add=["lamp", "vip"], at=at.other)
    await at.does(prioritize, Urgency.URGENT, at=at.other)
