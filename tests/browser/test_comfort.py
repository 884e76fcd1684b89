"""Long names, many recipients and small screens: everything in view, and large enough to press."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from sqlalchemy import update

from inbox.desk.move import move
from inbox.model.actor import SYSTEM
from inbox.store.tables import Mailbox
from tests.browser.conftest import Site, becomes
from tests.http.seed import Seeded, seed

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
LONG = "Maximiliane Alexandra von Hohenlohe Waldenburg Schillingsfuerst, Einkauf Sueddeutschland"
LONG_FROM = f'"{LONG}" <{"m" * 40}@einkauf-und-beschaffung-sueddeutschland.example>'

# What is pressed and smaller than a finger, but for links within a sentence.
SMALL = """() => [...document.querySelectorAll("a, button, summary, input, .tab, .attach")]
  .filter((one) => one.checkVisibility() && !one.closest(".unseen, .skip, .words, .recipients"))
  .filter((one) => !["mark"].includes(one.className) && getComputedStyle(one).opacity !== "0")
  .filter((one) => !(one.tagName === "A" && one.closest(".related, .why p, .invitation")))
  .filter((one) => !(one.type === "checkbox" && one.closest("label")))
  .filter((one) => { const box = one.getBoundingClientRect();
                     return box.width && box.height && box.height < 43.5; })
  .map((one) => `${one.tagName} ${one.innerText} ${one.getBoundingClientRect().height}`)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest_asyncio.fixture(loop_scope="session")
async def seeded(site: Site) -> Seeded:
    return await seed(site.company)


async def _from_a_long_name(site: Site, seeded: Seeded) -> str:
    at = await site.company.receives(seeded.support, from_=LONG_FROM, subject="Casserole " * 12)
    return f"/conversations/{at}"


@pytest.mark.parametrize("width", [1200, 390])
async def test_a_long_name_takes_one_line(site: Site, seeded: Seeded, width: int) -> None:
    where = await _from_a_long_name(site, seeded)
    page = await site.signed_in(seeded.anna, viewport={"width": width, "height": 844})
    await page.goto(where)
    customer = page.locator("#facts .customer-fold")
    box = await customer.bounding_box()
    assert box
    assert box["height"] < 40
    assert box["x"] >= 8
    assert box["x"] + box["width"] <= width
    assert await page.evaluate(SIDEWAYS) == 0


async def test_the_customer_stands_beside_where_there_is_room(site: Site, seeded: Seeded) -> None:
    # Who must sign in first comes to the message all the same.
    where = f"{await _from_a_long_name(site, seeded)}#message-1"
    page = await site.signed_in(seeded.anna, where, viewport={"width": 1280, "height": 800})
    words = await page.locator("#conversation .scroll").bounding_box()
    beside = await page.locator("#customer").bounding_box()
    assert words
    assert beside
    assert beside["x"] >= words["x"] + words["width"]
    assert await page.evaluate(SIDEWAYS) == 0
    # What is new about them comes by itself, beside whoever is in the middle of a note.
    await page.locator("#about").fill("Answers on")
    await site.company.receives(
        seeded.support, from_=LONG_FROM, subject="Another pan", text="Do you have it in blue?"
    )
    await expect(page.locator("#customer .others")).to_contain_text("Another pan")
    await expect(page.locator("#about")).to_be_focused()
    await expect(page.locator("#about")).to_have_value("Answers on")
    # Where there is less it lies over them when it is asked for, and stays for who writes there.
    await page.set_viewport_size({"width": 1000, "height": 800})
    await expect(page.locator("#customer")).to_be_hidden()
    await page.locator("#facts [popovertarget=customer]").press("Enter")
    await page.locator("#about").fill("Answers on Mondays.")
    await page.get_by_role("button", name="Note it").click()
    await expect(page.locator("#customer .about-note")).to_contain_text("Mondays")
    await expect(page.locator("#customer")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    await expect(page.locator("#customer")).to_be_hidden()


async def test_on_a_phone_a_conversation_begins_with_its_subject(
    site: Site, seeded: Seeded
) -> None:
    where = await _from_a_long_name(site, seeded)
    page = await site.signed_in(seeded.anna, **PHONE)
    await page.goto(where)
    await expect(page.locator("#subject")).to_be_in_viewport()
    assert await page.evaluate("document.querySelector('#conversation .scroll').scrollTop") == 0


async def test_fingers_find_everything(site: Site, seeded: Seeded) -> None:
    page = await site.signed_in(seeded.anna, **PHONE)
    await _is_comfortable(page)
    await page.locator(".list-head").get_by_role("button", name="Menu").click()
    await _is_comfortable(page)
    await page.goto(f"/conversations/{seeded.boots}")
    for name in ("Why is this here?", "Wrong conversation?"):
        await page.get_by_text(name).last.click()
    for fold in ("customer", "order"):
        await page.locator(f"#facts [popovertarget={fold}]").click()
        await expect(page.locator(f"#{fold}")).to_be_in_viewport()
        await _is_comfortable(page)
        await page.keyboard.press("Escape")
    await page.locator("#text").focus()
    await _is_comfortable(page)
    # What was refused in what lies over the page is seen, also after the page was drawn anew.
    async with site.company.database.write() as db:
        await db.execute(update(Mailbox).values(close_needs=["category"]))
    await page.reload()
    await page.locator("#facts [popovertarget=order]").click()
    await page.locator(".closing-menu > summary").click()
    await page.locator("#closure button.primary").click()
    await expect(page.locator("#closure .fault")).to_be_in_viewport()
    for path in ("/nothing-here", "/channels"):
        await page.goto(path)
        await _is_comfortable(page)


async def test_the_list_is_where_one_left_it(site: Site, seeded: Seeded) -> None:
    for number in range(30):
        await site.company.receives(seeded.support, subject=f"Question {number}")
    page = await site.signed_in(seeded.anna, viewport={"width": 1400, "height": 700})
    await page.goto(f"/conversations/{seeded.boots}?in=open")
    await expect(page.locator(".conversation-row[aria-current]")).to_be_in_viewport()
    # The way back leads to where one was in it, in one step whatever was done meanwhile.
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto("/conversations?in=open")
    for back in ("history.back()", "document.querySelector('#conversation .back').click()"):
        await page.evaluate("document.querySelector('#rows').scrollTop = 900")
        await page.get_by_role("link", name="Question 9").click()
        await page.get_by_role("button", name="Actions").click()
        await page.get_by_role("button", name="Follow").click()
        await expect(page.locator(".undo")).to_contain_text("Anna")
        await page.keyboard.press("Escape")
        await page.evaluate(back)
        await expect(page).to_have_url(re.compile(r"/conversations\?in=open$"))
        await expect(page).to_have_title(re.compile("Open · Inbox$"))
        assert await page.evaluate("document.querySelector('#rows').scrollTop") == 900
    # The line to the server is the same as before, and what it tells pushes away no row at which
    # somebody points; it is seen once they do not.
    await page.evaluate("document.querySelector('#rows').scrollTop = 0")
    await page.locator(".row").nth(3).hover()
    row = page.locator(".row").nth(4)
    before, name = await row.bounding_box(), await row.get_attribute("id")
    await site.company.receives(seeded.support, subject="A mail later")
    await expect(page.locator("#rows")).to_contain_text("A mail later")
    after = await page.locator(f"#{name}").bounding_box()
    assert before
    assert after
    assert after["y"] == before["y"]
    await page.mouse.move(5, 5)
    await expect(page.locator("#rows")).to_have_js_property("scrollTop", 0)


async def _is_comfortable(page: Page) -> None:
    assert await page.evaluate(SMALL) == []
    assert await page.evaluate(SIDEWAYS) == 0


READ = "document.querySelector('#conversation .scroll').scrollTop"
UNCOVERED = """() => {
  const { bottom } = document.querySelector(".conversation-head").getBoundingClientRect();
  return document.activeElement.getBoundingClientRect().top >= bottom;
}"""

# As below a list of more than a page.
OLDER = """() => document.querySelector("#rows").insertAdjacentHTML(
  "beforeend", '<p class="pager"><a href="#older">Older</a></p>')"""


async def test_a_long_mail_is_read_by_keys(site: Site, seeded: Seeded) -> None:
    page = await site.inside(seeded.anna, viewport={"width": 1440, "height": 900})
    words = "\n\n".join(f"Paragraph {number} of a long story." for number in range(60))
    await site.company.receives(seeded.support, subject="A long story", text=words)
    keys = page.keyboard
    await expect(page.locator(".conversation-row").first).to_contain_text("A long story")
    await keys.press("j")
    await keys.press("o")
    await expect(page.locator("#subject")).to_contain_text("A long story")
    await keys.press("Space")  # while the row has the focus
    await becomes(page, f"{READ} > 100")
    await expect(page.locator(".conversation-row").first).to_be_focused()
    await keys.press("Shift+Space")
    await becomes(page, f"{READ} === 0")
    await keys.press("o")  # it is open already
    await expect(page.locator("#conversation")).to_be_focused()
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(page.locator("#facts details[open]")).to_have_count(1)
    await page.locator("#closure button").focus()
    for _ in range(3):  # to the end of what is said, and back to its head: no menu, nothing over it
        await keys.press("Tab")
    await page.locator("#everything > summary").focus()
    head = page.locator(".message-head").last
    while not await head.evaluate("e => e === document.activeElement"):
        await keys.press("Shift+Tab")
    assert await page.evaluate(UNCOVERED)
    await expect(page.locator("#facts details[open]")).to_have_count(0)
    await keys.press("s")
    await keys.type("thrice")
    await keys.press("Enter")
    until = page.locator("#snooze-until")  # what was refused stands where it was written
    await expect(until).to_have_accessible_description(re.compile("It is not clear which time"))
    await expect(until).to_be_focused()
    await expect(until).to_have_value("thrice")
    await keys.press("Escape")
    await page.evaluate(OLDER)
    await page.locator(".conversation-row").last.focus()
    await keys.press("j")
    await expect(page.locator("#rows .pager a")).to_be_focused()
    await keys.press("k")
    await expect(page.locator(".conversation-row").last).to_be_focused()


async def test_what_was_written_for_others_is_seen_on_a_phone(site: Site, seeded: Seeded) -> None:
    page = await site.signed_in(seeded.anna, **PHONE)
    await page.goto(f"/conversations/{seeded.boots}")
    await page.fill("#text", "Nearly too late.")
    press = await site.company.mailbox("press@us.example", "Press")
    async with site.company.database.write() as db:
        await move(db, seeded.boots, press.id, by=SYSTEM, now=site.company.now)
    await expect(page.locator("#timeline")).to_contain_text("is for others now")
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.get_by_role("textbox", name="What you wrote")).to_have_value(
        "Nearly too late."
    )
    await page.get_by_role("link", name="To the inbox").click()
    await expect(page.locator("#list")).to_be_visible()
