"""What else the page can do: said by mail, understood, confirmed, and taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import unquote

from inbox.clock import utcnow
from inbox.store.tables import Conversation
from tests.notify.asking import JANE, KAREN, Desk


async def _home(desk: Desk) -> Conversation:
    async with desk.office.database.read() as db:
        return await db.get_one(Conversation, desk.home)


async def test_a_promise_is_confirmed_and_taken_back(desk: Desk) -> None:
    desk.office.now = utcnow() - timedelta(hours=1)
    await desk.sends("@promise tomorow 14:00\n@follow")
    promised = (await _home(desk)).promised_until
    assert f"{promised:%H:%M}" == "14:00"
    told = desk.office.mail_to(KAREN).text
    assert re.match(r"An answer is promised by .+, 14:00 \(UTC\)\.\n", told)
    assert re.search(r"begins with *\n +@promise none *\n +@unfollow", told)
    assert await desk.office.one("select agent_id from following") == desk.office.karen
    await desk.sends("@promise in 3 days")
    assert f"{(await _home(desk)).promised_until:%H:%M}" == "17:00"
    await desk.sends("@обещаю нет\n@не следить")
    assert (await _home(desk)).promised_until is None
    assert await desk.office.one("select count(*) from following") == 0
    assert await desk.said() == []


async def test_what_is_known_of_a_customer(desk: Desk) -> None:
    await desk.sends("@customer prefers the phone\n@customer +39 02 1234\n@kunde jane@home.example")
    told = desk.office.mail_to(KAREN).text
    assert "Noted about the customer: “prefers the phone”." in told
    assert "The customer can be called at +39 02 1234." in told
    assert "The customer also writes from jane@home.example." in told
    # Who is shown them in a row writes them in a row.
    each = r"Undo: a mail to \S+ that begins with *\n +@forget jane\S+\n +@forget \+39.*\n +@forget"
    assert re.search(each, told)
    page = " ".join(desk.office.mail_to(KAREN).html.split())
    assert "each on a line of its own:<br>@forget jane@home.example<br>@forget" in page
    await desk.sends("@forget something else")
    assert "Of the customer we know: " in desk.office.mail_to(KAREN).text
    await desk.sends("@forget prefers\n@forget jane@home.example\n@forget +39 02 1234")
    assert "Taken off: “prefers the phone”." in desk.office.mail_to(KAREN).text
    assert await desk.office.one("select count(*) from customer_phone") == 0
    assert await desk.office.one("select count(*) from customer_address") == 1
    assert not desk.office.relay.to(JANE)


async def test_all_that_was_done_can_be_taken_back(desk: Desk) -> None:
    desk.office.now = utcnow() - timedelta(hours=1)
    await desk.office.change("update mailbox set categories = '{Refund,Delivery}'")
    await desk.sends("@tag vip\n@priority urgent\n@category Refund\n@wait 3 days")
    told = desk.office.mail_to(KAREN).text
    lines = ["@reopen", "@untag vip", "@priority normal"]
    assert re.search(r"begins with *\n +" + r" *\n +".join(lines), told)
    assert "“@undo” alone undoes what was done last" in told  # for a category there is no line
    await desk.sends("\n".join(lines))
    home = await _home(desk)
    assert (home.status, home.tags, home.priority) == ("open", [], 0)
    await desk.sends("@category Delivery\n@take\n@snooze 2 days")
    told = desk.office.mail_to(KAREN).text
    assert re.search(r"begins with *\n +@reopen *\n +@category Refund *\n +@assign nobody", told)
    assert "“@undo”" not in told


async def test_closing_asks_for_what_is_wanted_and_says_how(desk: Desk) -> None:
    await desk.office.change(
        "update mailbox set close_needs = '{category,solution,comment}',"
        " categories = '{Refund,Delivery}'"
    )
    await desk.sends("@tag vip\n@close tell, category: refund")
    told = desk.office.mail_to(KAREN)
    assert (await desk.stands())[0] == "open"
    text = " ".join(told.text.split())
    assert "Its mailbox wants this said first: a comment for us and the solution." in text
    assert "Write it so: “@close comment: …, solution: …”." in text
    await desk.sends("@close")
    text = " ".join(desk.office.mail_to(KAREN).text.split())
    assert "The category is one of: Refund, Delivery." in text
    link = next(
        one for one in _letters(desk.office.mail_to(KAREN).html) if "@category Deliv" in one
    )
    assert "@solution\n@close\n\n-- \n" in link
    await desk.sends(link.partition("\n--")[0])  # nothing was filled in
    text = " ".join(desk.office.mail_to(KAREN).text.split())
    assert "Its mailbox wants this said first: a comment for us and the solution." in text
    body = link.partition("\n--")[0].replace("@solution", "@solution New boots, by train.")
    await desk.sends(f"{body}\nShe was kind.", "n")
    home = await _home(desk)
    assert (home.status, home.category) == ("closed", "Delivery")
    assert home.solution == "New boots, by train"
    assert ("note", "She was kind.") in await desk.said()


async def test_the_link_of_a_notice_closes_with_all_that_is_wanted(desk: Desk) -> None:
    await desk.office.change(
        "update mailbox set close_needs = '{category,solution}', categories = '{Refund,Delivery}'"
    )
    await desk.office.hears(words="And laces?", Subject="Laces")
    await desk.office.works()
    desk.notice = desk.office.mail_to(KAREN)
    link = next(one for one in _letters(desk.notice.html) if one.startswith("@category\n@solution"))
    await desk.sends(link, "n")  # just as it opens
    told = desk.office.mail_to(KAREN)
    text = " ".join(told.text.split())
    assert "The category is one of: Refund, Delivery." in text
    ready = next(one for one in _letters(told.html) if "@category Refund" in one)
    await desk.sends(ready.replace("@solution", "@solution sent anew"), "n")
    rows = await desk.office.rows("select status, category, solution from conversation order by id")
    assert tuple(rows[-1]) == ("closed", "Refund", "sent anew")
    assert ("note", "") not in await desk.said()


def _letters(html: str) -> list[str]:
    links = re.findall(r'href="mailto:[^"]*body=([^"]*)"', html)
    return [unquote(one).replace("\r\n", "\n") for one in links]


async def test_what_is_done_last_is_undone(desk: Desk) -> None:
    await desk.sends("@undo")
    assert desk.office.mail_to(KAREN).text.startswith("Nothing was undone")
    await desk.sends("@close category: Returns, solution: sent anew")
    assert (await _home(desk)).category == "Returns"
    await desk.sends("rückgängig")
    assert (await _home(desk)).status == "open"
    assert desk.office.mail_to(KAREN).text.startswith("Undone: @close.")
    other = await desk.office.hears(words="More", Subject="Boots too small")
    await desk.sends("@same boots too")
    assert (await _home(desk)).merged_into == other
    told = [one.text for one in desk.office.relay.to(KAREN)]
    assert any(
        one.startswith(f"Joined with conversation {other}: “Boots too small”") for one in told
    )


async def test_undoing_goes_back_step_by_step_and_never_past_what_it_cannot(desk: Desk) -> None:
    other = await desk.office.hears(words="More", Subject="Laces")
    await desk.office.works()
    await desk.sends("@close")
    await desk.sends("@same laces")
    await desk.sends("@undo")
    assert f"conversations/{desk.home}\n" in desk.office.mail_to(KAREN).text
    assert (await _home(desk)).merged_into is None
    await desk.sends("@undo")  # not joined again
    assert desk.office.mail_to(KAREN).text.startswith("Undone: @close.")
    await desk.sends("@undo")
    assert desk.office.mail_to(KAREN).text.startswith("Nothing was undone")

    await desk.sends(f"@belongs {other}")  # its only mail: all of it is joined
    assert (await _home(desk)).merged_into == other
    await desk.sends("@undo")
    assert desk.office.mail_to(KAREN).text.startswith("Undone: @same.")

    # The mail has gone elsewhere, and with it the notice: it comes back by the same.
    await desk.office.hears(words="Hello?", In_Reply_To=f"<{desk.home}@shop.example>")
    await desk.office.works()
    desk.notice = desk.office.mail_to(KAREN)
    await desk.sends(f"@belongs {other}")
    await desk.sends("@undo")
    assert desk.office.mail_to(KAREN).text.startswith("Undone: @belongs.")
    await desk.sends("@split all")
    await desk.sends("@undo")
    assert desk.office.mail_to(KAREN).text.startswith("Undone: @split.")

    await desk.sends("@close\n@customer +39 02 1234")
    await desk.sends("@customer +39 02 5678")
    await desk.sends("@undo")  # a number is taken off by another order; closing came before it
    assert desk.office.mail_to(KAREN).text.startswith("Nothing was undone")
    assert (await desk.stands())[0] == "closed"


async def test_an_answer_leaves_at_its_time_or_now_or_never(desk: Desk) -> None:
    desk.office.now = utcnow() - timedelta(hours=1)
    await desk.sends("@send tomorrow 9:00\n@close\n\nNew ones.")
    told = desk.office.mail_to(KAREN).text
    assert re.match(r"Your answer leaves on .+; then the conversation is closed\.\n", told)
    assert (await desk.stands())[0] == "open"
    await desk.sends("stop")
    assert "New ones." in desk.office.mail_to(KAREN).text
    assert await desk.office.one("select count(*) from held where send_at is not null") == 0
    await desk.sends("New ones at once.", "send-tomorrow")
    assert not desk.office.relay.to(JANE)
    desk.office.now += timedelta(minutes=1)
    await desk.sends("@send now")
    assert desk.office.mail_to(JANE).text.startswith("New ones at once.\n")
    await desk.sends("@send tomorrow")
    assert "there are no words for the customer" in desk.office.mail_to(KAREN).text
    supplier = "glue@supplier.example"
    await desk.sends(f"@forward {supplier}\n@send tomorrow\n@close\n\nCan you mend this?")
    told = desk.office.mail_to(KAREN).text
    assert f"Your mail to {supplier} leaves on " in told
    assert (await desk.stands())[0] == "closed"  # it is no answer, for which this would wait
    assert not desk.office.relay.to(supplier)
    await desk.sends("@send now")
    assert "Can you mend this?" in desk.office.mail_to(supplier).text
    passed = "select count(*) from event where name = 'message.forwarded'"
    assert await desk.office.one(passed) == 1  # it is said once, however it left
    await desk.sends("@send now")  # it has left
    assert "there are no words for the customer" in desk.office.mail_to(KAREN).text
    await desk.sends(f"@forward {supplier}\n@send tomorrow\n\nCan you mend this?")
    await desk.sends("stop")
    assert "Can you mend this?" in desk.office.mail_to(KAREN).text
    assert await desk.office.one("select verb from held order by id desc limit 1") == "note"
    assert len(desk.office.relay.to(supplier)) == 1
    await desk.sends("@note\n@send tomorrow\n\nHi")
    assert "does not go with the rest" in desk.office.mail_to(KAREN).text


async def test_the_customer_hears_where_it_went_and_that_it_is_closed_if_that_is_said(
    desk: Desk,
) -> None:
    await desk.office.mailbox("billing@us.example", name="Billing")
    moved = "select count(*) from outbound where kind = 'moved'"
    closing = "select count(*) from job where kind = 'closing.tell'"
    for words, told in (("@close quietly", 0), ("@reopen", 0), ("@close tell", 1)):
        await desk.sends(words)
        assert await desk.office.one(closing) == told, words
    assert (await desk.stands())[0] == "closed"
    for words, told in (("@reopen", 0), ("@move billing tell", 1)):
        await desk.sends(words)
        assert await desk.office.one(moved) == told, words
