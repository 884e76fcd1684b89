"""The morning's list, answered as a whole; and answers out of it that leave later."""

from __future__ import annotations

from datetime import timedelta

from inbox.clock import utcnow
from tests.notify.morning import KAREN, PAT, Morning


async def test_what_is_about_no_number_is_done_besides(morning: Morning) -> None:
    office = morning.office
    await morning.answers("@notices mine\n1 take\n@away until friday")
    # Who says what they want to hear gets a list of it at once.
    told = [one.text for one in office.relay.to(KAREN) if one.text.startswith("All of it")]
    [back] = told
    assert "@notices mine\nDone: notices mine → Support." in back
    assert "@away until friday\nDone: away until friday → " in back
    assert "1. Boots\nDone: take." in back
    heard = await office.one("select notices from membership where agent_id = :id", id=office.karen)
    assert heard == "mine"
    assert await office.one("select away_until from agent where id = :id", id=office.karen)
    back = await morning.answers("@notices loudly\n@help")
    assert "@notices loudly\nNot done." in back
    assert "\n  1 close: closes the conversation" in back
    assert "\n  @notices mine: " in back
    assert "@template" not in back


async def test_an_answer_in_a_list_that_leaves_later(morning: Morning) -> None:
    office = morning.office
    office.now = utcnow().replace(microsecond=0) - timedelta(minutes=9)
    back = await morning.answers(
        "1 send tomorrow 9:00, close\n1 answer: It is mended.\n2 send tomorrow\n3 send now"
    )
    assert "1. Boots\nDone: close, send tomorrow 9:00 → " in back
    assert "“1 stop” in an answer takes it back before." in back
    assert "2. Invoice\nNot done." in back
    assert "3. Lids\nNot done." in back
    [row] = await office.rows("select send_at from held")
    assert row.send_at
    assert not office.relay.to(PAT)
    assert (await morning.stand())[0][0] == "open"
    back = await morning.answers("1 send now")
    assert "1. Boots\nDone: send now." in back
    assert office.mail_to(PAT).text.startswith("It is mended.")
