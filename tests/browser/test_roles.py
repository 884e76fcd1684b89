"""A day of whoever distributes, of a manager and of an administrator."""

from __future__ import annotations

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.conftest import Site
from tests.http.seed import Seeded, seed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def seeded(site: Site) -> Seeded:
    return await seed(site.company)


async def test_a_dispatcher_sorts_several(site: Site, seeded: Seeded) -> None:
    page = await site.inside(seeded.ben, "/conversations?in=open")
    rows, actions = page.locator(".row"), page.locator(".marked-actions")
    before = await rows.count()
    await expect(actions).to_be_hidden()
    await page.locator(".mark").nth(1).check()
    await page.locator(".mark").nth(2).click(modifiers=["Shift"])
    await expect(page.locator("#marked-count")).to_have_text("2 marked")
    await actions.get_by_role("button", name="More").click()
    await expect(page.locator(".marked li")).to_have_count(2)
    await page.get_by_role("button", name="Make them one conversation").click()
    await expect(rows).to_have_count(before - 1)
    undo = page.locator(".undo")
    await undo.get_by_role("button", name="Undo").click()
    await expect(undo).to_contain_text("Undone.")
    await expect(rows).to_have_count(before)
    await page.locator(".mark-all").click()
    await expect(page.locator("#marked-count")).to_have_text(f"{before} marked")
    await page.evaluate("localStorage.setItem('keys', 'off')")
    await page.keyboard.press("*")  # who wants no single keys has none
    await page.evaluate("localStorage.removeItem('keys')")
    await expect(page.locator("#marked-count")).to_have_text(f"{before} marked")
    await page.keyboard.press("*")
    await expect(actions).to_be_hidden()
    await page.locator(".mark").first.check()
    await actions.get_by_role("button", name="More").click()
    await page.get_by_label("Give to").select_option("Anna Berg")
    await page.get_by_role("button", name="Give", exact=True).click()
    await expect(rows.first.locator(".holder")).to_contain_text("Anna Berg")
    await page.goto("/dispatch")
    free = page.locator(".free-row")
    left = await free.count()
    for _held in range(2):  # one conversation, however long the key is held
        await page.keyboard.down("1")
        await expect(free).to_have_count(left - 1)
    await expect(free.locator(":checked")).to_have_count(0)


async def test_a_manager_keeps_texts_and_lists_for_others(site: Site, seeded: Seeded) -> None:
    mia = await site.company.agent("Mia Wolf", seeded.support.address, role="manager")
    page = await site.inside(mia, "/house/texts/new")
    await page.fill("#name", "return")
    await page.fill("#body", "Dear {{ customer.name }},\n\nplease send it back.")
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.locator(".preview")).to_contain_text("please send it back")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status")).to_contain_text("Saved.")
    await page.goto(f"/conversations/{seeded.boots}")
    await page.locator("#text").press_sequentially("/ret")
    await expect(page.locator("#suggestions [role=option]")).to_contain_text("return")
    await page.keyboard.press("Enter")
    await expect(page.locator("#text")).to_have_value("Dear Pat Lee,\n\nplease send it back.")
    await page.fill("#text", "")

    await page.goto("/search?q=is:open")
    await page.get_by_label("Name of the workspace").fill("Boots")
    await page.get_by_role("button", name="Keep as a workspace").click()
    await expect(page.locator("#list h1")).to_have_text("Boots")
    await page.goto("/workspaces")
    await page.get_by_label("Who sees it").select_option("Everybody in Support")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("status")).to_contain_text("Saved.")
    ben = await site.inside(seeded.ben)
    await ben.locator("#rail").get_by_role("link", name="Boots").click()
    await expect(ben.locator(".conversation-row").first).to_contain_text("Wrong size")


async def test_an_administrator_lets_people_in(site: Site, seeded: Seeded) -> None:
    page = await site.inside(seeded.anna, "/house/mailboxes")
    await page.get_by_label("Address that customers write to").fill("returns@us.example")
    await page.get_by_label("Name, for example Support").fill("Returns")
    await page.get_by_role("button", name="Make it").click()
    await expect(page.locator("h2").first).to_have_text("Returns")
    await page.goto("/house/people/new")
    await page.get_by_label("Name, as customers see it").fill("Cleo Papas")
    await page.get_by_label("Mail address").fill("cleo@us.example")
    await page.get_by_role("radio", name="Agent").check()
    await page.get_by_role("checkbox", name="Returns").check()
    await page.get_by_role("button", name="Invite").click()
    await expect(page.get_by_role("status").first).to_contain_text("An invitation is on its way.")
    await page.goto("/house/people")
    await page.get_by_role("link", name="Cleo Papas").click()
    await page.locator("#role").select_option("Manager")
    await expect(page.locator("output[for=role]")).to_have_text("Saved")
    await page.reload()
    await expect(page.locator("#role")).to_have_value("manager")
    await page.get_by_role("button", name="Shut out").click()
    await expect(page.get_by_role("status").first).to_contain_text("They can do nothing any more.")
