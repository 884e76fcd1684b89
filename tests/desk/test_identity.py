"""Who a customer is: told, learned, merged, and all of it taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, text

from inbox.desk.identity import (
    add_address,
    add_phone,
    merge_customers,
    part_customers,
    remove_address,
)
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.actor import Actor
from inbox.store.tables import Conversation, CustomerAddress, CustomerPhone
from tests.office import Office


async def customer_of(office: Office, conversation: int) -> int:
    async with office.database.read() as db:
        return (await db.get_one(Conversation, conversation)).customer_id


async def addresses_of(office: Office, conversation: int) -> set[str]:
    wanted = select(CustomerAddress.address).where(
        CustomerAddress.customer_id == await customer_of(office, conversation)
    )
    async with office.database.read() as db:
        return set(await db.scalars(wanted))


async def do(office: Office, verb: Any, *args: Any) -> Any:
    async with office.database.write() as db:
        by = Actor.agent(office.karen, "Karen")
        return await verb(db, *args, by=by, now=office.now)


async def test_an_address_that_was_told_is_the_customers(office: Office) -> None:
    boots = await office.hears()
    await do(office, add_address, boots, "Jane@Home.example")
    await do(office, add_address, boots, "jane@home.example")
    assert await addresses_of(office, boots) == {"jane@shop.example", "jane@home.example"}
    assert (await office.events(boots)).count("customer.learned") == 1
    laces = await office.hears(From="Jane <jane@home.example>", Subject="Laces")
    assert await customer_of(office, laces) == await customer_of(office, boots)


async def test_what_cannot_be_an_address_of_the_customer(office: Office) -> None:
    boots = await office.hears()
    await office.hears(From="Lee <lee@other.example>", Subject="Laces")
    for address, error in [
        ("nobody", Invalid),
        ("support@us.example", Invalid),
        ("karen@us.example", Invalid),
        ("lee@other.example", Conflict),
    ]:
        with pytest.raises(error):
            await do(office, add_address, boots, address)
    assert await addresses_of(office, boots) == {"jane@shop.example"}


async def test_an_address_can_be_taken_away_but_not_the_last(office: Office) -> None:
    boots = await office.hears()
    await do(office, add_address, boots, "jane@home.example")
    await do(office, remove_address, boots, "jane@home.example")
    assert await addresses_of(office, boots) == {"jane@shop.example"}
    with pytest.raises(Invalid):
        await do(office, remove_address, boots, "jane@shop.example")


async def test_a_phone_is_kept_as_it_was_written(office: Office) -> None:
    boots = await office.hears()
    await do(office, add_phone, boots, "+49 (30)  1234-567")
    with pytest.raises(Invalid):
        await do(office, add_phone, boots, "call me")
    async with office.database.read() as db:
        assert list(await db.scalars(select(CustomerPhone.number))) == ["+49 (30) 1234-567"]


async def test_two_customers_become_one_and_two_again(office: Office) -> None:
    boots = await office.hears()
    laces = await office.hears(From="Jane <jane@home.example>", Subject="Laces")
    gone = await customer_of(office, laces)
    merge = await do(office, merge_customers, boots, gone)
    assert await customer_of(office, laces) == await customer_of(office, boots)
    since = await office.hears(From="Jane <jane@home.example>", Subject="Soles")
    assert await customer_of(office, since) == await customer_of(office, boots)
    assert await do(office, merge_customers, boots, await customer_of(office, laces)) is None

    await do(office, part_customers, boots, merge)
    assert await customer_of(office, laces) == gone
    assert await customer_of(office, since) == gone
    assert await addresses_of(office, boots) == {"jane@shop.example"}
    assert await addresses_of(office, laces) == {"jane@home.example"}
    assert (await office.events(boots))[-2:] == ["customer.merged", "customer.parted"]
    with pytest.raises(Conflict):
        await do(office, part_customers, boots, merge)


async def test_a_merge_can_only_be_undone_where_the_customer_is(office: Office) -> None:
    boots = await office.hears()
    laces = await office.hears(From="Lee <lee@other.example>", Subject="Laces")
    third = await office.hears(From="Kim <kim@third.example>", Subject="Soles")
    merge = await do(office, merge_customers, boots, await customer_of(office, laces))
    with pytest.raises(NotFound):
        await do(office, part_customers, third, merge)
    with pytest.raises(NotFound):
        await do(office, merge_customers, boots, 10_000)


@pytest.mark.parametrize(
    ("author", "is_learned"),
    [
        ("Jane Doe <jane.doe@shop.example>", True),
        ("Jane Doe <jane.doe@gmail.com>", False),
        ("Jane Doe <jane@other.example>", False),
        ("Tom Doe <tom@shop.example>", False),
        ("Jane <j@shop.example>", False),
    ],
)
async def test_who_answers_us_under_the_same_name_from_the_same_organisation(
    office: Office, author: str, is_learned: bool
) -> None:
    boots = await office.hears(From="Jane Doe <jane@shop.example>")
    await office.replies(boots, "Which size?")
    async with office.database.read() as db:
        sent = text("select header_id from outbound where kind = 'reply'")
        [answered] = await db.scalars(sent)
    await office.hears(From=author, Subject="Re: Boots", In_Reply_To=f"<{answered}>")
    learned = await addresses_of(office, boots) - {"jane@shop.example"}
    assert bool(learned) is is_learned
