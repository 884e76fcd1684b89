"""What a new conversation may belong to: for people to judge."""

from __future__ import annotations

import pytest

from inbox.store.suggestions import Suggested, suggestions
from tests.office import Office, office

__all__ = ["office"]

FIRST = "The zipper of the green tent tore at the first camp. Can you repair it?"
AGAIN = "About the tent: when will the zipper be repaired? We camp again in May."


async def suggested(office: Office, conversation: int) -> list[Suggested]:
    async with office.database.read() as db:
        return await suggestions(db, conversation, [office.support])


async def test_the_same_customer_about_the_same(office: Office) -> None:
    first = await office.hears(office.letter(FIRST, Subject="Tent"))
    await office.hears(office.letter("Please send me a bill for May.", Subject="A bill"))
    second = await office.hears(office.letter(AGAIN, Subject="Repair"))
    [one] = await suggested(office, second)
    assert (one.id, one.subject, one.customer, one.is_unsure) == (first, "Tent", "Jane Doe", False)
    assert one.wrote_at is not None


async def test_a_number_says_enough(office: Office) -> None:
    first = await office.hears(office.letter("Invoice RE-2026-118 is wrong", Subject="Wrong"))
    second = await office.hears(office.letter("What of RE-2026-118?", Subject="Question"))
    assert [one.id for one in await suggested(office, second)] == [first]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Do you have boots in size 42, and what would they cost?", "Boots"),
        ("Hello, can you please tell me when you are there? Thank you very much", "Hours"),
        ("", ""),
        ("' \\ | & ! ( ) :* <->", "'"),
        ("What is the warranty?\n\nJane Doe\nshop.example", "Jane Doe"),
    ],
)
async def test_what_has_nothing_in_common(office: Office, words: str, subject: str) -> None:
    hello = "Hello, can you please look at my tent, and when are you there? Thank you"
    hello = f"{hello}\n\nJane Doe, shop.example"
    await office.hears(office.letter(hello, Subject="Tent"))
    second = await office.hears(office.letter(words, Subject=subject))
    assert await suggested(office, second) == []


async def test_never_of_another_customer(office: Office) -> None:
    await office.hears(office.letter(FIRST, Subject="Tent", From="Otto <otto@mill.example>"))
    second = await office.hears(office.letter(AGAIN, Subject="Repair"))
    assert await suggested(office, second) == []


async def test_never_of_another_mailbox(office: Office) -> None:
    press = await office.mailbox("press@us.example", confirm="off")
    await office.hears(office.letter(FIRST, Subject="Tent", To="press@us.example"))
    second = await office.hears(office.letter(AGAIN, Subject="Repair"))
    assert await suggested(office, second) == []
    async with office.database.read() as db:
        assert await suggestions(db, second, [office.support, press])


async def test_what_is_answered_needs_none(office: Office) -> None:
    await office.hears(office.letter(FIRST, Subject="Tent"))
    second = await office.hears(office.letter(AGAIN, Subject="Repair"))
    await office.replies(second, "In April.")
    assert await suggested(office, second) == []


async def test_what_most_write_says_nothing(office: Office) -> None:
    common = "The parcel tracking shows delayed delivery since yesterday evening"
    for number in range(5):
        sender = f"Pat <pat{number}@farm{number}.example>"
        await office.hears(office.letter(common, Subject="Parcel", From=sender))
    await office.hears(office.letter(f"{common}. Boots?", Subject="Parcel one"))
    second = await office.hears(office.letter(f"{common}. Lamp!", Subject="Parcel two"))
    assert await suggested(office, second) == []


async def test_what_could_not_be_told_apart(office: Office) -> None:
    today = "Mon, 03 Mar 2025 09:30:00 +0000"
    for words in ("One", "Two"):
        await office.hears(office.letter(words, Subject="Question", Date=today))
    third = await office.hears(office.letter("Three", Subject="Re: Question", Date=today))
    found = await suggested(office, third)
    assert found
    assert all(one.is_unsure for one in found)
