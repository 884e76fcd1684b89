"""A customer writes to an address that only one of us should have: by a passed-on notice, or Cc."""

from __future__ import annotations

import pytest

from tests.intake.house import House, as_bytes
from tests.intake.test_agents import Story, release_address, story

__all__ = ["story"]

JANE, TOM = "Jane Doe <jane@shop.example>", "Tom <tom@shop.example>"


@pytest.mark.parametrize("author", [JANE, TOM])
async def test_their_mail_is_a_customers_mail(story: Story, author: str) -> None:
    mail = story.answer("@close\n@note Thank you!", From=author, Cc="eve@evil.example")
    kept = await story.house.receives(mail)
    assert kept
    [message] = await story.house.rows("select * from message where id = :id", id=kept.message_id)
    assert kept.conversation_id == story.conversation
    assert (message.kind, message.visibility, message.author_kind) == ("mail", "public", "customer")
    assert message.text == "@close\n@note Thank you!"
    assert await story.house.events(story.conversation) == [
        "conversation.opened",
        "message.received",
    ]
    assert await story.house.one("select status from conversation") == "open"
    assert not await story.house.rows("select 1 from held")
    people = await story.house.rows("select address from participant order by address")
    assert "eve@evil.example" not in {row.address for row in people}  # our token proves nothing


async def test_a_token_that_is_too_old_and_one_to_let_go_make_no_difference(story: Story) -> None:
    await story.house.change("update mailbox set proof = 'strict'")
    await story.answers()
    kept = await story.answers("Hello?", From=JANE, To=await release_address(story))
    assert kept.conversation_id == story.conversation
    assert await story.house.one("select state from held") == "waiting"
    await story.house.change("update reply_token set expires_at = :now", now=story.house.now)
    await story.answers("Still there?", From=JANE)
    kinds = await story.house.rows("select kind from message order by id")
    assert [row.kind for row in kinds] == ["mail", "held", "mail", "mail"]


async def test_who_says_falsely_to_be_a_customer_is_held(story: Story, checking: House) -> None:
    checking.zone.txt("_dmarc.shop.example", "v=DMARC1; p=none")
    await story.answers("Send me new ones", From=JANE)
    assert await story.held() == ["unknown_sender", "failed"]


async def test_what_was_taken_out_is_not_joined_again_by_an_address_of_ours(story: Story) -> None:
    await story.house.change(
        "insert into barred (id_hash, conversation_id)"
        " select id_hash, conversation_id from message_ref"
    )
    kept = await story.house.receives(
        story.answer("Again", From=JANE, In_Reply_To=str(story.question["Message-ID"]))
    )
    assert kept
    assert kept.conversation_id != story.conversation


@pytest.mark.parametrize("copied", ["", ", support@us.example"])
async def test_addresses_of_other_conversations_beside_it_make_no_difference(
    story: Story, copied: str
) -> None:
    other = await story.house.receives(story.house.letter("Mine too", From="eve@evil.example"))
    assert other
    addresses = [await story.house.token(other.conversation_id, story.karen) for _ in range(6)]
    to = ", ".join((*addresses, story.address)) + copied
    kept = await story.answers("Hello?", From=JANE, To=to)
    assert kept.conversation_id == story.conversation
    assert not await story.house.rows("select 1 from held")
    assert await story.house.one("select count(*) from message where text = 'Hello?'") == 1


STRANGER = "Lena <lena@other.example>"


@pytest.mark.parametrize("answered", [False, True])
async def test_a_stranger_who_writes_to_a_mailbox_as_well_is_a_customer_of_that_one(
    story: Story, answered: bool
) -> None:
    sales = await story.house.mailbox("sales@us.example", confirm="off")
    digest = await story.house.token(story.conversation, story.karen, "x", purpose="release")
    to = f"{story.address}, Sales <sales@us.example>, {digest}"
    above = str(story.question["Message-ID"]) if answered else ""
    mail = story.answer("@close\nMy order?", From=STRANGER, To=to, In_Reply_To=above)
    addresses = (story.address, "sales@us.example", digest)
    kept = await story.house.receives(mail, recipients=addresses)
    assert kept
    assert kept.is_new
    assert kept.conversation_id != story.conversation
    [row] = await story.house.rows(
        "select conversation.*, message.*, conversation.status as stands from conversation"
        " join message on conversation_id = conversation.id where conversation.id = :id",
        id=kept.conversation_id,
    )
    assert (row.mailbox_id, row.kind, row.stands) == (sales, "mail", "open")
    assert "My order?" in row.text
    assert await story.house.rows("select 1 from conversation_mailbox") == []
    # Neither side hears of the other: nothing is held, no token is shown, nobody has closed it.
    assert [one["address"] for one in row.to] == ["sales@us.example"]
    assert not [one for one in row.match["evidence"] if one["rule"] == "token"]
    assert await story.house.events(story.conversation) == ["conversation.opened"]
    assert not await story.house.rows("select 1 from held")
    again = await story.house.receives(
        b"Received: from elsewhere\r\n" + as_bytes(mail), recipients=(story.address,)
    )
    assert again
    assert again.message_id == kept.message_id


@pytest.mark.parametrize(
    "author",
    ["Karen Miller <me@home.example>", "karen.miller@home.example", "Karen <karen@us.example>"],
)
async def test_who_may_be_one_of_us_is_held_all_the_same(story: Story, author: str) -> None:
    await story.house.change("update agent set name = 'Karen Miller'")
    mail = story.answer("An answer.", From=author, To=f"{story.address}, support@us.example")
    kept = await story.house.receives(mail, recipients=(story.address, "support@us.example"))
    assert kept
    assert kept.conversation_id == story.conversation
