"""A real browser before a real server on a real database."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from inbox.run.web import run_web
from inbox.settings import Settings
from inbox.store.engine import Database
from inbox.store.tables import Agent
from tests.chromium import chromium
from tests.http.company import PASSWORD, SECRET, Company
from tests.polling import ENOUGH, eventually

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",  # nothing is seen of it, and a process less
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
)

_NO_LINE = re.compile(
    "ERR_(INTERNET|NETWORK|FAILED)|Failed to fetch|network error|SSE reconnect|status of 502"
)
PATIENCE = ENOUGH * 1000  # ms
expect.set_options(timeout=PATIENCE)

# Frames hold mails as others have written them: not ours to mend, and closed to scripts.
AXE = Axe()
WITHIN = {"iframes": False, "resultTypes": ["violations"]}


@dataclass(slots=True)
class Site:
    """The running service, and everything that its pages must not do."""

    url: str
    company: Company
    browser: Browser
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def page(self, **options: Any) -> Page:
        """A page of a new browser profile; console errors and foreign requests are noted."""
        context = await self.browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        page.on("console", lambda said: self._hear(said.type, said.text))
        page.on("request", lambda request: self._watch(request.url))
        return page

    async def signed_in(self, agent: Agent, at: str = "/conversations", **options: Any) -> Page:
        """A page in which this person has signed in, and which they wanted to see."""
        page = await self.page(**options)
        await page.goto(at)
        await page.fill("#email", agent.email)
        await page.fill("#password", PASSWORD)
        await page.click("button[type=submit]")
        await page.wait_for_url(self.url + at)
        return page

    async def inside(self, agent: Agent, at: str = "/conversations", **options: Any) -> Page:
        """A page in which this person is signed in already: without the work of a password."""
        self.company.now = datetime.now(UTC)
        token = await self.company.session(agent)
        page = await self.page(**options)
        await page.context.add_cookies([{"name": "inbox_session", "value": token, "url": self.url}])
        await page.goto(at)
        return page

    def forgive_cut_lines(self) -> None:
        """Forget what the browser itself notes of a line that a test has cut."""
        self.faults[:] = [one for one in self.faults if not _NO_LINE.search(one)]

    def _hear(self, kind: str, text: str) -> None:
        # A refused answer (409, 422) is swapped in; that the browser notes its status is no fault.
        if kind in ("error", "warning") and "the server responded with a status of 4" not in text:
            self.faults.append(f"console: {text}")

    def _watch(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:", "about:")):
            self.faults.append(f"foreign request: {url}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Chromium: one for all tests, each of which has profiles of its own in it."""
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def database(_engine: Database, emptied: None) -> AsyncIterator[Database]:
    """An empty database, on the browser's loop."""
    yield _engine
    await _engine.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(database: Database, browser: Browser) -> AsyncIterator[Site]:
    """The service on a free port, and Chromium."""
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    settings = Settings(web_listen=f"127.0.0.1:{port}")
    company = Company(database, settings, datetime.now(UTC))
    stop = asyncio.Event()
    running = asyncio.create_task(run_web(settings, database, SECRET, stop, [listening]))
    site = Site(f"http://127.0.0.1:{port}", company, browser)
    yield site
    for context in site.contexts:
        await context.close()
    stop.set()
    await running
    listening.close()
    assert not site.faults


async def becomes(page: Page, said: str, arg: object = None) -> None:
    """What is said in JavaScript of the page holds, now or soon.

    Playwright's own way to wait for it is refused by our policy whenever it has to ask twice.
    """
    await eventually(lambda: page.evaluate(said, arg))


async def violations(page: Page, only: list[str] | None = None) -> list[str]:
    """What axe finds wrong with a page for people who see, hear or point differently."""
    options = {**WITHIN, "runOnly": only} if only else WITHIN
    if only is None:
        await page.evaluate(AXE.axe_script)
    found = await page.evaluate("(options) => axe.run(options)", options)
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        for node in one["nodes"]
    ]
