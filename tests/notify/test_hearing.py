"""People say by mail what they want to hear."""

from __future__ import annotations

from tests.notify.asking import JANE, KAREN, Desk


async def test_who_wants_to_hear_less_says_so_by_mail(desk: Desk) -> None:
    assert "To hear less of Support: “@notices mine”, “mentions” or “none”" in " ".join(
        desk.notice.text.split()
    )
    await desk.sends("@notices none")
    rows = await desk.office.rows("select notices from membership order by agent_id")
    assert [row.notices for row in rows] == ["none", "all"]
    assert await desk.said() == []
    assert not desk.office.relay.to(JANE)
    before = len(desk.office.relay.to(KAREN))
    await desk.office.hears(words="Something else.", Subject="Lids")
    await desk.office.works()
    assert len(desk.office.relay.to(KAREN)) == before
    # How often lists come is said for all mailboxes, and taken back by a line where it is told.
    await desk.sends("@notices every 75 minutes")
    every = "select digest_minutes from agent where email = :email"
    assert await desk.office.one(every, email=KAREN) == 75
    assert await desk.said() == []
    await desk.sends("@notices 90\n@away until friday")
    assert await desk.office.one(every, email=KAREN) == 90
    assert "@notices 75" in desk.office.mail_to(KAREN).text
    # What they ask for is answered all the same.
    await desk.sends("@notices some")
    assert "say all, mine, mentions or none" in await desk.nothing_is_done()
