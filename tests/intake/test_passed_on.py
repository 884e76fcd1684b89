"""One of us passes a customer's mail on to the mailbox: it is the customer's matter, not theirs."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from inbox.desk.answer import Answer
from inbox.desk.reply import reply
from inbox.store.tables import Agent
from tests.intake.house import House, as_bytes
from tests.mail_auth.zone import shop, signed

INLINE = """{words}

---------- Forwarded message ---------
From: Nina Berg <nina@farm.example>
Date: Sat, 21 Nov 2026 at 18:00
Subject: Pump is leaking
To: Karen <karen@us.example>
Cc: Tom <tom@farm.example>

Hello, the pump leaks since Friday.
Nina
"""


def passed_on(house: House, words: str = "Please take this one.", **headers: str) -> EmailMessage:
    whole = {"From": "Karen <karen@us.example>", "Subject": "Fwd: Pump is leaking", **headers}
    return house.letter(INLINE.format(words=words), answers=None, **whole)


@pytest.fixture
async def karen(house: House) -> int:
    return await house.agent("karen@us.example", 1, name="Karen Miller")


async def customer_of(house: House) -> list[str]:
    sql = """select a.address from conversation c join customer_address a using (customer_id)
              where c.merged_into is null order by c.id"""
    return [row.address for row in await house.rows(sql)]


async def entries(house: House) -> list[tuple[str, str, str, str]]:
    sql = "select kind, visibility, author_address, text from message order by id"
    return [
        (row.kind, row.visibility, row.author_address, row.text) for row in await house.rows(sql)
    ]


async def test_the_customer_is_who_wrote_it(house: House, karen: int) -> None:
    kept = await house.receives(passed_on(house))
    assert kept
    assert kept.is_new
    assert await customer_of(house) == ["nina@farm.example"]
    assert await house.one("select subject from conversation") == "Pump is leaking"
    assert await house.one("select status from conversation") == "open"
    assert await entries(house) == [
        ("mail", "public", "nina@farm.example", "Hello, the pump leaks since Friday.\nNina"),
        ("note", "internal", "karen@us.example", "Please take this one."),
    ]


async def test_the_answer_goes_to_the_customer_and_quotes_no_word_of_ours(
    house: House, karen: int
) -> None:
    kept = await house.receives(passed_on(house, "A difficult person."))
    assert kept
    async with house.database.write() as db:
        answer = await reply(
            db,
            kept.conversation_id,
            Answer(text="We come tomorrow."),
            by=await db.get_one(Agent, karen),
            now=house.now,
            context=house.context,
        )
        assert [one["address"] for one in answer.to] == ["nina@farm.example"]
        assert answer.subject == "Re: Pump is leaking"
        # The mail around it, and who passed it on, are nobody's business outside.
        assert answer.references == []
    source = "select text || quoted || has_html from message where kind = 'mail'"
    assert "difficult" not in await house.one(source)


async def test_as_an_attachment(house: House, karen: int) -> None:
    mail = house.letter("Please.", From="karen@us.example", Subject="A customer")
    inner = house.letter("The pump leaks.", From="Nina <nina@farm.example>", To="karen@us.example")
    mail.add_attachment(inner)
    await house.receives(mail)
    assert await customer_of(house) == ["nina@farm.example"]
    assert [one[3].strip() for one in await entries(house)] == ["The pump leaks.", "Please."]


async def test_without_words_it_is_one_entry(house: House, karen: int) -> None:
    await house.receives(passed_on(house, ""))
    assert len(await entries(house)) == 1


async def test_nobody_is_told_that_we_have_it(house: House, karen: int) -> None:
    await house.change("update mailbox set confirm = 'all'")
    await house.receives(passed_on(house))
    assert not await house.rows("select 1 from outbound where kind = 'confirmation'")


async def test_the_same_mail_again_changes_nothing(house: House, karen: int) -> None:
    mail = passed_on(house)
    await house.receives(mail)
    await house.receives(mail, recipients=("support+x@us.example",))
    assert len(await entries(house)) == 2


async def test_a_forger_opens_nothing_in_other_names(checking: House, karen: int) -> None:
    checking.zone = shop()
    mail = as_bytes(passed_on(checking, From="karen@shop.example"))
    await checking.change("insert into agent_address values ('karen@shop.example', :a)", a=karen)
    await checking.receives(
        signed(mail, "shop.example").replace(b"leaks since", b"bursts after"),
        sender="eve@evil.example",
        recipients=("support@us.example",),
    )
    assert "nina@farm.example" not in await customer_of(checking)


async def test_a_customer_who_passes_something_on_is_the_customer(house: House, karen: int) -> None:
    await house.receives(passed_on(house, From="Jane <jane@shop.example>"))
    assert await customer_of(house) == ["jane@shop.example"]


@pytest.mark.parametrize(
    "headers",
    [{"Reply_To": "eve@evil.example"}, {"Auto_Submitted": "auto-generated"}],
    ids=["answers go elsewhere", "a machine"],
)
async def test_what_is_odd_is_not_taken_for_the_customers(
    house: House, karen: int, headers: dict[str, str]
) -> None:
    await house.receives(passed_on(house, **headers))
    assert "nina@farm.example" not in await customer_of(house)


async def test_a_mail_of_ours_that_is_passed_on_is_no_customers(house: House, karen: int) -> None:
    text = INLINE.format(words="See").replace("nina@farm.example", "anna@us.example")
    await house.agent("anna@us.example", 1)
    await house.receives(house.letter(text, From="karen@us.example", Subject="Fwd: x"))
    assert [one[0] for one in await entries(house)] == ["note"]


async def told(house: House) -> list[dict[str, bool]]:
    return [row.draft for row in await house.rows("select draft from outbound where kind = 'here'")]


async def nina_wrote(house: House) -> int:
    """The mail that Karen passes on has come here by itself."""
    kept = await house.receives(
        house.letter(
            "Hello, the pump leaks since Friday.\nNina",
            From="Nina Berg <nina@farm.example>",
            Subject="Pump is leaking",
        )
    )
    assert kept
    return kept.conversation_id


async def test_what_is_here_already_is_not_done_twice(house: House, karen: int) -> None:
    pump = await nina_wrote(house)
    kept = await house.receives(passed_on(house))
    assert kept
    assert kept.conversation_id == pump
    assert await customer_of(house) == ["nina@farm.example"]
    assert [(kind, words) for kind, _seen, _who, words in await entries(house)] == [
        ("mail", "Hello, the pump leaks since Friday.\nNina"),
        ("note", "Please take this one."),
    ]
    assert await told(house) == [{"noted": True, "language": "en"}]
    assert await house.one("select message_count from conversation") == 2


async def test_without_words_above_nobody_else_hears_of_it(house: House, karen: int) -> None:
    pump = await nina_wrote(house)
    await house.receives(passed_on(house, ""))
    assert [one[0] for one in await entries(house)] == ["mail", "auto"]
    assert await told(house) == [{"noted": False, "language": "en"}]
    assert (await house.events(pump))[-1] == "message.automatic"


async def test_a_mail_passed_on_with_its_headers_is_not_held_as_an_answer(
    house: House, karen: int
) -> None:
    """Programs name the mail that is passed on in References."""
    pump = await nina_wrote(house)
    ids = {"References": "<1@shop.example>", "In_Reply_To": "<1@shop.example>"}
    kept = await house.receives(passed_on(house, **ids))
    assert kept
    assert kept.conversation_id == pump
    assert not await house.rows("select 1 from held")
    assert len(await told(house)) == 1


async def test_an_answer_that_only_quotes_is_held_as_ever(house: House, karen: int) -> None:
    await nina_wrote(house)
    words = "We come tomorrow.\n\nOn Sat, Nina Berg wrote:\n> Hello, the pump leaks since Friday.\n"
    answer = {"In_Reply_To": "<1@shop.example>", "Subject": "Re: Pump is leaking"}
    await house.receives(
        house.letter(words, answers=None, From="Karen <karen@us.example>", **answer)
    )
    assert await house.one("select reasons from held") == ["no_token"]
    assert await told(house) == []


async def test_other_words_of_the_same_customer_are_another_matter(
    house: House, karen: int
) -> None:
    await house.receives(
        house.letter("The pump works again.", From="Nina Berg <nina@farm.example>")
    )
    kept = await house.receives(passed_on(house))
    assert kept
    assert kept.is_new
    assert await told(house) == []


async def test_what_only_claims_to_be_ours_is_a_note_of_nobody(house: House, karen: int) -> None:
    pump = await nina_wrote(house)
    await house.receives(passed_on(house, "Pay them back."))
    note = "select author_kind, visibility from message where kind = 'note'"
    [said] = await house.rows(note)
    assert (said.author_kind, said.visibility) == ("system", "internal")
    assert pump


async def test_it_is_new_to_a_mailbox_that_cannot_see_it(house: House, karen: int) -> None:
    await nina_wrote(house)
    await house.mailbox("sales@us.example")
    mail = passed_on(house, To="sales@us.example")
    kept = await house.receives(mail, recipients=("sales@us.example",))
    assert kept
    assert kept.is_new
    assert await told(house) == []


@pytest.mark.parametrize("how", ["with its headers", "attached"])
async def test_what_answers_a_mail_on_record_is_with_it(house: House, karen: int, how: str) -> None:
    """With the mailbox in Bcc the customer's answer comes to its writer alone, who passes it on."""
    signed_in = {
        "recipients": ("support@us.example",),
        "submitted_by": karen,
        "source": "submission",
    }
    mail = house.letter("It is ready.", From="karen@us.example", To="nina@farm.example")
    first = await house.receives(mail, **signed_in)
    ids = {"In_Reply_To": "<nina@x>", "References": "<1@shop.example> <nina@x>"}
    answer = house.letter("Fine.", answers=mail, From="Nina <nina@farm.example>", To="k@x")
    if how == "attached":
        mail = house.letter("See.", From="karen@us.example", Subject="A customer")
        mail.add_attachment(answer)
    else:
        mail = passed_on(house, "See.", **ids)
    there = await house.receives(mail, **signed_in)
    assert first
    assert there
    assert there.conversation_id == first.conversation_id
    assert [one[:3] for one in await entries(house)] == [
        ("reply", "public", "karen@us.example"),
        ("mail", "public", "nina@farm.example"),
        ("note", "internal", "karen@us.example"),
    ]
    assert await house.one("select status from conversation") == "open"
    # Where the whole mail is there our answer stands below it in its writer's program.
    [theirs] = await house.rows("select message_id as id from message where kind = 'mail'")
    assert theirs.id == (str(answer["Message-ID"]).strip("<>") if how == "attached" else "")
