"""Addresses that are learned from Reply-To, and all that must not be learned from it."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from inbox.desk.identity import add_address, merge_customers, part_customers, remove_address
from inbox.jobs.registry import Context
from inbox.model.actor import Actor
from tests.intake.house import as_bytes
from tests.mail_auth.zone import shop, signed
from tests.office import Office

HOME = "Jane Doe <jane@home.example>"


@pytest.fixture
def checking(office: Office) -> Office:
    """The department, which checks who has sent a mail; shop.example signs what it sends."""
    settings = office.context.settings.model_copy(update={"mail_auth": "direct"})
    context = office.context
    office.context = Context(settings=settings, database=context.database, secret=context.secret)
    office.zone = shop()
    return office


async def hears_signed(office: Office, mail: EmailMessage) -> int:
    """A mail comes with the signature of its domain."""
    to = {"sender": "jane@shop.example", "recipients": ("support@us.example",)}
    kept = await office.receives(signed(as_bytes(mail)), **to)
    assert kept is not None
    return kept.conversation_id


async def known(office: Office, conversation: int) -> dict[str, str]:
    """The addresses of a conversation's customer, each with its evidence."""
    sql = """select address, evidence from customer_address
              where customer_id = (select customer_id from conversation where id = :at)"""
    return {row.address: row.evidence for row in await office.rows(sql, at=conversation)}


async def test_a_proved_reply_to_of_the_same_organisation_is_learned(checking: Office) -> None:
    boots = await hears_signed(checking, checking.letter(Reply_To="jane.doe@shop.example"))
    assert await known(checking, boots) == {
        "jane@shop.example": "from",
        "jane.doe@shop.example": "reply_to",
    }
    learned = await checking.one(
        "select message_id from customer_address where evidence = 'reply_to'"
    )
    assert learned == await checking.one("select id from message")
    since = await hears_signed(checking, checking.letter(From="J <jane.doe@shop.example>"))
    assert await known(checking, since) == await known(checking, boots)


async def test_without_proof_it_is_only_noted(office: Office) -> None:
    boots = await office.hears(Reply_To="jane.doe@shop.example")
    assert await known(office, boots) == {"jane@shop.example": "from"}
    assert await office.one("select reply_to from message") == "jane.doe@shop.example"


async def test_a_forged_reply_to_is_not_even_noted(checking: Office) -> None:
    forged = checking.letter(Reply_To="eve@shop.example")
    boots = await checking.hears(forged)
    assert await known(checking, boots) == {"jane@shop.example": "from"}
    assert await checking.one("select reply_to from message") == ""


async def answered_from(office: Office, boots: int, author: str, **headers: str) -> int:
    """We answer, and somebody answers what came to the customer's Reply-To."""
    await office.replies(boots, "Which size?")
    await office.works()
    sent = office.mail_to("jane@home.example").mail
    answer = office.letter("42", answers=sent, From=author, **headers)
    return await office.hears(answer)


async def test_who_asks_for_answers_there_and_answers_from_there_is_one(checking: Office) -> None:
    boots = await hears_signed(checking, checking.letter(Reply_To=HOME))
    assert await known(checking, boots) == {"jane@shop.example": "from"}
    assert await answered_from(checking, boots, HOME) == boots
    assert (await known(checking, boots))["jane@home.example"] == "answered"
    laces = await checking.hears(From=HOME, Subject="Laces")
    assert await known(checking, laces) == await known(checking, boots)


async def test_an_answer_from_where_it_was_asked_for_joins_without_proof_too(
    office: Office,
) -> None:
    boots = await office.hears(Reply_To=HOME)
    assert await answered_from(office, boots, HOME) == boots
    # But that it is the same person was never proved.
    assert await known(office, boots) == {"jane@shop.example": "from"}


@pytest.mark.parametrize(
    ("author", "why"),
    [
        ("Tom Doe <jane@home.example>", "another name"),
        ("Jane Doe <jane@elsewhere.example>", "not where answers were asked for"),
    ],
)
async def test_other_names_and_other_places_are_not_learned(
    checking: Office, author: str, why: str
) -> None:
    boots = await hears_signed(checking, checking.letter(Reply_To=HOME))
    await answered_from(checking, boots, author)
    assert await known(checking, boots) == {"jane@shop.example": "from"}, why


async def test_nobody_is_drawn_in_by_being_named(checking: Office) -> None:
    """Jane names Eve's victim: his mails stay his, whatever she says."""
    await hears_signed(checking, checking.letter(Reply_To="Jane Doe <bob@victim.example>"))
    await hears_signed(checking, checking.letter(Reply_To="Jane Doe <bob@victim.example>"))
    his = await checking.hears(From="Bob Ray <bob@victim.example>", Subject="Order 4711")
    assert await known(checking, his) == {"bob@victim.example": "from"}
    hers = await hears_signed(checking, checking.letter(Subject="Re: Order 4711"))
    assert hers != his


async def test_an_address_that_is_somebodys_is_not_learned(checking: Office) -> None:
    await hears_signed(checking, checking.letter(From="Tom <tom@shop.example>"))
    boots = await hears_signed(checking, checking.letter(Reply_To="tom@shop.example"))
    assert await known(checking, boots) == {"jane@shop.example": "from"}


async def test_a_form_behind_which_others_are_is_nobodys_second_address(checking: Office) -> None:
    first = await hears_signed(checking, checking.letter(Reply_To=HOME))
    await hears_signed(checking, checking.letter(Reply_To="Tom Ray <tom@ray.example>"))
    await answered_from(checking, first, HOME)
    assert await known(checking, first) == {"jane@shop.example": "from"}


async def test_what_was_taken_back_is_not_learned_again(checking: Office) -> None:
    again = "jane.doe@shop.example"
    boots = await hears_signed(checking, checking.letter(Reply_To=again))
    by = Actor.agent(checking.karen, "Karen Miller")
    async with checking.database.write() as db:
        await remove_address(db, boots, "jane.doe@shop.example", by=by, now=checking.now)
    await hears_signed(checking, checking.letter(Reply_To=again))
    assert await known(checking, boots) == {"jane@shop.example": "from"}
    async with checking.database.write() as db:
        await add_address(db, boots, "jane.doe@shop.example", by=by, now=checking.now)
    assert (await known(checking, boots))["jane.doe@shop.example"] == "told"
    assert await checking.rows("select * from address_refused") == []


async def test_what_was_taken_back_is_remembered_of_customers_who_become_one(
    checking: Office,
) -> None:
    again = "jane.doe@shop.example"
    boots = await hears_signed(checking, checking.letter(Reply_To=again))
    laces = await checking.hears(From="Jane <jane@home.example>", Subject="Laces")
    by = Actor.agent(checking.karen, "Karen Miller")
    jane = await checking.one("select customer_id from conversation where id = :at", at=boots)
    refused = "select customer_id, address from address_refused"
    async with checking.database.write() as db:
        await remove_address(db, boots, again, by=by, now=checking.now)
    async with checking.database.write() as db:
        merge = await merge_customers(db, laces, jane, by=by, now=checking.now)
    await hears_signed(checking, checking.letter(Reply_To=again))
    assert set(await known(checking, boots)) == {"jane@shop.example", "jane@home.example"}
    async with checking.database.write() as db:
        await part_customers(db, laces, merge or 0, by=by, now=checking.now)
    assert [tuple(one) for one in await checking.rows(refused)] == [(jane, again)]
    await hears_signed(checking, checking.letter(Reply_To=again))
    assert await known(checking, boots) == {"jane@shop.example": "from"}


async def test_no_agent_is_learned_and_none_is_made(checking: Office) -> None:
    boots = await hears_signed(checking, checking.letter(Reply_To="karen@us.example"))
    assert await known(checking, boots) == {"jane@shop.example": "from"}
    assert await checking.one("select reply_to from message") == ""
