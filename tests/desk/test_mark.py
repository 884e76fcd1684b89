"""Tags and priorities: each change is one event, and none is made twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.desk.classify import category_of
from inbox.desk.mark import prioritize, tag
from inbox.desk.takeback import take_back
from inbox.errors import Conflict, Invalid
from inbox.model.marks import LONGEST_TAG, Urgency, tag_of
from tests.desk.correcting import karen, takes_back
from tests.office import Office


async def tags(office: Office, home: int, **change: Any) -> list[str]:
    async with office.database.write() as db:
        found = await tag(db, home, **change, by=karen(office), now=office.now)
        return found.tags


async def weighs(office: Office, home: int, urgency: Urgency) -> None:
    async with office.database.write() as db:
        await prioritize(db, home, urgency, by=karen(office), now=office.now)


def test_a_category_is_kept_whole_or_not_at_all() -> None:
    assert category_of("c" * 80, []) == "c" * 80
    with pytest.raises(Invalid) as refused:
        category_of("c" * 81, [])
    assert refused.value.about == {"field": "category", "most": 80}


async def test_tags_are_put_on_and_taken_off(office: Office) -> None:
    home = await office.hears()
    assert await tags(office, home, add=["VIP", "Big client"]) == ["big-client", "vip"]
    assert await tags(office, home, add=["vip"]) == ["big-client", "vip"]
    assert await tags(office, home, remove=["Big_Client", "other"]) == ["vip"]
    [first, second] = await office.rows(
        "select payload from event where name = 'conversation.tagged' order by id"
    )
    assert first.payload == {"added": ["big-client", "vip"], "removed": []}
    assert second.payload == {"added": [], "removed": ["big-client"]}
    await takes_back(office, home)
    assert await office.one("select tags from conversation") == ["big-client", "vip"]


async def test_there_is_an_end_to_tags(office: Office) -> None:
    home = await office.hears()
    with pytest.raises(Invalid):
        await tags(office, home, add=["..."])
    await tags(office, home, add=[f"tag {n}" for n in range(20)])
    with pytest.raises(Invalid):
        await tags(office, home, add=["one more"])


async def test_a_priority_is_set_and_taken_back(office: Office) -> None:
    home = await office.hears()
    await weighs(office, home, Urgency.URGENT)
    await weighs(office, home, Urgency.URGENT)
    assert (await office.events(home))[1:] == ["conversation.priority"]
    assert await office.one("select priority from conversation") == 2
    await takes_back(office, home)
    assert await office.one("select priority from conversation") == 0
    await weighs(office, home, Urgency.HIGH)
    event = int(await office.one("select max(id) from event"))
    await weighs(office, home, Urgency.LOW)
    with pytest.raises(Conflict):
        async with office.database.write() as db:
            await take_back(db, event, by=karen(office), now=office.now, secret=b"")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("VIP", "vip"),
        ("  Big   Client ", "big-client"),
        ("＃ＶＩＰ", "vip"),
        ("Größe/Farbe", "größe-farbe"),
        ("Срочно!", "срочно"),
        ("返品", "返品"),
        ("c++", "c"),
        ("at&t", "at&t"),
        ("v1.2", "v1.2"),
        ("...", ""),
        ("x" * 41, ""),
    ],
)
def test_how_a_tag_is_kept(said: str, kept: str) -> None:
    assert tag_of(said) == kept


@given(st.text())
def test_a_tag_stays_what_it_is(said: str) -> None:
    kept = tag_of(said)
    assert len(kept) <= LONGEST_TAG
    assert tag_of(kept) == kept
