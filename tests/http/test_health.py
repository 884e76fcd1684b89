"""What whoever watches over us can ask."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.web.app import create_app
from tests.http.company import SECRET, Company
from tests.http.conftest import Browser


async def test_alive_and_ready(stranger: Browser) -> None:
    assert (await stranger.page("/healthz")) == "ok\n"
    assert (await stranger.page("/readyz")) == "ready\n"


async def test_not_ready_without_a_database(settings: Settings) -> None:
    gone = Database("postgresql://nobody@127.0.0.1:1/none")
    app = create_app(settings, gone, SECRET, asyncio.Event())
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://inbox.example") as client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 503
        page = await client.get("/sign-in")
    assert page.status_code == 503
    assert "Not available just now" in page.text
    await gone.close()


async def test_figures_for_this_machine_only(stranger: Browser, company: Company) -> None:
    support = await company.mailbox("support@us.example", "Support")
    await company.receives(support)
    page = await stranger.page("/metrics")
    assert "inbox_conversations_open 1.0" in page
    assert "inbox_jobs_due 1.0" in page
    proxied = await stranger.get("/metrics", headers={"x-forwarded-for": "198.51.100.7"})
    assert proxied.status_code == 404


@pytest.mark.parametrize(("given", "status"), [("", 404), ("Bearer no", 404), ("Bearer t0k", 200)])
async def test_figures_for_who_has_the_token(database: Database, given: str, status: int) -> None:
    settings = Settings(metrics_token="t0k")
    app = create_app(settings, database, SECRET, asyncio.Event())
    transport = httpx2.ASGITransport(app=app, client=("198.51.100.7", 1))
    async with httpx2.AsyncClient(transport=transport, base_url="http://inbox.example") as client:
        response = await client.get("/metrics", headers={"authorization": given})
    assert response.status_code == status


async def test_first_visit_is_light(stranger: Browser, company: Company) -> None:
    import re

    await company.agent("Ann Berg")
    from inbox.web.assets import assets

    page = await stranger.get("/sign-in", headers={"accept-encoding": "gzip"})
    assert len(page.content) < 10_000
    assert sum(len(one.gzipped) for one in assets().values()) < 64_000
    for url in set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)):
        asset = await stranger.get(url)
        assert asset.status_code == 200
        assert "immutable" in asset.headers["cache-control"]


async def test_every_answer_is_guarded(stranger: Browser, company: Company) -> None:
    await company.agent("Ann Berg")
    for path in ("/sign-in", "/no-such-page", "/healthz"):
        headers = (await stranger.get(path)).headers
        policy = headers["content-security-policy"]
        sources = {name: {*allowed} for name, *allowed in map(str.split, policy.split(";"))}
        assert sources.pop("img-src") == {"'self'", "data:"}
        assert {one for allowed in sources.values() for one in allowed} == {"'self'", "'none'"}
        for name in ("default-src", "frame-ancestors", "base-uri"):
            assert sources[name] == {"'none'"}
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


async def test_two_lengths_are_refused(stranger: Browser) -> None:
    headers = {"transfer-encoding": "chunked", "content-length": "4"}
    response = await stranger.client.post("/sign-in", content=b"a=1&", headers=headers)
    assert response.status_code == 400
    assert response.headers["connection"] == "close"
