"""One's own settings and the ways in: for everybody's eyes and fingers, without scripts."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from inbox.store.tables import Agent
from tests.browser.conftest import Site, violations
from tests.browser.test_comfort import LONG, PHONE, SIDEWAYS, SMALL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]

PAGES = ("me", "notices", "access", "programs", "second-step")


@pytest_asyncio.fixture(loop_scope="session")
async def ann(site: Site) -> Agent:
    """Somebody with a long name, in a department with another."""
    for name in ("support", "einkauf-und-beschaffung-fuer-sueddeutschland"):
        await site.company.mailbox(f"{name}@us.example", name.replace("-", " ").title())
    return await site.company.agent(LONG, "support@us.example")


async def inside(site: Site, agent: Agent, *, scripts: bool = True) -> Page:
    """A phone in the dark, in which she is signed in."""
    return await site.inside(
        agent, "/settings", **PHONE, color_scheme="dark", java_script_enabled=scripts
    )


async def test_settings_need_no_scripts(site: Site, ann: Agent) -> None:
    page = await inside(site, ann, scripts=False)
    await page.fill("#name", "Ann Berg")
    await page.click("text=Save")
    assert await page.text_content(".told") is not None
    assert await page.input_value("#name") == "Ann Berg"
    await page.goto("/settings/programs")
    await page.fill("#token-name", "Script")
    await page.click("text=Make a token")
    assert "inbox_" in (await page.text_content(".told .secret") or "")


async def test_settings_are_for_everybody(site: Site, ann: Agent) -> None:
    page = await inside(site, ann)
    for where in PAGES:
        await page.goto(f"/settings/{where}")
        if where == "second-step":
            async with page.expect_navigation():
                await page.click("text=Set up a second step")
        assert await violations(page) == []
        assert await page.evaluate(SIDEWAYS) == 0
        assert await page.evaluate(SMALL) == []


async def test_what_is_entered_stays_where_there_is_no_line(site: Site, ann: Agent) -> None:
    """Said where it was pressed, and done by pressing again; a link opens by itself."""
    page = await inside(site, ann)
    posts: list[str] = []
    page.on("request", lambda one: posts.append(one.url) if one.method == "POST" else None)
    save = page.locator("section:has(#name) button.primary")
    await page.fill("#name", "Ann Berg")
    await page.context.set_offline(True)
    await save.click()
    await expect(page.locator("#failed")).to_contain_text("What you entered is still here")
    await expect(page.locator("#name")).to_have_value("Ann Berg")
    await expect(save).to_be_focused()
    await page.context.set_offline(False)
    await expect(page.locator("#failed")).to_contain_text("The connection is back")
    await save.dblclick()
    await expect(page.locator(".told")).to_contain_text("Saved")
    assert len(posts) == 1
    await page.context.set_offline(True)
    await page.click("text=Programs")
    await expect(page.locator("#failed")).to_contain_text("It opens as soon as there is one")
    await page.context.set_offline(False)
    await page.wait_for_url("**/settings/programs")
    site.forgive_cut_lines()
