"""News reach open pages: at once, only those who may hear of them, and again after a gap."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from sqlalchemy import event

from inbox.asgi.live import Hub
from inbox.auth import sessions
from inbox.desk.answer import FirstMail, Opening
from inbox.desk.merge import merge
from inbox.desk.move import move
from inbox.desk.people import set_agent
from inbox.desk.record import record
from inbox.desk.start import start
from inbox.desk.unbegin import unbegin
from inbox.desk.undo import undo
from inbox.jobs.bell import QUIET
from inbox.model.actor import SYSTEM
from inbox.model.address import Address
from inbox.model.event import EventName
from inbox.model.heard import Heard
from inbox.store.engine import Database
from inbox.store.news import heard_by_now
from inbox.store.tables import Mailbox
from tests.http.company import Company
from tests.http.conftest import Doors
from tests.http.hearing import conversation_of, listening, next_line, signed_in
from tests.polling import ENOUGH


@pytest.fixture
async def hub(app: FastAPI) -> AsyncIterator[Hub]:
    """A hub that listens."""
    stop = asyncio.Event()
    hub: Hub = app.state.house.hub
    running = asyncio.create_task(hub.run(stop))
    async with asyncio.timeout(ENOUGH):
        await hub.ready.wait()
    yield hub
    stop.set()
    await running


async def test_news_come_at_once(hub: Hub, company: Company, support: Mailbox) -> None:
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    stream = hub.stream(ann, None)
    assert "open" in await next_line(stream)
    at = await company.receives(support)
    news = await next_line(stream)
    assert conversation_of(news) == at
    assert f"event: conversation-{at}" in news
    assert "Which size" not in news
    await stream.aclose()
    assert len(hub) == 0


async def test_news_that_nobody_rang_for_come_a_little_later(
    app: FastAPI, company: Company, support: Mailbox
) -> None:
    """As of a worker that died between its commit and its ring."""
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    hub, stop = Hub(app.state.house.database, look=0.05), asyncio.Event()
    running = asyncio.create_task(hub.run(stop))
    async with asyncio.timeout(ENOUGH):
        await hub.ready.wait()
    stream = hub.stream(ann, None)
    await next_line(stream)
    quiet = Database(company.database.url, settings=QUIET)
    at = await replace(company, database=quiet).receives(support)
    assert conversation_of(await next_line(stream)) == at
    await stream.aclose()
    await quiet.close()
    stop.set()
    await running


async def test_other_departments_hear_nothing(hub: Hub, company: Company, support: Mailbox) -> None:
    press = await company.mailbox("press@us.example", "Press")
    ben = await signed_in(company, await company.agent("Ben Okafor", press.address))
    stream = hub.stream(ben, None)
    await next_line(stream)
    await company.receives(support)
    at = await company.receives(press, text="To the press")
    assert conversation_of(await next_line(stream)) == at
    await stream.aclose()


async def test_what_was_missed_is_told_again(hub: Hub, company: Company, support: Mailbox) -> None:
    """And nothing of other departments, which is told first here if at all."""
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    await company.receives(await company.mailbox("press@us.example", "Press"), subject="Secret")
    at = await company.receives(support)
    stream = hub.stream(ann, Heard(0))
    await next_line(stream)
    assert conversation_of(await next_line(stream)) == at
    await stream.aclose()


async def _numbered(company: Company) -> Heard:
    async with company.database.read() as db:
        return await heard_by_now(db)


async def test_a_page_hears_of_nothing_that_it_was_drawn_with(
    hub: Hub, company: Company, support: Mailbox
) -> None:
    """Nor of what this process had not read itself: one ring stands for all that came together."""
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    quiet = replace(company, database=Database(company.database.url, settings=QUIET))
    old = [await quiet.receives(support, subject=f"Old {number}") for number in range(3)]
    await company.receives(support, text="This one rings.", into=old[0])
    drawn = await _numbered(company)
    meanwhile = await company.receives(support, subject="While it was under way")
    stream = hub.stream(ann, drawn)
    await next_line(stream)
    assert conversation_of(await next_line(stream)) == meanwhile
    new = await company.receives(support, subject="New")
    assert conversation_of(await next_line(stream)) == new
    await stream.aclose()
    await quiet.database.close()


async def test_what_ends_after_it_was_drawn_is_told_though_its_number_is_lower(
    hub: Hub, company: Company, support: Mailbox
) -> None:
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    slow, quick = [await company.receives(support, subject=one) for one in ("Slow", "Quick")]
    async with company.database.write() as db:
        await record(db, slow, EventName.CONVERSATION_ASSIGNED, by=SYSTEM, now=company.now)
        await company.receives(support, text="Hello?", into=quick)
        drawn = await _numbered(company)
        assert drawn.gaps
    stream = hub.stream(ann, Heard.read(str(drawn)))
    await next_line(stream)
    assert conversation_of(await next_line(stream)) == slow
    await stream.aclose()


async def test_who_was_cut_off_goes_on_with_what_was_not_told(
    hub: Hub, company: Company, support: Mailbox
) -> None:
    ann = await company.agent("Ann Berg", support.address)
    async with listening(hub, company, ann) as stream:
        await company.receives(support, subject="Told")
        told = await next_line(stream)
    last = Heard.read(told.splitlines()[0].removeprefix("id: "))
    later = [await company.receives(support, subject=f"Missed {one}") for one in range(2)]
    stream = hub.stream(await signed_in(company, ann), last)
    await next_line(stream)
    missed = [await next_line(stream), await next_line(stream)]
    assert [conversation_of(one) for one in missed] == later
    # Cut off again after the first of them, nothing is lost; after both, nothing comes twice.
    assert missed[0].startswith(f"id: {last}\n")
    assert Heard.read(missed[1].splitlines()[0].removeprefix("id: ")) == await _numbered(company)
    await stream.aclose()


async def test_who_loses_access_hears_no_more(hub: Hub, company: Company, support: Mailbox) -> None:
    agent = await company.agent("Ann Berg", support.address)
    other = await company.mailbox("press@us.example", "Press")
    ann = await signed_in(company, agent)
    stream = hub.stream(ann, None)
    await next_line(stream)
    async with company.database.write() as db:
        await set_agent(db, agent.email, {"mailboxes": other.address})
    await company.receives(support)
    assert await next_line(stream) == RIGHTS
    at = await company.receives(other, text="To the press")
    assert conversation_of(await next_line(stream)) == at
    async with company.database.write() as db:
        await sessions.end_all(db, agent.id)
    await company.receives(other, text="Again")
    with pytest.raises(StopAsyncIteration):
        await next_line(stream)


async def test_with_nobody_to_tell_the_database_is_left_alone(
    company: Company, support: Mailbox
) -> None:
    database, stop = Database(company.database.url, pool=1), asyncio.Event()
    asked: list[str] = []
    hub = Hub(database)
    running = asyncio.create_task(hub.run(stop))
    async with asyncio.timeout(ENOUGH):
        await hub.ready.wait()
        event.listen(
            database.engine.sync_engine,
            "before_cursor_execute",
            lambda *said: asked.append(said[2]),
        )
        at = await company.receives(support)
        await company.receives(support, text="And the colour?", into=at)
        async with company.database.read() as db:
            newest = (await heard_by_now(db)).last
        while hub.newest < newest:
            await asyncio.sleep(0.01)
    assert not asked
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    stream = hub.stream(ann, None)
    await next_line(stream)
    await company.receives(support, text="Hello?", into=at)
    news = await next_line(stream)
    assert news.startswith(f"id: {newest + 1}")
    assert '"event": ' + str(newest + 1) in news
    await stream.aclose()
    stop.set()
    await running
    await database.close()


async def test_a_stream_ends_when_the_process_does(
    app: FastAPI, company: Company, support: Mailbox
) -> None:
    hub: Hub = app.state.house.hub
    stop = asyncio.Event()
    running = asyncio.create_task(hub.run(stop))
    ann = await signed_in(company, await company.agent("Ann Berg", support.address))
    stream = hub.stream(ann, None)
    await next_line(stream)
    stop.set()
    await running
    with pytest.raises(StopAsyncIteration):
        await next_line(stream)


async def test_both_sides_of_a_merge_hear_of_it(
    hub: Hub, company: Company, support: Mailbox
) -> None:
    signed = await signed_in(company, await company.agent("Ann Berg", support.address))
    boots, laces = await company.receives(support), await company.receives(support, subject="B")
    stream = hub.stream(signed, None)
    assert "open" in await next_line(stream)
    async with company.database.write() as db:
        await merge(db, boots, laces, by=SYSTEM, now=company.now)
    told: set[int] = set()
    while told != {boots, laces}:
        told.add(conversation_of(await next_line(stream)))


async def test_what_is_taken_back_before_it_left_is_gone_from_open_pages(
    hub: Hub, app: FastAPI, doors: Doors, company: Company, support: Mailbox
) -> None:
    ann = await company.agent("Ann Berg", support.address)
    press = await company.mailbox("press@us.example", "Press")
    async with company.database.write() as db:
        opening = Opening(to=Address(address="kim@new.example"), subject="Your order")
        first = FirstMail(text="It is here.", opening=opening)
        mail = await start(db, support.id, first, by=ann, now=company.now, context=company.context)
    at = mail.conversation_id
    others = [
        await company.agent("Ben Okafor", support.address),
        await company.agent("Eve Stone", press.address),
    ]
    colleague = await doors.open(others[0])
    assert "Your order" in await colleague.page("/news?in=all")
    async with listening(hub, company, others[0]) as ben, listening(hub, company, others[1]) as eve:
        async with company.database.write() as db:
            await undo(db, mail.id, by=ann, now=company.now)
            assert await unbegin(db, at, by=ann)
        news = await next_line(ben)
        assert conversation_of(news) == at
        assert not news.startswith("id:")  # no event is left that a page could go on from
        theirs = await company.receives(press)
        assert conversation_of(await next_line(eve)) == theirs
    assert "Your order" not in await colleague.page("/news?in=all")
    # Whoever looked at it is told, and keeps what they typed.
    gone = await colleague.get(f"/conversations/{at}/news?after=1")
    assert gone.status_code == 404
    assert 'hx-target="#timeline"' in gone.text
    assert "#composer" not in gone.text
    part = await colleague.get(f"/conversations/{at}", headers={"hx-request": "true"})
    assert part.status_code == 404
    assert "<main" not in part.text  # it stands within the one that is there


async def test_what_went_unheard_is_asked_for_again(
    hub: Hub, company: Company, support: Mailbox
) -> None:
    """After a lost line an event is found by its number; what is gone has left none."""
    ann = await company.agent("Ann Berg", support.address)
    async with listening(hub, company, ann) as stream:
        hub.hear_gone("")
        assert await next_line(stream) == "event: changed\ndata: \n\n"


RIGHTS = "event: rights\ndata: \n\n"


async def test_a_page_hears_that_other_things_are_its_readers_to_see(
    app: FastAPI, company: Company, support: Mailbox
) -> None:
    """While nothing else happens, and also where it happened while nobody listened."""
    agent = await company.agent("Ann Berg", support.address)
    signed = await signed_in(company, agent)
    hub, stop = Hub(app.state.house.database, look=0.05), asyncio.Event()
    running = asyncio.create_task(hub.run(stop))
    async with asyncio.timeout(ENOUGH):
        await hub.ready.wait()
    async with listening(hub, company, agent) as stream:
        for change in ({"mailboxes": ""}, {"role": "manager"}):
            async with company.database.write() as db:
                await set_agent(db, agent.email, change)
            assert await next_line(stream) == RIGHTS
        later = hub.stream(await signed_in(company, agent), None, signed.viewer.rights)
        await next_line(later)
        assert await next_line(later) == RIGHTS
        async with company.database.write() as db:
            await sessions.end_all(db, agent.id)
        for one in (stream, later):
            with pytest.raises(StopAsyncIteration):
                await next_line(one)
    stop.set()
    await running


async def test_who_had_it_hears_that_it_was_moved(
    hub: Hub, doors: Doors, company: Company, support: Mailbox
) -> None:
    press = await company.mailbox("press@us.example", "Press")
    agent = await company.agent("Ann Berg", support.address)
    at = await company.receives(support, subject="Torn boots")
    ann = await doors.open(agent)
    async with listening(hub, company, agent) as stream:
        async with company.database.write() as db:
            await move(db, at, press.id, by=SYSTEM, now=company.now)
        assert conversation_of(await next_line(stream)) == at
    gone = await ann.get(f"/conversations/{at}/news?after=1")
    assert gone.status_code == 404
    assert 'hx-target="#customer"' in gone.text
    assert "Torn boots" not in gone.text
