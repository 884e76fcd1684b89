"""The second step of signing in."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from pyotp import TOTP
from sqlalchemy import select

from inbox.auth import second_step
from inbox.auth.links import hash_of, keep_link
from inbox.desk.people import set_password
from inbox.store.tables import Agent, RecoveryCode, SecondStep
from tests.http.company import PASSWORD, SECRET, Company
from tests.http.conftest import Browser, Clock

EMAIL = "ann@us.example"
DESK = "/conversations"
TOKEN = "inbox_" + "t" * 43


@pytest.fixture
async def codes(company: Company, ann: Agent, clock: Clock) -> tuple[TOTP, list[str]]:
    """Ann's authenticator and her recovery codes; half a minute has gone since she set it up."""
    async with company.database.write() as db:
        await second_step.begin(db, ann.id, secret=SECRET, now=clock.now)
        base32 = await second_step.begun(db, ann.id, secret=SECRET)  # type: ignore[arg-type] # a writer reads
        assert base32
        given = TOTP(base32).at(clock.now)
        recovery = await second_step.confirm(db, ann.id, given, secret=SECRET, now=clock.now)
    assert recovery
    clock.now += timedelta(seconds=60)
    return TOTP(base32), recovery


async def passes_first(browser: Browser, company: Company, clock: Clock) -> None:
    """By a link: a password takes longer to look at."""
    async with company.database.write() as db:
        ann = (await db.scalars(select(Agent).where(Agent.email == EMAIL))).one()
        browser_hash = hash_of("browser")
        await keep_link(db, ann.id, TOKEN, browser_hash=browser_hash, target="", now=clock.now)
    browser.client.cookies.set("inbox_browser", "browser")
    there = await browser.post(f"/sign-in/links/{TOKEN}")
    assert there.url.path == "/sign-in/second-step"
    assert "inbox_session" not in browser.client.cookies


async def gives(browser: Browser, code: str) -> str:
    return str((await browser.post("/sign-in/second-step", {"code": code})).url.path)


async def test_a_code_opens_once(
    stranger: Browser, company: Company, codes: tuple[TOTP, list[str]], clock: Clock
) -> None:
    authenticator, _recovery = codes
    form = {"email": EMAIL, "password": PASSWORD, "next": f"{DESK}#message-3"}
    there = await stranger.post("/sign-in", form)
    assert there.url.path == "/sign-in/second-step"
    assert (await stranger.get(DESK)).url.path == "/sign-in"
    code = authenticator.at(clock.now)
    there = await stranger.post("/sign-in/second-step", {"code": f"{code[:3]} {code[3:]}"})
    assert str(there.url).endswith(f"{DESK}#message-3")
    assert "inbox_step" not in stranger.client.cookies
    stranger.client.cookies.clear()
    # Whoever saw it being typed cannot use it, nor one from before it.
    await passes_first(stranger, company, clock)
    for seen in (code, authenticator.at(clock.now - timedelta(seconds=30))):
        assert await gives(stranger, seen) == "/sign-in/second-step"
    clock.now += timedelta(seconds=30)
    assert await gives(stranger, authenticator.at(clock.now)) == DESK


async def test_a_recovery_code_opens_once(
    stranger: Browser, company: Company, codes: tuple[TOTP, list[str]], clock: Clock
) -> None:
    _authenticator, recovery = codes
    await passes_first(stranger, company, clock)
    assert await gives(stranger, recovery[3].upper()) == DESK
    stranger.client.cookies.clear()
    await passes_first(stranger, company, clock)
    for none_of_mine in (recovery[3], "abcd-efgh-jkmn-pqrs"):  # nobody learns which are used up
        refused = await stranger.post("/sign-in/second-step", {"code": none_of_mine})
        assert refused.status_code == 401
        assert "none of your recovery codes, or was used already" in refused.text
        assert 'aria-describedby="code-hint refused"' in refused.text
    assert await gives(stranger, recovery[4].replace("-", " ")) == DESK


async def test_guessing_codes_becomes_slow(
    stranger: Browser, company: Company, codes: tuple[TOTP, list[str]], clock: Clock
) -> None:
    authenticator, _recovery = codes
    await passes_first(stranger, company, clock)
    # All at once, which no earlier of them makes wait: five count, and three more do not.
    await asyncio.gather(*(gives(stranger, "000000") for _ in range(8)))
    right = {"code": authenticator.at(clock.now)}
    refused = await stranger.post("/sign-in/second-step", right)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 2
    clock.now += timedelta(seconds=3)
    assert await gives(stranger, authenticator.at(clock.now)) == DESK


async def test_without_the_first_step_there_is_no_second(
    stranger: Browser, codes: tuple[TOTP, list[str]], company: Company, clock: Clock
) -> None:
    authenticator, _recovery = codes
    right = authenticator.at(clock.now)
    assert await gives(stranger, right) == "/sign-in"
    await passes_first(stranger, company, clock)
    mine = stranger.client.cookies["inbox_step"]
    # A parcel for something else, or one that was changed, is none.
    for forged in (mine[:-2] + "AA", "x", ""):
        stranger.client.cookies.clear()
        stranger.client.cookies.set("inbox_step", forged)
        assert await gives(stranger, right) == "/sign-in"
    stranger.client.cookies.clear()
    stranger.client.cookies.set("inbox_step", mine)
    clock.now += timedelta(minutes=11)
    assert await gives(stranger, authenticator.at(clock.now)) == "/sign-in"
    await passes_first(stranger, company, clock)
    async with company.database.write() as db:
        await set_password(db, EMAIL, "another hash")
    assert await gives(stranger, authenticator.at(clock.now)) == "/sign-in"


async def test_what_is_kept_of_the_second_step_opens_nothing(
    company: Company, codes: tuple[TOTP, list[str]]
) -> None:
    authenticator, recovery = codes
    async with company.database.read() as db:
        row = (await db.scalars(select(SecondStep))).one()
        kept = {one.code_hash for one in await db.scalars(select(RecoveryCode))}
    assert authenticator.secret.encode() not in row.sealed
    assert not any(code.replace("-", "").encode() in kept for code in recovery)
    assert all(len(one) == 32 for one in kept)
    assert all(re.fullmatch(r"(\w{4}-){3}\w{4}", code) for code in recovery)
