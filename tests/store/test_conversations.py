"""Lists and counts: what a person may see, newest first, page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from inbox.desk.replan import replan
from inbox.errors import NotFound
from inbox.model.conversation import Role
from inbox.model.lists import Folder, Order
from inbox.model.viewer import Viewer
from inbox.settings import Settings
from inbox.store.conversations import (
    MOST_COUNTED,
    PAGE,
    by_ids,
    colleagues,
    get_visible,
    list_page,
)
from inbox.store.dispatch import busy, unassigned
from inbox.store.engine import Database
from inbox.store.questions import known_to
from inbox.store.tables import Agent, Conversation, ConversationMailbox, Mailbox
from inbox.store.tallies import count_folders, count_open
from tests.http.company import Company

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def company(database: Database) -> Company:
    return Company(database, Settings(), NOON)


@pytest.fixture
async def boxes(company: Company) -> tuple[Mailbox, Mailbox]:
    return (
        await company.mailbox("support@us.example", "Support"),
        await company.mailbox("press@us.example", "Press"),
    )


def viewer(*mailboxes: Mailbox, agent: int = 1) -> Viewer:
    ids = frozenset(one.id for one in mailboxes)
    return Viewer(id=agent, name="Ann", email="ann@us.example", role=Role.AGENT, mailboxes=ids)


async def test_only_ones_own_mailboxes(company: Company, boxes: tuple[Mailbox, Mailbox]) -> None:
    support, press = boxes
    mine = await company.receives(support)
    theirs = await company.receives(press, text="To the press")
    async with company.database.read() as db:
        assert [one.id for one in await list_page(db, viewer(support), Folder.ALL)] == [mine]
        assert await list_page(db, viewer(), Folder.ALL) == []
        assert await list_page(db, viewer(support), Folder.ALL, mailbox_id=press.id) == []
        assert (await count_folders(db, viewer(support)))[Folder.OPEN] == 1
        assert await count_open(db, viewer(support, press)) == {support.id: 1, press.id: 1}
        assert [one.id for one in await by_ids(db, viewer(support), [mine, theirs])] == [mine]
        with pytest.raises(NotFound):
            await get_visible(db, viewer(support), theirs)


async def test_a_letter_to_two_mailboxes_is_in_both_and_once(
    company: Company, boxes: tuple[Mailbox, Mailbox]
) -> None:
    support, press = boxes
    sales = await company.mailbox("sales@us.example", "Sales")
    at = await company.receives(support)
    async with company.database.write() as db:
        db.add(ConversationMailbox(conversation_id=at, mailbox_id=press.id))
    async with company.database.read() as db:
        for who in (viewer(press), viewer(support), viewer(support, press)):
            assert [one.id for one in await list_page(db, who, Folder.OPEN)] == [at]
            assert (await count_folders(db, who))[Folder.UNASSIGNED] == 1
            assert set((await count_open(db, who)).values()) == {1}
        elsewhere = viewer(sales)
        for order in Order:
            assert await list_page(db, elsewhere, Folder.OPEN, order=order) == []
        assert set((await count_folders(db, elsewhere)).values()) == {0}
        assert await unassigned(db, elsewhere) == []


async def test_what_is_mine_is_so_in_whichever_mailbox_i_am(
    company: Company, boxes: tuple[Mailbox, Mailbox]
) -> None:
    support, press = boxes
    ann = await company.agent("Ann Berg", support.address)
    at = [await company.receives(box, text=box.name) for box in boxes]
    async with company.database.write() as db:
        await db.execute(update(Conversation).values(assignee_id=ann.id))
    for who, mine in ((viewer(support), [at[0]]), (viewer(support, press), at[::-1])):
        mine_only = replace(who, id=ann.id)
        async with company.database.read() as db:
            listed = await list_page(db, mine_only, Folder.MINE)
            assert [one.id for one in listed] == mine
            assert (await count_folders(db, mine_only))[Folder.MINE] == len(mine)
            [own] = await busy(db, mine_only, now=NOON)
            assert (own.id, own.open) == (ann.id, len(mine))


async def test_who_works_in_a_mailbox(company: Company, boxes: tuple[Mailbox, Mailbox]) -> None:
    """Neither who is in another one, nor who has left, nor whoever works by mail alone by now."""
    support, press = boxes
    ann, left, mail = [await company.agent(name, support.address) for name in ("Ann", "Leo", "Max")]
    await company.agent("Ben", press.address)
    async with company.database.write() as db:
        await db.execute(update(Agent).where(Agent.id == left.id).values(disabled_at=NOON))
        await db.execute(update(Agent).where(Agent.id == mail.id).values(role=Role.COLLEAGUE))
    async with company.database.read() as db:
        assert [one.id for one in await colleagues(db, support.id)] == [ann.id]
        assert [one.id for one in await busy(db, viewer(support), now=NOON)] == [ann.id]
        known = await known_to(db, viewer(support), now=NOON)
        assert [one.id for one in known.mailboxes] == [support.id]


async def test_page_by_page_nothing_twice_nothing_lost(
    company: Company, boxes: tuple[Mailbox, Mailbox]
) -> None:
    for n in range(PAGE + 20):
        await company.receives(boxes[n % 2], text=f"{n}", ago=timedelta(minutes=n // 3))
    who = viewer(*boxes)
    async with company.database.read() as db:
        first = await list_page(db, who, Folder.OPEN)
        assert len(first) == PAGE + 1
        last = first[PAGE - 1]
        rest = await list_page(db, who, Folder.OPEN, after=(last.last_message_at, last.id))
    seen = [one.id for one in (*first[:PAGE], *rest)]
    assert len(seen) == len(set(seen)) == PAGE + 20
    times = [one.last_message_at for one in (*first[:PAGE], *rest)]
    assert times == sorted(times, reverse=True)


async def test_counting_ends(company: Company, boxes: tuple[Mailbox, Mailbox]) -> None:
    first = await company.receives(boxes[0])
    async with company.database.write() as db:
        home = await db.get_one(Conversation, first)
        copied = {c.key: getattr(home, c.key) for c in Conversation.__table__.c if c.key != "id"}
        db.add_all(Conversation(**copied) for _ in range(MOST_COUNTED + 10))
    async with company.database.read() as db:
        found = await count_folders(db, viewer(*boxes))
    assert found[Folder.OPEN] == MOST_COUNTED + 1


async def test_what_was_merged_is_no_longer_there(
    company: Company, boxes: tuple[Mailbox, Mailbox]
) -> None:
    kept = await company.receives(boxes[0])
    gone = await company.receives(boxes[0], text="The same again")
    async with company.database.write() as db:
        await db.execute(
            update(Conversation).where(Conversation.id == gone).values(merged_into=kept)
        )
    async with company.database.read() as db:
        rows = await list_page(db, viewer(*boxes), Folder.ALL)
    assert [one.id for one in rows] == [kept]


async def test_who_waits_longest_and_what_is_due_soonest_stand_first(
    company: Company, boxes: tuple[Mailbox, Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page, across mailboxes that promise different hours, and never of another's."""
    monkeypatch.setattr("inbox.store.conversations.PAGE", 3)
    support, press = boxes
    other = await company.mailbox("else@us.example", "Else")
    ann = await company.agent("Ann Berg", support.address, press.address)
    at = [
        await company.receives(boxes[n % 2], text=f"{n}", ago=timedelta(hours=n)) for n in range(8)
    ]
    await company.receives(other, text="not for them", ago=timedelta(days=9))
    shared = await company.receives(other, text="for them too", ago=timedelta(hours=20))
    async with company.database.write() as db:
        db.add(ConversationMailbox(conversation_id=shared, mailbox_id=press.id))
        slow = {"targets": "first 100h"}
        await db.execute(update(Mailbox).where(Mailbox.id == press.id).values(slow))
        promised = {"promised_until": NOON + timedelta(hours=1), "waiting_since": None}
        await db.execute(update(Conversation).where(Conversation.id == at[1]).values(promised))
        mine = Conversation.id.in_((at[1], at[2], at[4]))
        await db.execute(update(Conversation).where(mine).values(assignee_id=ann.id))
        await replan(db, press.id, 0, now=NOON)
    who = replace(viewer(support, press), id=ann.id)
    by_due = [at[1], shared, at[6], at[4], at[2], at[0], at[7], at[5], at[3]]
    by_wait = [shared, *at[:0:-1], at[0]]
    async with company.database.read() as db:
        for order, all_open in ((Order.WAITING, by_wait), (Order.DUE, by_due)):
            for folder, has in (
                (Folder.OPEN, lambda _: True),
                (Folder.MINE, lambda one: one in (at[1], at[2], at[4])),
                (Folder.UNASSIGNED, lambda one: one not in (at[1], at[2], at[4])),
            ):
                found: list[int] = []
                after: tuple[datetime, int] | None = None
                while rows := await list_page(db, who, folder, order=order, after=after):
                    found += [one.id for one in rows[:3]]
                    last = rows[:3][-1].at
                    assert last is not None
                    after = (last, found[-1])
                assert found == [one for one in all_open if has(one)], (order, folder)
        closed = await list_page(db, who, Folder.CLOSED, order=Order.DUE)
    assert closed == []
