"""What is under way while somebody writes: files, and a session that ended."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, expect

from tests.browser.conftest import Site
from tests.http.seed import seed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]


async def test_what_is_sent_waits_for_its_files(site: Site) -> None:
    seeded = await seed(site.company)
    page = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    go_on = asyncio.Event()

    async def slowly(route: Route) -> None:
        await go_on.wait()
        await route.continue_()

    await page.route("**/uploads", slowly)
    row = page.locator(f"#row-{seeded.boots} a")
    for is_left in (True, False):  # what waits in a form that is left holds no other up
        await page.fill("#text", "Here is the list.")
        await page.locator("#composer input[name=file]").set_input_files(
            {"name": "list.txt", "mimeType": "text/plain", "buffer": b"1"}
        )
        await page.focus("#text")
        await page.keyboard.press("Control+Enter")
        under_way = page.locator(".uploading")
        await expect(under_way).to_contain_text("goes out as soon as this is there")
        if is_left:
            await row.click()
            await expect(under_way).to_have_count(0)
    go_on.set()
    await expect(page.locator(".undo")).to_contain_text("Sent")
    await expect(page.locator(".message .files .name")).to_contain_text(["list.txt"])


async def test_who_is_signed_out_gets_no_page_as_suggestions(site: Site) -> None:
    seeded = await seed(site.company)
    page = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    await page.context.clear_cookies()
    await page.focus("#text")
    async with page.expect_response("**/sign-in**"):
        await page.keyboard.type("/")
    await expect(page.locator("#suggest")).to_be_hidden()
    await page.keyboard.press("Control+k")
    await expect(page.locator("#palette-state")).to_contain_text("No connection")


async def test_a_long_text_is_kept_by_who_goes_on(site: Site) -> None:
    """What is left behind is sent in a way of its own, which takes no more than 64 kB."""
    seeded = await seed(site.company)
    page = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    await page.fill("#text", words := "Long. " * 12_000)
    await page.locator(".conversation-row:not([aria-current])").first.click()
    await expect(page.locator("#text")).to_have_value("")
    there = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    await expect(there.locator("#text")).to_have_value(words)
