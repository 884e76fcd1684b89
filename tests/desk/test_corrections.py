"""Mistakes of threading put right: split, moved, merged, and undone again."""

from __future__ import annotations

import pytest

from inbox.desk.spam import mark_spam, not_spam
from inbox.errors import Conflict, Invalid, NotFound
from tests.desk.correcting import (
    TOM,
    answering,
    belongs,
    customer,
    everything,
    karen,
    merges,
    message,
    misfiled,
    participants,
    row,
    splits,
    takes_back,
    texts,
)
from tests.office import Office


async def test_a_split_mail_gets_its_own_customer(office: Office) -> None:
    boots, lamp = await misfiled(office)
    apart = await splits(office, boots, lamp)
    assert apart != boots
    assert await customer(office, apart) == "tom@garden.example"
    assert await customer(office, boots) == "jane@shop.example"
    assert await texts(office, apart) == ["My lamp is broken"]
    assert await texts(office, boots) == ["My boots are broken"]
    assert await participants(office, apart) == []
    assert await participants(office, boots) == []
    assert (await office.events(boots))[-1] == "conversation.split"


async def test_after_a_split_each_customer_hears_of_their_own_matter_only(office: Office) -> None:
    boots, lamp = await misfiled(office)
    apart = await splits(office, boots, lamp)
    await office.replies(boots, "New boots are on their way.")
    await office.replies(apart, "We send a new bulb.")
    await office.works()
    to_jane, to_tom = office.mail_to("jane@shop.example"), office.mail_to("tom@garden.example")
    assert len(office.relay.to("jane@shop.example")) == 1
    assert len(office.relay.to("tom@garden.example")) == 1
    for mail, other in ((to_jane, "lamp"), (to_tom, "boots")):
        assert other not in mail.mail.as_string().casefold()
    assert "tom@garden.example" not in to_jane.mail.as_string()
    assert "jane@shop.example" not in to_tom.mail.as_string()
    assert str(lamp["Message-ID"]) not in to_jane.mail.as_string()


async def test_after_a_split_answers_follow_their_mails(office: Office) -> None:
    boots, lamp = await misfiled(office)
    apart = await splits(office, boots, lamp)
    again = office.letter("Any news of the lamp?", answers=lamp, From=TOM)
    assert await office.hears(again) == apart
    await office.replies(boots, "On their way.")
    await office.works()
    thanks = answering(office, "jane@shop.example")
    assert await office.hears(thanks) == boots


async def test_of_one_customer_with_two_matters_each_goes_its_way(office: Office) -> None:
    first = office.letter("My boots are broken")
    boots = await office.hears(first)
    await office.replies(boots, "Which size?")
    await office.works()
    other = answering(office, "jane@shop.example", "By the way, my lamp is broken, too")
    assert await office.hears(other) == boots
    apart = await splits(office, boots, other)
    # It names our answer in the old conversation as well, which would lead there.
    more = office.letter("The lamp is blue", answers=other)
    assert await office.hears(more) == apart
    assert await office.hears(answering(office, "jane@shop.example", "Size 42")) == boots


async def test_the_notice_of_a_split_mail_answers_its_own_customer(office: Office) -> None:
    boots, lamp = await misfiled(office)
    await office.works()
    notice = office.relay.to("karen@us.example")[-1].mail
    assert "lamp" in notice.as_string()
    apart = await splits(office, boots, lamp)
    answer = office.letter(
        "A new bulb is on its way.",
        From="Karen Miller <karen@us.example>",
        To=str(notice["Reply-To"].addresses[0].addr_spec),
        Subject=f"Re: {notice['Subject']}",
    )
    kept = await office.receives(answer)
    assert kept
    assert kept.conversation_id == apart
    await office.works()
    assert "bulb" in office.mail_to("tom@garden.example").mail.as_string()
    assert not office.relay.to("jane@shop.example")


async def test_our_answer_goes_along_with_the_mail_that_it_answers(office: Office) -> None:
    boots, lamp = await misfiled(office)
    about = await message(office, lamp)
    await office.replies(boots, "We send a new bulb.", in_reply_to_message=about)
    apart = await splits(office, boots, lamp)
    assert await texts(office, apart) == ["My lamp is broken", "We send a new bulb."]
    assert await row(office, boots, "status") == "open"
    assert await row(office, apart, "status") == "waiting"


async def test_an_answer_that_waits_names_no_mail_of_the_other(office: Office) -> None:
    await office.change("update mailbox set undo_seconds = 600")
    boots, lamp = await misfiled(office)
    again = office.letter("Are they on their way?", From="jane@shop.example", Subject="Re: Boots")
    again["In-Reply-To"] = str(lamp["References"])
    assert await office.hears(again) == boots
    await office.replies(boots, "They are.", in_reply_to_message=await message(office, again))
    apart = await splits(office, boots, lamp)
    assert await texts(office, apart) == ["My lamp is broken"]
    await office.change("update outbound set run_at = now()")
    await office.change("update job set run_at = now() where done_at is null")
    await office.works()
    left = office.mail_to("jane@shop.example").mail
    assert str(lamp["Message-ID"]) not in left.as_string()
    assert str(again["Message-ID"]) in left["References"]
    assert "tom@" not in left.as_string()


async def test_all_from_here(office: Office) -> None:
    boots, lamp = await misfiled(office)
    await office.notes(boots, "Which lamp?")
    more = office.letter("It is blue", answers=lamp, From=TOM)
    await office.hears(more)
    apart = await splits(office, boots, lamp, following=True)
    assert await texts(office, apart) == ["My lamp is broken", "Which lamp?", "It is blue"]
    assert await row(office, boots, "message_count") == 1
    assert await row(office, apart, "message_count") == 3
    assert await row(office, apart, "snippet") == "It is blue"


async def test_the_first_mail_goes_and_the_rest_is_whose_it_is(office: Office) -> None:
    boots, _ = await misfiled(office)
    first = await office.one(
        "select id from message where conversation_id = :boots order by id limit 1", boots=boots
    )
    apart = await splits(office, boots, first)
    assert await customer(office, apart) == "jane@shop.example"
    assert await customer(office, boots) == "tom@garden.example"
    await takes_back(office, boots)
    assert await customer(office, boots) == "jane@shop.example"


async def test_nothing_is_split_off_nothing(office: Office) -> None:
    letter = office.letter()
    boots = await office.hears(letter)
    with pytest.raises(Invalid):
        await splits(office, boots, letter)
    with pytest.raises(NotFound):
        await splits(office, boots, 999_999)


async def test_a_split_is_undone(office: Office) -> None:
    boots, lamp = await misfiled(office)
    apart = await splits(office, boots, lamp)
    await takes_back(office, boots)
    assert await texts(office, boots) == ["My boots are broken", "My lamp is broken"]
    assert await row(office, apart, "merged_into") == boots
    assert await office.rows("select * from barred") == []
    again = office.letter("Any news of the lamp?", answers=lamp, From=TOM)
    assert await office.hears(again) == boots


async def test_what_was_taken_out_is_not_joined_again(office: Office) -> None:
    """Neither by an old id, nor by a parent that comes late and names both."""
    parent = office.letter("Who is in charge?")
    first = office.letter("I am Jane", answers=parent, Subject="Boots")
    second = office.letter("I am Jane, too", answers=parent, Subject="Lamp")
    boots = await office.hears(first)
    assert await office.hears(second) == boots
    apart = await splits(office, boots, second)
    await office.hears(parent)
    assert await row(office, apart, "merged_into") is None
    assert await row(office, boots, "merged_into") is None
    third = office.letter("And?", answers=second)
    assert await office.hears(third) == apart


async def test_a_mail_belongs_to_another_conversation(office: Office) -> None:
    boots, lamp = await misfiled(office)
    lamps = await office.hears(From=TOM, Subject="Lamps for the garden")
    about = await message(office, lamp)
    await belongs(office, about, boots, lamps)
    assert await texts(office, lamps) == ["My lamp is broken", "Hello"]
    assert (await office.events(boots))[-1] == "message.moved"
    again = office.letter("Any news of the lamp?", answers=lamp, From=TOM)
    assert await office.hears(again) == lamps
    await takes_back(office, boots)
    assert await texts(office, lamps) == ["Hello", "Any news of the lamp?"]


async def test_who_wrote_takes_part_where_their_mail_belongs(office: Office) -> None:
    boots = await office.hears(Subject="Boots")
    letter = office.letter("I am Jane's husband", From=TOM, Subject="Shoes")
    shoes = await office.hears(letter)
    await office.notes(shoes, "Who is this?")
    await belongs(office, await message(office, letter), shoes, boots)
    assert await participants(office, boots) == ["tom@garden.example"]
    assert await customer(office, boots) == "jane@shop.example"
    more = office.letter("Well?", answers=letter, From=TOM)
    assert await office.hears(more) == boots


async def test_what_has_nothing_else_in_it_is_merged(office: Office) -> None:
    boots = await office.hears(Subject="Boots")
    letter = office.letter("More", From=TOM, Subject="Shoes")
    shoes = await office.hears(letter)
    await belongs(office, await message(office, letter), shoes, boots)
    assert await row(office, shoes, "merged_into") == boots


async def test_a_merge_is_undone_as_if_it_had_not_been(office: Office) -> None:
    boots = await office.hears(Subject="Boots", Cc="ann@shop.example")
    letter = office.letter("My lamp is broken", From=TOM, Subject="Lamp")
    lamp = await office.hears(letter)
    await office.replies(lamp, "Which lamp?")
    await office.notes(lamp, "He is in a hurry")
    await office.works()
    before = await everything(office)
    await merges(office, boots, lamp)
    assert await row(office, lamp, "merged_into") == boots
    await takes_back(office, boots)
    assert await everything(office) == before
    assert (await office.events(boots))[-2:] == ["conversation.merged", "conversation.unmerged"]
    with pytest.raises(Conflict):
        await takes_back(office, boots, "conversation.merged")


async def test_what_came_since_a_merge_goes_to_what_it_answers(office: Office) -> None:
    boots, letter = await office.hears(Subject="Boots"), office.letter(From=TOM, Subject="Lamp")
    lamp = await office.hears(letter)
    await office.replies(lamp, "Which lamp?")
    await office.works()
    await merges(office, boots, lamp)
    assert await office.hears(answering(office, "tom@garden.example", "The blue one")) == boots
    await office.hears(office.letter("New matter", From=TOM, Subject="Re: Boots"))
    await takes_back(office, boots, "conversation.merged")
    assert await texts(office, lamp) == ["Hello", "Which lamp?", "The blue one"]
    assert await row(office, lamp, "status") == "open"
    assert await office.hears(answering(office, "tom@garden.example", "Hello?")) == lamp


async def test_what_was_taken_in_since_a_merge_came_since_it(office: Office) -> None:
    """Though it had arrived before: nobody knew it."""
    boots, letter = await office.hears(Subject="Boots"), office.letter(From=TOM, Subject="Lamp")
    lamp = await office.hears(letter)
    await office.replies(lamp, "Which lamp?")
    await office.works()
    late = await office.spools(answering(office, "tom@garden.example", "The blue one"))
    assert late
    await merges(office, boots, lamp)
    assert await office.works_off(late)
    await takes_back(office, boots, "conversation.merged")
    assert await texts(office, lamp) == ["Hello", "Which lamp?", "The blue one"]
    assert await row(office, lamp, "status") == "open"


async def test_spam_and_not_spam(office: Office) -> None:
    letter = office.letter("Buy now")
    boots = await office.hears(letter)
    async with office.database.write() as db:
        await mark_spam(db, boots, by=karen(office), now=office.now)
    apart = await office.hears(office.letter("Still there?", answers=letter))
    assert apart != boots
    async with office.database.write() as db:
        await not_spam(db, boots, by=karen(office), now=office.now)
    assert await row(office, boots, "status") == "open"
    assert await row(office, boots, "waiting_since") is not None
    assert await office.events(boots) == [
        "conversation.opened",
        "conversation.spam",
        "conversation.not_spam",
    ]
