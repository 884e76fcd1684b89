"""Which ways home customers' programs leave whole."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from inbox.store.channels import Channel, advice, read_channels
from tests.office import Office, office

__all__ = ["office"]


async def an_answer(office: Office) -> tuple[EmailMessage, int]:
    """Jane has asked, and has an answer of ours."""
    question = office.letter("My boots broke since Monday, both of them.", Subject="Boots 4711")
    conversation = await office.hears(question)
    await office.replies(conversation, "We shall send you a new pair of boots on Tuesday morning.")
    await office.works()
    return office.mail_to("jane@shop.example").mail, conversation


async def channels(office: Office) -> list[Channel]:
    async with office.database.read() as db:
        return await read_channels(db)


async def test_nobody_has_answered(office: Office) -> None:
    await office.hears(office.letter("Hello"))
    assert await channels(office) == []


async def test_each_program_by_what_it_brings_back(office: Office) -> None:
    ours, home = await an_answer(office)
    whole = office.letter("Thanks", answers=ours, User_Agent="Mozilla Thunderbird")
    cut = office.letter("Ah", answers=ours, References="", User_Agent="Mozilla Thunderbird")
    index = {"Thread_Index": str(ours["Thread-Index"]), "X_Mailer": "Microsoft Outlook 16.0"}
    outlook = office.letter("Ok", answers=None, Subject="Boots", **index)
    date = "Mon, 03 Mar 2025 10:00:00 +0000"
    none = office.letter("Yes", Subject="Re: Boots 4711", X_Mailer="Broken 1.0", Date=date)
    assert [await office.hears(one) for one in (whole, cut, outlook, none)] == 4 * [home]
    found = {one.program: one for one in await channels(office)}
    assert {one.domain for one in found.values()} == {"shop.example"}
    bird, outlook_, broken = found["Thunderbird"], found["Outlook"], found["Broken"]
    assert (bird.answers, bird.in_reply_to, bird.refs, bird.without_header) == (2, 2, 1, 0)
    assert (outlook_.thread_index, outlook_.in_reply_to, outlook_.without_header) == (1, 0, 0)
    assert (broken.subject, broken.without_header) == (1, 1)
    assert next(iter(found)) == "Broken"


@pytest.mark.parametrize(
    ("answers", "lost", "has_token", "advised"),
    [(5, 1, False, True), (4, 4, False, False), (100, 19, False, False), (5, 5, True, False)],
)
def test_who_is_told_to_switch_the_token_on(
    answers: int, lost: int, has_token: bool, advised: bool
) -> None:
    one = Channel(
        mailbox="support@us.example",
        customer_token=has_token,
        domain="shop.example",
        program="",
        answers=answers,
        token=0,
        in_reply_to=answers - lost,
        refs=0,
        thread_index=0,
        quote=0,
        subject=lost,
        without_header=lost,
    )
    assert bool(advice([one])) is advised
