"""A customer who wants to be answered elsewhere: whoever answers is told where that is."""

from __future__ import annotations

from tests.office import Office

PAT, KAREN = "Pat Lee <pat@shop.example>", "karen@us.example"


async def test_an_address_for_answers_is_named(office: Office) -> None:
    await office.hears(From=PAT, Reply_To="mia@other.example")
    await office.works()
    first = office.mail_to(KAREN).text.partition("\n")[0]
    assert first == "Your answer goes to Pat Lee (mia@other.example)."


async def test_an_address_of_ours_is_none(office: Office) -> None:
    await office.hears(From=PAT, Reply_To="support@us.example")
    await office.works()
    assert office.mail_to(KAREN).text.startswith("Your answer goes to Pat Lee.\n")
