"""What a program finds."""

from __future__ import annotations

from datetime import timedelta

from tests.api.conftest import Desk
from tests.indexed import indexes


async def test_conversations_are_found_with_the_words_that_say_it(desk: Desk) -> None:
    boots = await desk.hears(text="My <b>boots</b> are broken.", ago=timedelta(hours=2))
    await desk.hears(subject="Laces", text="Nothing of that.")
    hidden = await desk.service.company.mailbox("board@us.example", "Board")
    await desk.service.company.receives(hidden, text="Broken boots of the board")
    await indexes(desk.service.company.database)
    found = await desk.program.gets("/search", q="broken boot is:purple")
    [one] = found["items"]
    assert one["conversation"]["id"] == boots
    snippet = one["match"]["snippet"]
    assert snippet["text"] == "My <b>boots</b> are broken."
    assert [snippet["text"][begin:end] for begin, end in snippet["marks"]] == ["boots", "broken"]
    assert one["match"]["subject"] == {"text": "Boots", "marks": [[0, 5]]}
    assert (found["next"], found["searched_until"]) == (None, None)
    [missed] = found["not_understood"]
    assert (missed["said"], missed["why"]) == ("is:purple", "state")
    assert "is:open" in missed["detail"]
    # Without words it is a list.
    found = await desk.program.gets("/search", q="is:open")
    assert [one["match"] for one in found["items"]] == [None, None]
    assert (await desk.program.gets("/search", q=""))["items"] == []
    refused = await desk.program.refused("GET", "/search", params={"q": "x", "cursor": "!"})
    assert refused["status"] == 422
