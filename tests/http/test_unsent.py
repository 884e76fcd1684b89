"""What somebody wrote is not lost with what they wrote it for."""

from __future__ import annotations

import pytest

from inbox.auth import sessions
from inbox.desk.people import set_agent
from inbox.store.tables import Agent
from tests.http.company import Company
from tests.http.conftest import Browser

WORDS = "<b>Dear Pat</b>, it took me an hour to find out."
SHOWN = "&lt;b&gt;Dear Pat&lt;/b&gt;, it took me an hour to find out.</textarea>"
PART = {"hx-request": "true", "hx-target": "section#conversation"}


@pytest.mark.parametrize("what", ["replies", "notes"])
@pytest.mark.parametrize("how", [PART, {}])
async def test_a_conversation_that_is_not_there_any_more(
    browser: Browser, company: Company, ann: Agent, boots: int, what: str, how: dict[str, str]
) -> None:
    form = await browser.composer(boots)
    other = await company.mailbox("press@us.example", "Press")
    async with company.database.write() as db:
        await set_agent(db, ann.email, {"mailboxes": other.address})
    sent = await browser.post(
        f"/conversations/{boots}/{what}", {**form, "text": WORDS}, headers=how
    )
    assert sent.status_code == 404
    assert SHOWN in sent.text
    assert "taken back, or is for others now" in sent.text
    assert ("<main" in sent.text) is not bool(how)


async def test_a_role_that_was_taken_away(
    browser: Browser, company: Company, ann: Agent, boots: int
) -> None:
    form = await browser.composer(boots)
    async with company.database.write() as db:
        await set_agent(db, ann.email, {"role": "colleague"})
    sent = await browser.post(f"/conversations/{boots}/replies", {**form, "text": WORDS})
    assert sent.status_code in (401, 403)
    assert SHOWN in sent.text


async def test_a_session_that_has_ended(
    browser: Browser, company: Company, ann: Agent, boots: int
) -> None:
    form = await browser.composer(boots)
    async with company.database.write() as db:
        await sessions.end_all(db, ann.id)
    url, filled = f"/conversations/{boots}/replies", {**form, "text": WORDS}
    here = {"referer": f"http://test/conversations/{boots}?in=mine"}
    whole = await browser.post(url, filled, headers=here)
    assert whole.status_code == 401
    assert SHOWN in whole.text
    assert f'href="/sign-in?next=/conversations/{boots}%3Fin%3Dmine"' in whole.text
    # A script keeps them itself, and leaves for where one signs in.
    part = await browser.post(url, filled, headers=PART)
    assert (part.status_code, part.text) == (401, "")
    # Nothing is said back to a page of others, nor of what was no writing.
    foreign = await browser.post(url, filled, headers={"sec-fetch-site": "cross-site"})
    assert "Dear Pat" not in foreign.text
    assert "/sign-in" in str((await browser.post(f"/conversations/{boots}/closure")).url)
