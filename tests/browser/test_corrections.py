"""A mail is put where it belongs: by keyboard, on a phone, without scripts, for everybody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlalchemy import select

from inbox.desk.answer import Answer
from inbox.desk.belong import belong
from inbox.desk.carry import entries_of
from inbox.desk.merge import merge
from inbox.desk.reply import reply
from inbox.model.actor import Actor
from inbox.store.tables import Agent, Conversation
from tests.browser.conftest import Site, violations

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]

PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}


@pytest_asyncio.fixture(loop_scope="session")
async def anna(site: Site) -> Agent:
    """Somebody in whose only conversation there is a mail of somebody else."""
    support = await site.company.mailbox("support@us.example", "Support")
    anna = await site.company.agent("Anna Berg", support.address)
    at = await site.company.receives(support)
    tom = "Tom Price <tom@garden.example>"
    await site.company.receives(support, from_=tom, text="My lamp is broken", into=at)
    return anna


async def test_by_keyboard(site: Site, anna: Agent) -> None:
    page = await site.signed_in(anna, viewport={"width": 1440, "height": 900})
    await _open(page)
    lamp = page.locator(".message", has_text="My lamp is broken")
    await lamp.get_by_text("Wrong conversation?").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".undo")).to_contain_text("made 1 message a conversation of its own")
    await expect(page.locator(".message")).to_have_count(1)
    await page.get_by_text("Why is this here?").click()
    assert await violations(page) == []
    await page.locator(".undo").get_by_role("button", name="Undo").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(2)


async def test_on_a_phone_without_scripts(site: Site, anna: Agent) -> None:
    page = await site.signed_in(anna, java_script_enabled=False, color_scheme="dark", **PHONE)
    await _open(page)
    lamp = page.locator(".message", has_text="My lamp is broken")
    await lamp.get_by_text("Wrong conversation?").click()
    await lamp.get_by_role("button", name="A conversation of its own").click()
    await expect(page.locator(".message")).to_have_count(1)
    await page.get_by_role("button", name="Actions").click()
    await page.get_by_text("More", exact=True).click()
    number = re.search(r"/conversations/(\d+)", await _related(page))
    assert number
    await page.get_by_label("Join to another conversation").fill(number[1])
    await page.locator(".merge").get_by_role("button", name="Join").click()
    await expect(page.locator(".message")).to_have_count(2)
    await page.locator(".undo").get_by_role("button", name="Undo").click()
    await expect(page.locator(".message")).to_have_count(1)


async def test_what_is_open_fits_a_phone(site: Site, anna: Agent) -> None:
    page = await site.signed_in(anna, color_scheme="dark", **PHONE)
    await _open(page)
    await page.get_by_text("Wrong conversation?").last.click()
    await page.get_by_role("button", name="Actions").click()
    await page.get_by_text("More", exact=True).click()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 390
    box = await page.locator(".more-menu .menu-list").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


async def _open(page: Page) -> None:
    await page.click(".conversation-row")
    await expect(page.locator("#subject")).to_contain_text("Boots")


async def _related(page: Page) -> str:
    return await page.locator(".related a").first.get_attribute("href") or ""


async def test_a_page_that_is_open_shows_what_others_put_right(site: Site, anna: Agent) -> None:
    """Without a reload: mails come and go, and a merge says where it went."""
    company = site.company
    support = await company.mailbox("support@us.example", "Support")
    boots = 1
    lamp = await company.receives(support, from_="Tom <tom@garden.example>", subject="Lamp")
    page, other = await site.signed_in(anna), await site.signed_in(anna)
    for one, at in ((page, lamp), (other, boots)):
        async with one.expect_response("**/live*"):
            await one.goto(f"/conversations/{at}")
    async with company.database.write() as db:
        by = Actor.agent(anna.id, anna.name)
        wrong = (await entries_of(db, boots))[-1].id
        secret = company.context.secret
        await belong(db, [wrong], boots, lamp, by=by, now=company.now, secret=secret)
    await expect(page.locator(".message")).to_have_count(2)
    await expect(page.locator(".message.is-new")).to_have_count(1)
    await expect(other.locator(".message")).to_have_count(1)
    async with company.database.write() as db:
        await merge(db, lamp, boots, by=by, now=company.now)
    await expect(page.locator(".message")).to_have_count(3)
    await expect(other.get_by_text("This conversation is part of another one now")).to_be_visible()
    await other.get_by_role("link", name="Lamp").first.click()
    await expect(other.locator(".message")).to_have_count(3)


async def test_the_palette_gives_to_nobody_and_ends_what_sleeps(site: Site, anna: Agent) -> None:
    page = await site.inside(anna)
    await _open(page)
    holder = page.locator(".holder-menu summary")
    for words, said in (("anna", "Anna Berg"), ("nobody", "nobody has it")):
        await page.keyboard.press("a")
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")
        await expect(holder).to_contain_text(said)
    await page.keyboard.press("s")
    await page.keyboard.type("3 days")
    await page.keyboard.press("Enter")
    await expect(page.locator(".state-snoozed")).to_be_visible()
    for words, state in (("back now", "open"), ("undo", "snoozed")):
        await page.keyboard.press("Control+k")
        await page.keyboard.type(words)
        await page.keyboard.press("Enter")
        await expect(page.locator(f".state-{state}")).to_be_visible()


async def test_the_palette_offers_what_its_words_say(site: Site, anna: Agent) -> None:
    company = site.company
    async with company.database.write() as db:
        at = (await db.scalars(select(Conversation.id))).one()
        answer = Answer(text="We will write by tomorrow.")
        before = company.now - timedelta(minutes=4)
        await reply(db, at, answer, by=anna, now=before, context=company.context)
    page = await site.inside(anna, f"/conversations/{at}")
    await expect(page.locator(".undo.offer")).to_be_visible()
    await page.keyboard.press("Control+k")
    options = page.locator("#palette [role=option]")
    await expect(options.filter(has_text="Forward")).to_have_count(1, timeout=6000)
    for never in ("Back now", "Undo what was just done"):  # it does not sleep, nothing was done
        await expect(options.filter(has_text=never)).to_have_count(0, timeout=6000)
    await page.keyboard.type("forward")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/forward")
    await expect(page.locator(".goes-along .words")).to_contain_text("My lamp is broken")
