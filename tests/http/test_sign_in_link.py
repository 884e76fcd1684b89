"""Signing in by a link that comes by mail."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from inbox.auth import sessions
from inbox.desk.people import disable_agent, set_agent
from inbox.jobs.worker import Worker
from inbox.outbound.transport import close_transports
from inbox.run.worker import know_all_jobs
from inbox.settings import Settings
from inbox.store.tables import Agent, SignInLink
from tests.http.company import PASSWORD, Company
from tests.http.conftest import OURS, Browser, Clock
from tests.peers import Relay, relay_peer

EMAIL = "ann@us.example"
LINK = re.compile(r"http://inbox\.example(/sign-in/links/\S+)")


@pytest.fixture
async def relay() -> AsyncIterator[Relay]:
    know_all_jobs()
    async with relay_peer() as relay:
        yield relay
        await close_transports()


@pytest.fixture
def settings(relay: Relay) -> Settings:
    return Settings(web_url="http://inbox.example", relay_url=relay.url)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))  # the worker has no other


async def asks(browser: Browser, email: str = EMAIL, **more: str) -> str:
    answer = await browser.post("/sign-in/links", {"email": email, **more})
    assert answer.status_code == 200
    return str(answer.text)


async def mailed(company: Company, relay: Relay) -> list[str]:
    """The links that have come, the oldest first."""
    await Worker(company.context, concurrency=1).run_due()
    texts = [one.mail.get_body(("plain",)) for one in relay.arrived]
    return [found[1] for one in texts if one and (found := LINK.search(one.get_content()))]


async def test_a_link_opens_once_in_the_browser_that_asked(
    stranger: Browser, company: Company, ann: Agent, relay: Relay, clock: Clock
) -> None:
    assert "/sign-in/links" in await stranger.page("/sign-in")
    await asks(stranger, "Ann@us.example ", next="/conversations?in=mine#message-3")
    [link] = await mailed(company, relay)
    assert relay.arrived[0].recipients == (EMAIL,)
    mine = stranger.client.cookies["inbox_browser"]
    # What looks at links beforehand, presses buttons even, is somewhere else, and uses up nothing.
    stranger.client.cookies.clear()
    for _ in range(2):
        assert (await stranger.get(link)).status_code == 404
        assert (await stranger.post(link)).status_code == 404
    stranger.client.cookies.set("inbox_browser", "A" * 43)
    assert (await stranger.post(link)).status_code == 404
    stranger.client.cookies.set("inbox_browser", mine)
    assert f'action="{link}"' in await stranger.page(link)
    assert "inbox_session" not in stranger.client.cookies
    assert str((await stranger.post(link)).url).endswith("?in=mine#message-3")
    stranger.client.cookies.delete("inbox_session")
    assert (await stranger.get(link)).status_code == 404
    assert (await stranger.post(link)).status_code == 404


async def test_the_mail_speaks_the_language_of_its_reader(
    stranger: Browser, company: Company, ann: Agent, relay: Relay
) -> None:
    """Of the page, until they have been here: a person whom nobody gave a language has English."""
    german = {"accept-language": "de"}
    await stranger.post("/sign-in/links", {"email": EMAIL}, headers=german)
    [link] = await mailed(company, relay)
    assert "Minuten" in relay.arrived[0].text
    await stranger.post(link)
    stranger.client.cookies.delete("inbox_session")
    await stranger.post("/sign-in/links", {"email": EMAIL}, headers=german)
    await mailed(company, relay)
    assert "minutes" in relay.arrived[1].text
    async with company.database.write() as db:
        await sessions.end_all(db, ann.id)
        await set_agent(db, EMAIL, {"language": "it"})
    await asks(stranger)
    await mailed(company, relay)
    assert "minuti" in relay.arrived[2].text


async def test_a_link_is_good_for_a_quarter_of_an_hour(
    stranger: Browser, company: Company, ann: Agent, relay: Relay, clock: Clock
) -> None:
    await asks(stranger)
    [link] = await mailed(company, relay)
    clock.now += timedelta(minutes=16)
    assert (await stranger.post(link)).status_code == 404


@pytest.mark.parametrize("gone", ["shut out", "another was used"])
async def test_a_link_of_who_may_come_in_no_more(
    stranger: Browser, company: Company, ann: Agent, relay: Relay, clock: Clock, gone: str
) -> None:
    await asks(stranger)
    await asks(stranger)
    first, second = await mailed(company, relay)
    if gone == "shut out":
        async with company.database.write() as db:
            await disable_agent(db, EMAIL, now=clock.now)
    else:
        await stranger.post(second)
        stranger.client.cookies.delete("inbox_session")
    assert (await stranger.post(first)).status_code == 404


async def test_asking_for_a_link_tells_nobody_who_is_here(
    stranger: Browser, company: Company, ann: Agent, relay: Relay
) -> None:
    await company.agent("Cleo Papas", role="colleague")
    said = {await asks(stranger, email) for email in (EMAIL, "no@us.example", "cleo@us.example")}
    assert len(said) == 1
    assert len(await mailed(company, relay)) == 1
    async with company.database.read() as db:
        assert await db.scalar(select(func.count()).select_from(SignInLink)) == 1


async def test_what_is_no_address_is_refused_at_its_field(stranger: Browser, ann: Agent) -> None:
    for email in ("", " ", "ann", "ann@", "@us.example", "ann@us@example", "a b@c"):
        refused = await stranger.post("/sign-in/links", {"email": email})
        assert refused.status_code == 422
        field = re.search(r'<input id="email"[^>]*>(.*?)</p>', refused.text)
        assert field
        assert 'aria-invalid="true" aria-describedby="refused"' in field[0]
        assert "mail address" in field[1]


async def test_a_mailbox_is_not_filled_and_its_owner_not_locked_out(
    stranger: Browser, company: Company, ann: Agent, relay: Relay, clock: Clock
) -> None:
    await stranger.post("/sign-in", {"email": EMAIL, "password": PASSWORD})
    known = stranger.client.cookies["inbox_device"]
    stranger.client.cookies.clear()
    for _ in range(8):
        await asks(stranger)
    assert len(await mailed(company, relay)) == 3
    # Their own browser counts apart.
    stranger.client.cookies.set("inbox_device", known)
    await asks(stranger)
    assert len(await mailed(company, relay)) == 4


@pytest.mark.parametrize(("peer", "said"), [("127.0.0.1", 303), ("198.51.100.7", 429)])
async def test_who_asks_for_many_waits_and_nobody_else_behind_the_same_proxy(
    app: FastAPI, peer: str, said: int
) -> None:
    """A proxy on this machine makes all of them its own address."""
    transport = httpx2.ASGITransport(app=app, client=(peer, 4711))
    async with httpx2.AsyncClient(transport=transport, base_url="http://inbox.example") as client:
        for number in range(21):
            form = {"email": f"{number}@us.example"}
            answer = await client.post("/sign-in/links", data=form, headers=OURS)
    assert answer.status_code == said


@pytest.mark.parametrize("token", ["", "%", "*", "x" * 43, "inbox_" + "x" * 43, "é" * 49])
async def test_guessed_links_open_nothing(stranger: Browser, ann: Agent, token: str) -> None:
    await asks(stranger)
    assert (await stranger.post(f"/sign-in/links/{token}")).status_code in (200, 404, 422)
    assert "inbox_session" not in stranger.client.cookies


async def test_what_is_kept_of_a_link_opens_nothing(
    stranger: Browser, company: Company, ann: Agent, relay: Relay
) -> None:
    await asks(stranger)
    [link] = await mailed(company, relay)
    token = link.rpartition("/")[2]
    async with company.database.read() as db:
        row = (await db.scalars(select(SignInLink))).one()
    assert token.encode() not in row.token_hash
    assert stranger.client.cookies["inbox_browser"].encode() not in row.browser_hash
