"""Corrections that are taken back late, twice, or by two at once."""

from __future__ import annotations

import asyncio

import pytest

from inbox.clock import utcnow
from inbox.desk.merge import merge
from inbox.desk.takeback import take_back
from inbox.errors import Conflict
from tests.desk.correcting import (
    TOM,
    belongs,
    karen,
    merges,
    message,
    misfiled,
    row,
    splits,
    takes_back,
    texts,
)
from tests.office import Office


async def test_after_a_split_a_later_subject_leads_to_where_it_went(office: Office) -> None:
    office.now = utcnow()  # a subject counts while a conversation is warm
    first = office.letter("My boots are broken", Subject="Boots from your shop in Leeds")
    boots = await office.hears(first)
    renamed = office.letter("And what I paid", answers=first, Subject="Invoice 4711 is too high")
    assert await office.hears(renamed) == boots
    subject = "Re: Invoice 4711 is too high"
    assert await office.hears(office.letter("By its subject", Subject=subject)) == boots
    apart = await splits(office, boots, renamed)
    await belongs(office, await _last(office, boots), boots, apart)
    assert await office.hears(office.letter("Well?", Subject=subject)) == apart
    await takes_back(office, boots, "conversation.split")
    assert await office.hears(office.letter("Well now?", Subject=subject)) == boots


async def test_parts_that_were_merged_and_parted_are_found_as_before(office: Office) -> None:
    office.now = utcnow()
    boots = await office.hears(Subject="Boots")
    first = office.letter("One", From=TOM, Subject="Photos of my lamp (1/3)")
    lamp = await office.hears(first)
    before = await office.rows("select * from message_ref order by 1, 2, 3, 4")
    await merges(office, boots, lamp)
    await takes_back(office, boots)
    assert await office.rows("select * from message_ref order by 1, 2, 3, 4") == before
    second = office.letter("Two", From=TOM, Subject="Photos of my lamp (2/3)")
    assert await office.hears(second) == lamp


async def test_nothing_comes_back_of_which_all_has_gone_elsewhere(office: Office) -> None:
    boots = await office.hears(Subject="Boots")
    letter = office.letter("My lamp is broken", From=TOM, Subject="Lamp")
    lamp = await office.hears(letter)
    await merges(office, boots, lamp)
    apart = await splits(office, boots, letter)
    with pytest.raises(Conflict):
        await takes_back(office, boots, "conversation.merged")
    assert await row(office, lamp, "merged_into") == boots
    assert await texts(office, apart) == ["My lamp is broken"]


async def test_nobody_is_left_with_nothing(office: Office) -> None:
    first = office.letter(Subject="Boots")
    boots = await office.hears(first)
    lamp = await office.hears(office.letter("My lamp is broken", From=TOM, Subject="Lamp"))
    shoes = await office.hears(Subject="Shoes", From="Ann <ann@elsewhere.example>")
    await merges(office, boots, lamp)
    await belongs(office, await message(office, first), boots, shoes)
    with pytest.raises(Conflict):
        await takes_back(office, boots, "conversation.merged")
    assert await texts(office, boots) == ["My lamp is broken"]


async def test_of_many_who_take_back_at_once_one_does(office: Office) -> None:
    boots, lamp = await misfiled(office)
    await splits(office, boots, lamp)
    event = int(await office.one("select max(id) from event where name = 'conversation.split'"))
    found = await asyncio.gather(
        *(_takes_back(office, event) for _ in range(4)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["Conflict"] * 3 + ["NoneType"]
    assert await texts(office, boots) == ["My boots are broken", "My lamp is broken"]


async def test_merges_in_a_ring_wait_for_each_other(office: Office) -> None:
    homes = [
        await office.hears(From=f"a{n}@place{n}.example", Subject=f"Matter of person {n}")
        for n in range(6)
    ]
    ring = zip(homes, [*homes[1:], homes[0]], strict=True)
    await asyncio.gather(*(_merges(office, into, gone) for gone, into in ring))
    stands = await office.rows("select id, message_count from conversation where status = 'open'")
    assert [one.message_count for one in stands] == [6]
    assert await office.rows("select id from conversation where merged_into is null") == [
        (stands[0].id,)
    ]


async def _takes_back(office: Office, event: int) -> None:
    async with office.database.write() as db:
        secret = office.context.secret
        await take_back(db, event, by=karen(office), now=office.now, secret=secret)


async def _merges(office: Office, into: int, gone: int) -> None:
    async with office.database.write() as db:
        await merge(db, into, gone, by=karen(office), now=office.now)


async def _last(office: Office, conversation: int) -> int:
    sql = "select max(id) from message where conversation_id = :at"
    return int(await office.one(sql, at=conversation))
