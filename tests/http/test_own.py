"""One's own settings."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from pyotp import TOTP
from sqlalchemy import select

from inbox.auth.sessions import How, start
from inbox.auth.throttle import Counter, failed
from inbox.settings import Settings
from inbox.store.tables import Agent, Mailbox, Membership, Session
from tests.http.company import PASSWORD, Company
from tests.http.conftest import Browser, Clock, Doors

PAGES = ("me", "notices", "access", "second-step", "programs")


async def the_agent(company: Company) -> Agent:
    async with company.database.read() as db:
        return (await db.scalars(select(Agent).where(Agent.email == "ann@us.example"))).one()


async def test_who_i_am(browser: Browser, company: Company) -> None:
    assert 'href="/settings/me"' in await browser.page("/conversations")
    form = {"name": "Ann <b>Berg", "language": "ru", "zone": "Asia/Tokyo"}
    page = await browser.post("/settings/me?_method=put", form)
    assert page.status_code == 200
    assert "Ann &lt;b&gt;Berg" in page.text
    assert "Мои настройки" in page.text
    # Said once.
    assert 'class="told" role="status"' in page.text
    assert 'class="told"' not in await browser.page("/settings/me")
    refused = await browser.post("/settings/me?_method=put", form | {"name": " "})
    assert refused.status_code == 422
    agent = await the_agent(company)
    assert (agent.name, agent.language, agent.time_zone) == ("Ann <b>Berg", "ru", "Asia/Tokyo")


async def test_i_am_away_and_back(browser: Browser, company: Company, clock: Clock) -> None:
    page = await browser.post("/settings/absence?_method=put", {"day": "2026-11-24"})
    assert "You are away until" in page.text
    until = (await the_agent(company)).away_until
    assert until is not None
    assert f"{until:%m-%d %H:%M}" == "11-25 00:00"
    await browser.post("/settings/absence?_method=delete")
    assert (await the_agent(company)).away_until is None
    for day in ("2026-11-21", "9999-12-31", "soon", ""):
        refused = await browser.post("/settings/absence?_method=put", {"day": day})
        assert refused.status_code == 422


async def test_what_i_hear(browser: Browser, company: Company, support: Mailbox) -> None:
    wish = {"notices": "mine", "digest": "daily", "dispatcher": "hourly"}
    page = await browser.post(f"/settings/notices/{support.id}?_method=put", wish)
    assert '<option value="mine" selected>' in page.text
    hours = {"quiet_from": "22:00", "quiet_to": "07:00", "digest_at": "09:30", "sound": "on"}
    page = await browser.post("/settings/notices?_method=put", hours)
    assert 'value="22:00"' in page.text
    agent = await the_agent(company)
    assert (agent.quiet, agent.digest_at) == ("22:00-07:00", "09:30")
    assert (agent.sound, agent.bundles, agent.tasks) == (True, False, False)
    assert agent.next_digest_at is not None
    async with company.database.read() as db:
        row = (await db.scalars(select(Membership))).one()
    assert (row.notices, row.digest, row.dispatcher) == ("mine", "daily", "hourly")
    refused = await browser.post("/settings/notices?_method=put", hours | {"quiet_to": "22:00"})
    assert refused.status_code == 422
    press = await company.mailbox("press@us.example", "Press")
    assert (
        await browser.post(f"/settings/notices/{press.id}?_method=put", wish)
    ).status_code == 404


async def test_a_new_password_asks_for_the_old_one_and_ends_other_sessions(
    browser: Browser, doors: Doors, ann: Agent
) -> None:
    other = await doors.open(ann)
    new = {"new": "another battery", "again": "another battery"}
    change = "/settings/password?_method=put"
    for wrong in (new, new | {"old": "wrong"}, new | {"old": PASSWORD, "again": "different"}):
        assert (await browser.post(change, wrong)).status_code == 422
    assert (await other.get("/conversations")).url.path == "/conversations"
    assert (await browser.post(change, new | {"old": PASSWORD})).status_code == 200
    assert (await browser.get("/conversations")).url.path == "/conversations"
    assert (await other.get("/conversations")).url.path == "/sign-in"


async def test_guessing_the_old_password_becomes_slow(
    browser: Browser, company: Company, ann: Agent, clock: Clock
) -> None:
    new = {"old": "wrong", "new": "another battery", "again": "another battery"}
    change = "/settings/password?_method=put"
    assert (await browser.post(change, new)).status_code == 422
    async with company.database.write() as db:
        for _ in range(4):
            await failed(db, (Counter(f"own-password:{ann.id}", 5),), now=clock.now)
    assert (await browser.post(change, new | {"old": PASSWORD})).status_code == 409


async def test_who_comes_by_a_link_chooses_a_password_soon(
    stranger: Browser, company: Company, ann: Agent, clock: Clock
) -> None:
    async with company.database.write() as db:
        token = await start(db, ann.id, now=clock.now, how=How.LINK)
    stranger.client.cookies.set("inbox_session", token)
    new = {"new": "another battery", "again": "another battery"}
    change = "/settings/password?_method=put"
    assert 'name="old"' not in await stranger.page("/settings/access")
    clock.now += timedelta(minutes=16)
    assert (await stranger.post(change, new)).status_code == 422
    clock.now -= timedelta(minutes=10)
    assert (await stranger.post(change, new)).status_code == 200


async def test_where_i_am_signed_in(
    browser: Browser, doors: Doors, company: Company, ann: Agent, clock: Clock
) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0"
    async with company.database.write() as db:
        await start(db, ann.id, now=clock.now, peer="198.51.100.7", user_agent=firefox)
    other = await doors.open(ann)
    ben = await doors.open(await company.agent("Ben Okafor"))
    page = await browser.page("/settings/access")
    assert "Firefox · Windows" in page
    ends = re.findall(r'action="(/settings/sessions/\w+)\?_method=delete"', page)
    assert len(ends) == 2
    for end in ends:
        assert (await ben.post(f"{end}?_method=delete")).status_code == 404
    await browser.post(f"{ends[0]}?_method=delete")
    await browser.post("/settings/sessions?_method=delete")
    assert (await other.get("/settings/me")).url.path == "/sign-in"
    async with company.database.read() as db:
        assert len([*await db.scalars(select(Session).where(Session.agent_id == ann.id))]) == 1
    assert (await ben.get("/settings/me")).status_code == 200


async def test_the_second_step_is_set_up_and_taken_off(
    browser: Browser, doors: Doors, ann: Agent, clock: Clock
) -> None:
    other = await doors.open(ann)
    page = (await browser.post("/settings/second-step")).text
    assert '<svg width="' in page
    found = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    authenticator = TOTP(found[1].replace(" ", ""))
    confirm, off = "/settings/second-step?_method=put", "/settings/second-step?_method=delete"
    assert (await browser.post(confirm, {"code": "000000"})).status_code == 422
    page = (await browser.post(confirm, {"code": authenticator.at(clock.now)})).text
    first = re.findall(r"<code>([\w-]{19})</code>", page)
    assert len(first) == 10
    assert (await other.get("/settings/me")).url.path == "/sign-in"
    # Neither the secret nor the codes are ever shown again, and none of it can be begun anew.
    await browser.post("/settings/second-step")
    page = await browser.page("/settings/second-step")
    assert found[1] not in page
    assert first[0] not in page
    renewed = (await browser.post("/settings/recovery-codes", {"code": first[0]})).text
    second = re.findall(r"<code>([\w-]{19})</code>", renewed)
    assert (await browser.post(off, {"code": first[1]})).status_code == 422
    assert "Set up a second step" in (await browser.post(off, {"code": second[1]})).text


async def test_tokens_and_mail_passwords_are_shown_once(
    browser: Browser, doors: Doors, company: Company
) -> None:
    ben = await doors.open(await company.agent("Ben Okafor"))
    for url in ("/settings/tokens", "/settings/mail-passwords"):
        page = (await browser.post(url, {"name": "<i>Script"})).text
        found = re.search(r'<code class="secret">(\S+)</code>', page)
        assert found
        again = await browser.page("/settings/programs")
        assert found[1] not in again
        assert "&lt;i&gt;Script" in again
        assert (await browser.post(url, {"name": "<i>Script"})).status_code == 409
        assert (await browser.post(url, {"name": ""})).status_code == 422
        remove = re.search(rf'action="({url}/\d+)\?_method=delete"', again)
        assert remove
        assert (await ben.post(f"{remove[1]}?_method=delete")).status_code == 404
        assert (await browser.post(f"{remove[1]}?_method=delete")).status_code == 200
        assert "&lt;i&gt;Script" not in await browser.page("/settings/programs")


async def test_what_is_shown_once_is_for_one_session(
    browser: Browser, doors: Doors, ann: Agent
) -> None:
    made = await browser.client.post(
        "/settings/tokens",
        data={"name": "Script"},
        headers={"sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert made.status_code == 303
    other = await doors.open(ann)
    other.client.cookies.set("inbox_shown", browser.client.cookies["inbox_shown"])
    assert "inbox_" not in (await other.page("/settings/programs")).replace("inbox_shown", "")
    assert 'class="secret">inbox_' in await browser.page("/settings/programs")


@pytest.mark.parametrize("settings", [Settings(second_step=("agent",))])
async def test_a_role_that_needs_a_second_step_comes_no_further(
    browser: Browser, boots: int, settings: Settings
) -> None:
    there = await browser.get(f"/conversations/{boots}")
    assert there.url.path == "/settings/second-step"
    assert "Your role needs one" in there.text
    for url in ("/settings/tokens", f"/conversations/{boots}/closure", "/settings/me?_method=put"):
        refused = await browser.client.post(
            url, headers={"sec-fetch-site": "same-origin"}, follow_redirects=False
        )
        assert refused.headers["location"] == "/settings/second-step"
    assert (await browser.post("/settings/second-step")).status_code == 200


async def test_what_is_shown_once_waits_for_its_page(browser: Browser) -> None:
    """Another page that is opened before it neither shows nor swallows it, nor breaks of it."""
    made = await browser.post("/settings/tokens", {"name": "laptop"}, follow_redirects=False)
    assert made.status_code == 303
    assert ">inbox_" not in await browser.page("/house/texts")
    assert ">inbox_" in await browser.page("/settings/programs")
    assert ">inbox_" not in await browser.page("/settings/programs")
