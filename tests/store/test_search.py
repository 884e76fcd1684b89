"""What is found, by whom, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, text, update

from inbox.auth.viewers import viewer_of_agent
from inbox.desk.departments import add_speaker
from inbox.desk.merge import merge
from inbox.model.actor import SYSTEM
from inbox.search.asked import marks
from inbox.search.marking import snippet
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.find import find_conversations
from inbox.store.followers import add_followers
from inbox.store.found import Place, Results
from inbox.store.questions import question_of
from inbox.store.search import search
from inbox.store.tables import Agent, Conversation, ListMember, Mailbox, Message, MessageWords
from inbox.store.words import begin_again, left
from tests.http.company import Company
from tests.indexed import indexes

HOUR = timedelta(hours=1)


@dataclass
class Looking:
    """Two departments; Ann is in one of them, Bob in both."""

    company: Company
    support: Mailbox
    billing: Mailbox
    ann: Agent
    bob: Agent

    async def hears(self, text: str, mailbox: Mailbox | None = None, **mail: Any) -> int:
        return await self.company.receives(mailbox or self.support, text=text, **mail)

    async def results(
        self, typed: str, who: Agent | None = None, after: Place | None = None, **more: Any
    ) -> Results:
        await indexes(self.company.database)
        async with self.company.database.read() as db:
            viewer = await viewer_of_agent(db, (who or self.ann).id)
            question = await question_of(db, viewer, typed, now=self.company.now)
            return await search(db, viewer, question, now=self.company.now, after=after, **more)

    async def finds(self, typed: str, who: Agent | None = None) -> list[int]:
        return [one.listed.id for one in (await self.results(typed, who)).items]

    async def knows(self, who: Agent) -> list[int]:
        """The conversations of a secret that somebody finds by mail."""
        async with self.company.database.read() as db:
            viewer = await viewer_of_agent(db, who.id)
            found = await find_conversations(db, viewer, "secret", now=self.company.now)
            return [one.id for one in found]

    async def changes(self, conversation: int, **values: Any) -> None:
        async with self.company.database.write() as db:
            await db.execute(
                update(Conversation).where(Conversation.id == conversation).values(**values)
            )


@pytest.fixture
async def looking(database: Database) -> Looking:
    company = Company(database, Settings(), datetime.now(UTC))
    support = await company.mailbox("support@us.example", "Support")
    billing = await company.mailbox("billing@us.example", "Billing")
    ann = await company.agent("Ann Berg", support.address)
    bob = await company.agent("Bob Stone", support.address, billing.address)
    return Looking(company, support, billing, ann, bob)


async def test_words_people_files_and_what_conversations_are(looking: Looking) -> None:
    boots = await looking.hears("My boots are broken. Order AB-1234/5.", ago=5 * HOUR)
    bill = await looking.hears(
        "Die Rechnungen fehlen noch.",
        from_="Jörg Müller <jm@werk.shop.example>",
        subject="Mahnung",
        files=(("Angebot_2026.pdf", "application/pdf", b"%PDF-"),),
        ago=4 * HOUR,
    )
    late = await looking.hears("請求書の宛名を変更してください", subject="宛名", ago=3 * HOUR)
    await looking.hears("Yes, wet as well.", into=boots, ago=2 * HOUR)
    await looking.changes(bill, assignee_id=looking.ann.id, tags=["vip"], priority=2)
    await looking.changes(late, status="closed")
    for typed, found in {
        "boot": [boots],
        "ab1234": [boots],
        "ab12345": [boots],
        "ab1235": [],
        "AB-1234/5": [boots],
        "1234": [boots],
        "rechnung": [bill],
        "mueller": [bill],
        "shop.example": [bill],
        "from:jm": [bill],
        "from:pat": [boots, late],
        "subject:mahnung": [bill],
        "subject:rechnung": [],
        "angebot": [bill],
        "file:angebot": [bill],
        "to:support rechnung": [bill],
        "請求書": [late],
        "宛名を変更": [late],
        "is:closed": [late],
        "is:mine": [bill],
        "assigned:ann": [bill],
        "assigned:nobody": [boots, late],
        "-assigned:ann": [boots, late],
        "tag:vip rechnung": [bill],
        "is:urgent": [bill],
        "customer:müller": [bill],
        "customer:@werk.shop.example fehlen": [bill],
        "has:attachment": [bill],
        "-has:attachment is:open": [boots],
        "has:note": [],
        "in:support broken": [boots],
        "in:billing broken": [boots],  # which Ann knows nothing of
        "broken -wet": [],  # says so in another mail
        "broken -dry": [boots],
        '"are broken"': [boots],
        '"broken are"': [],
        "broken OR fehlen": [bill, boots],
        "after:today": None,
        "broken before:2020": [],
        "broken after:2020": [boots],
        "is:purple broken": [boots],
        "nothing of it": [],
        "": [],
    }.items():
        if found is not None:
            assert await looking.finds(typed) == found, typed


async def test_of_two_states_or_tags_one_is_enough(looking: Looking) -> None:
    bill = await looking.hears("Bill.", subject="Bill", ago=2 * HOUR)
    late = await looking.hears("Late bill.", subject="Late", ago=HOUR)
    await looking.changes(bill, assignee_id=looking.ann.id, tags=["vip"])
    await looking.changes(late, status="closed")
    assert await looking.finds("is:closed,mine") == [late, bill]
    assert await looking.finds("is:assigned") == [bill]
    assert await looking.finds("is:held,assigned -has:draft -has:promise") == [bill]
    assert await looking.finds("tag:vip OR is:closed") == [late, bill]
    assert await looking.finds("tag:vip,other OR is:spam bill") == [bill]


async def test_nothing_is_found_that_does_not_exist_for_a_person(looking: Looking) -> None:
    ours = await looking.hears("A secret of boots.")
    theirs = await looking.hears("A secret of bills.", looking.billing)
    assert await looking.finds("secret") == [ours]
    assert await looking.finds("secret", looking.bob) == [theirs, ours]
    assert await looking.finds("in:billing secret", looking.bob) == [theirs]
    # What moves is found by whoever can see it then; nothing has to be indexed anew.
    await looking.changes(ours, mailbox_id=looking.billing.id)
    assert await looking.finds("secret") == []
    await looking.changes(theirs, status="spam")
    assert await looking.finds("secret", looking.bob) == [ours]
    assert await looking.finds("secret is:spam", looking.bob) == [theirs]
    async with looking.company.database.write() as db:
        await merge(db, ours, theirs, by=SYSTEM, now=looking.company.now)
    assert await looking.finds("bills", looking.bob) == [ours]


async def test_what_one_was_drawn_into_is_found_as_long_as_one_is(looking: Looking) -> None:
    """By mail: one's own part, or that of a department for which one speaks."""
    at = looking.company
    theirs = await looking.hears("A secret of bills.", looking.billing)
    part = await looking.hears("A secret of more bills.", looking.billing)
    add = partial(at.agent, role="colleague")
    stores, cleo, eve = [await add(one) for one in ("Stores", "Cleo", "Eve")]
    async with at.database.write() as db:
        await add_speaker(db, stores, cleo, now=at.now)
        for one in (theirs, part):
            await add_followers(db, one, [stores.id], how="assigned", by_id=None)
    await indexes(at.database)
    assert [await looking.knows(one) for one in (cleo, stores, eve)] == [[part, theirs]] * 2 + [[]]
    async with at.database.write() as db:
        await merge(db, theirs, part, by=SYSTEM, now=at.now)
    assert await looking.knows(cleo) == [theirs]
    for over, again in (
        (update(ListMember).values(removed_at=at.now), update(ListMember).values(removed_at=None)),
        (update(Agent).where(Agent.id == stores.id).values(disabled_at=at.now), select(1)),
    ):
        async with at.database.write() as db:
            await db.execute(over)
        assert await looking.knows(cleo) == []
        async with at.database.write() as db:
            await db.execute(again)


async def test_pages_go_on_where_they_ended_and_show_each_conversation_once(
    looking: Looking,
) -> None:
    homes = [await looking.hears(f"Boots {n}", ago=n * HOUR) for n in range(1, 6)]
    await looking.hears("Boots as before", into=homes[0], ago=200 * HOUR)
    await looking.hears("Boots as ever", into=homes[4], ago=100 * HOUR)
    seen: list[int] = []
    after: Place | None = None
    for _ in range(9):
        page = await looking.results("boots", after=after, limit=2)
        seen += [one.listed.id for one in page.items]
        if (after := page.next) is None:
            break
    assert seen == homes
    # So do those that are found without words.
    first = await looking.results("is:open", limit=3)
    rest = await looking.results("is:open", after=first.next, limit=3)
    assert sorted(one.listed.id for one in (*first.items, *rest.items)) == homes
    assert rest.next is None


async def test_a_search_that_takes_too_long_says_how_far_it_came(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.store.hits._SMALL", 0)
    await looking.hears("Boots that are not hers", looking.billing, ago=HOUR)
    home = await looking.hears("Boots of old", ago=900 * HOUR)
    page = await looking.results("boots", patience=0)
    assert page.items == []
    assert page.until is not None
    found: list[int] = []
    while page.next:
        page = await looking.results("boots", after=page.next, patience=0)
        found += [one.listed.id for one in page.items]
    assert found == [home]
    assert page.until is None


async def test_few_messages_are_searched_whole_however_slow_the_machine(looking: Looking) -> None:
    home = await looking.hears("Boots of old", ago=900 * HOUR)
    new = await looking.hears("Boots", ago=HOUR)
    page = await looking.results("boots", patience=0)
    assert [one.listed.id for one in page.items] == [new, home]
    assert (page.next, page.until) == (None, None)


async def test_where_much_is_found_in_vain_the_same_is_found(
    looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inbox.store.search._SOME_IN_VAIN", 0)
    monkeypatch.setattr("inbox.store.hits._FEW", 0)
    await looking.hears("Boots that are not hers", looking.billing, ago=HOUR)
    new, old, older = [
        await looking.hears(f"Boots {days}", ago=days * 24 * HOUR) for days in (10, 30, 300)
    ]
    await looking.hears("Boots of others", looking.billing, ago=40 * 24 * HOUR)
    assert await looking.finds("boots") == [new, old, older]
    monkeypatch.setattr("inbox.store.hits._FEW", 200)
    assert await looking.finds("boots") == [new, old, older]
    monkeypatch.setattr("inbox.store.hits._SOME", 0)
    assert await looking.finds("boots") == [new, old, older]


async def test_the_message_that_says_most_is_shown(looking: Looking) -> None:
    home = await looking.hears("The boots, the broken boots <b>.", ago=3 * HOUR)
    await looking.hears("They are broken.", into=home, ago=2 * HOUR)
    [found] = (await looking.results("broken boots OR broken")).items
    assert found.best is not None
    async with looking.company.database.read() as db:
        viewer = await viewer_of_agent(db, looking.ann.id)
        question = await question_of(db, viewer, "broken boots", now=looking.company.now)
    pieces = snippet(found.best.text, marks(question))
    assert "".join(f"[{one.text}]" if one.is_hit else one.text for one in pieces) == (
        "The [boots], the [broken] [boots] <b>."
    )


async def test_what_a_search_is_asked_with_is_never_sql(looking: Looking) -> None:
    await looking.hears("Boots")
    for typed in (
        "'); drop table message; --",
        "a & b <-> :* !",
        "\\ ' \" (",
        "x\x00y",
        "%_\\",
        "'''",
    ):
        await looking.results(typed)
        await looking.results(f"customer:{typed} from:{typed}")
    assert await looking.finds("boots")


async def test_the_index_catches_up_and_is_made_anew(looking: Looking) -> None:
    database = looking.company.database
    home = await looking.hears("Boots")
    assert await indexes(database) == 1
    async with database.write() as db:  # as a crash would have it
        await db.execute(delete(MessageWords))
    assert await looking.finds("boots") == [home]
    async with database.write() as db:
        message = await db.scalar(select(func.max(Message.id)))
        await db.execute(update(Message).where(Message.id == message).values(text="Shoes"))
        await begin_again(db, now=looking.company.now)
        assert await left(db) == 1
    assert await looking.finds("shoes") == [home]
    async with database.write() as db:
        assert await left(db) == 0


async def test_the_planner_is_told_for_all_of_a_search(looking: Looking) -> None:
    """What it is told holds until the end of a transaction: all must be asked in one. A page that
    is full is read at once, and nothing behind it."""
    for number in range(3):
        await looking.hears(f"My kettle {number} leaks.")
    within: list[bool] = []

    def asked(connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        if "message_words" in statement:
            driver = connection.connection.dbapi_connection.driver_connection
            within.append(driver.is_in_transaction())

    engine = looking.company.database.engine.sync_engine
    await indexes(looking.company.database)
    event.listen(engine, "before_cursor_execute", asked)
    page = await looking.results("kettle", limit=1)
    event.remove(engine, "before_cursor_execute", asked)
    assert page.next
    assert within == [True, True]  # where it stands, and what is shown of it


@pytest.mark.parametrize(("kept", "told"), [("1", "64"), ("200", "200"), ("0", "0")])
async def test_what_is_found_is_asked_of_the_disk_ahead(
    looking: Looking, kept: str, told: str
) -> None:
    """As far as the server is set to more; one that cannot, or shall not, says 0."""
    async with looking.company.database.write() as db:
        await db.execute(text(f"set local effective_io_concurrency = {kept}"))
        viewer = await viewer_of_agent(db, looking.ann.id)
        question = await question_of(db, viewer, "kettle", now=looking.company.now)
        await search(db, viewer, question, now=looking.company.now)
        assert await db.scalar(text("show effective_io_concurrency")) == told
