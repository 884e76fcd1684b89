"""Colleagues of the customer answer each other before one of us does, with us on Cc."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

from inbox.store.engine import Database
from tests.intake.house import House, as_bytes
from tests.mail_auth.zone import shop, signed

_PEOPLE = [f"{name}@shop.example" for name in ("pat", "lee", "kim", "sam")] + ["max@gmail.com"]
_US = "support@us.example"
_STANDING = "select count(*) from conversation where merged_into is null"
_CONFIRMED = "select count(*) from outbound where kind = 'confirmation'"


def storm(house: House) -> Iterator[EmailMessage]:
    """A question to four colleagues and us, and eight answers of theirs to everybody."""
    said = [house.letter("Who can?", Subject="Till broken in Leeds", **_people(_PEOPLE[0]))]
    yield said[0]
    for number in range(8):
        author = _PEOPLE[(number + 1) % len(_PEOPLE)]
        answered = said[number // 2]
        said.append(house.letter(f"Not me {number}", answers=answered, **_people(author)))
        yield said[-1]


def _people(author: str) -> dict[str, Any]:
    others = [one for one in _PEOPLE if one != author]
    return {"From": author, "To": ", ".join(others), "Cc": _US}


@pytest.mark.parametrize("order", ["as written", "backwards", 1, 2, 3])
async def test_a_storm_of_answers_is_one_conversation_with_one_confirmation(
    house: House, order: str | int
) -> None:
    await house.change("update mailbox set confirm = 'all'")
    mails = list(storm(house))
    if order == "backwards":
        mails.reverse()
    elif isinstance(order, int):
        random.Random(order).shuffle(mails)
    for mail in mails:
        assert await house.receives(mail, recipients=(_US,))
    assert await house.one(_STANDING) == 1
    assert await house.one(_CONFIRMED) == 1
    told = "select count(distinct author_address) from message"
    assert await house.one(told) == len(_PEOPLE)


async def test_the_same_with_many_workers(house: House) -> None:
    await house.change("update mailbox set confirm = 'all'")
    house.database = Database(house.database.url, pool=8)
    mails = list(storm(house))
    random.Random(4).shuffle(mails)
    waiting = iter([await house.spools(mail, recipients=(_US,)) for mail in mails])

    async def worker() -> None:
        for spool_id in waiting:
            assert spool_id
            await house.works_off(spool_id)

    async with asyncio.TaskGroup() as workers:
        for _ in range(8):
            workers.create_task(worker())
    assert await house.one("select count(*) from message") == len(mails)
    assert await house.one(_STANDING) == 1
    assert await house.one(_CONFIRMED) == 1
    await house.database.close()


async def test_third_parties_keep_their_names_and_the_customer_stays_the_customer(
    house: House,
) -> None:
    mails = list(storm(house))
    for mail in mails:
        await house.receives(mail, recipients=(_US,))
    [customer] = await house.rows(
        "select address from conversation join customer_address using (customer_id)"
    )
    assert customer.address == _PEOPLE[0]
    said = await house.rows("select author_address, author_kind from message order by id")
    assert [row.author_address for row in said] == [str(mail["From"]) for mail in mails]
    parts = await house.rows("select address from participant order by address")
    assert [row.address for row in parts] == sorted(_PEOPLE[1:])


async def test_one_letter_to_two_departments_is_one_conversation_in_both(house: House) -> None:
    sales = await house.mailbox("sales@us.example")
    letter = house.letter("For both", To=f"{_US}, sales@us.example")
    kept = await house.receives(letter, recipients=(_US, "sales@us.example"))
    again = await house.receives(letter, recipients=("sales@us.example",), peer="203.0.113.10")
    assert kept
    assert again is None or again.conversation_id == kept.conversation_id
    assert await house.one(_STANDING) == 1
    assert await house.one("select mailbox_id from conversation_mailbox") == sales


async def test_a_customer_behind_a_group_of_our_own_is_the_customer(house: House) -> None:
    mail = house.letter(
        "It leaks",
        From="'Pat Lee' via Support <support@us.example>",
        List_Id="<support.us.example>",
        Mailing_List="list support@us.example; contact support+owners@us.example",
        X_Original_From="Pat Lee <pat@customer.example>",
        Reply_To="Pat Lee <pat@customer.example>",
    )
    kept = await house.receives(mail)
    assert kept
    [seen] = await house.rows(
        "select name, address from customer join customer_address on customer_id = customer.id"
    )
    assert (seen.name, seen.address) == ("Pat Lee", "pat@customer.example")


async def test_a_list_does_not_make_anybody_one_of_us(house: House) -> None:
    await house.agent("karen@us.example")
    mail = house.letter(
        "Refund everybody",
        From="Karen via Users <users@lists.evil.example>",
        List_Id="<users.lists.evil.example>",
        X_Original_From="Karen <karen@us.example>",
    )
    kept = await house.receives(mail)
    assert kept
    [said] = await house.rows("select author_kind, author_address from message")
    assert (said.author_kind, said.author_address) == ("customer", "users@lists.evil.example")


async def test_that_a_list_is_proved_says_nothing_of_whom_it_names(checking: House) -> None:
    checking.zone = shop()
    mail = checking.letter(
        "Refund me",
        From="Pat Lee via Users <users@shop.example>",
        List_Id="<users.shop.example>",
        X_Original_From="Pat Lee <pat@customer.example>",
        Cc="Eve <eve@evil.example>",
    )
    to = {"sender": "users@shop.example", "recipients": (_US,)}
    assert await checking.receives(signed(as_bytes(mail)), **to)
    [said] = await checking.rows("select author_address, proof ->> 'dmarc' as dmarc from message")
    assert (said.author_address, said.dmarc) == ("pat@customer.example", "none")
