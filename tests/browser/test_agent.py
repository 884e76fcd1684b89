"""An agent's day in the browser: read, answer, note, close; news come by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.conftest import Site, becomes
from tests.http.company import PASSWORD
from tests.http.seed import Seeded, seed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]


@pytest_asyncio.fixture(loop_scope="session")
async def seeded(site: Site) -> Seeded:
    return await seed(site.company)


@pytest_asyncio.fixture(loop_scope="session")
async def page(site: Site, seeded: Seeded) -> Page:
    return await site.signed_in(seeded.anna, viewport={"width": 1440, "height": 900})


async def _open(page: Page, subject: str = "Wrong size") -> None:
    await page.click(f".conversation-row:has-text('{subject}')")
    await expect(page.locator("#subject")).to_contain_text(subject)


async def test_reading(page: Page, seeded: Seeded) -> None:
    await _open(page)
    assert page.url.endswith(f"/conversations/{seeded.boots}?in=open")
    newest = page.locator(".message.kind-mail").last
    await expect(newest).to_contain_text("Size 42 it is.")
    await expect(newest).to_be_in_viewport()
    await expect(page.locator(".message.kind-note")).to_contain_text("only inside")
    await page.locator(".quoted > summary").last.click()
    await expect(page.get_by_text("Please keep the other pair").last).to_be_visible()
    await page.get_by_text("Why is this here?").last.click()
    await expect(page.get_by_text("It is here because it answers a mail of ours")).to_be_visible()
    await page.go_back()
    await expect(page.locator("#list h1")).to_have_text("Open")


async def test_answering_and_taking_back(page: Page) -> None:
    await _open(page)
    words = "Dear Pat,\n\nthe new pair left today.\n\nAnna"
    await page.fill("#text", words)
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator(".message.kind-reply").last).to_contain_text("the new pair left")
    await expect(page.locator("#text")).to_have_value("")
    await page.locator(".undo").get_by_role("button", name="Undo").click()
    await expect(page.locator("#text")).to_have_value(
        "Dear Pat,\n\nthe new pair left today.\n\nAnna"
    )
    await expect(page.get_by_text("took an answer back")).to_be_visible()


async def test_noting_taking_closing(page: Page) -> None:
    await _open(page, "返品")
    await page.get_by_role("button", name="Take it").click()
    await expect(page.locator(".holder-menu summary")).to_contain_text("Anna Berg")
    await page.locator(".tab-note").click()
    await page.fill("#text", "Asked the warehouse.")
    await page.get_by_role("button", name="Add note").click()
    await expect(page.locator(".message.kind-note")).to_contain_text("Asked the warehouse.")
    await page.locator("#closure button").click()
    await expect(page.locator(".event").last).to_contain_text("Anna Berg closed the conversation")
    await expect(page.locator(".undo")).to_contain_text("closed the conversation")
    await expect(page.locator(".conversation-row:has-text('返品')")).to_have_count(0)
    await page.get_by_role("button", name="Reopen").click()
    await expect(page.locator(".conversation-row:has-text('返品')")).to_have_count(1)


async def test_news_come_while_one_reads_and_writes(page: Page, site: Site, seeded: Seeded) -> None:
    await _open(page)
    await page.click("#text")
    await page.keyboard.type("I am in the middle of a ")
    await site.company.receives(seeded.support, subject="Snow chains", text="Do you sell them?")
    await expect(page.locator(".conversation-row").first).to_contain_text("Snow chains")
    await expect(page.locator('[data-folder="open"]')).to_have_text("7")
    await site.company.receives(
        seeded.support, text="One more thing: brown laces, please.", into=seeded.boots
    )
    await expect(page.locator("#timeline")).to_contain_text("brown laces")
    await expect(page.locator("#news-line")).to_be_visible()
    await page.keyboard.type("sentence.")
    await expect(page.locator("#text")).to_have_value("I am in the middle of a sentence.")
    await page.get_by_role("button", name="Send anyway").click()
    await expect(page.locator(".message.kind-reply").last).to_contain_text("sentence.")


async def test_what_came_before_one_began_is_no_news(
    page: Page, site: Site, seeded: Seeded
) -> None:
    await _open(page)
    await site.company.receives(seeded.support, text="Brown laces, please.", into=seeded.boots)
    await expect(page.locator("#timeline")).to_contain_text("Brown laces")
    earlier = timedelta(minutes=6)  # it arrived before the last one, and was taken in after it
    await site.company.receives(seeded.support, text="Or red ones?", into=seeded.boots, ago=earlier)
    await expect(page.locator("#timeline .message").nth(-2)).to_contain_text("red ones")
    await page.fill("#text", "Brown ones it is.")
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator(".message.kind-reply").last).to_contain_text("Brown ones")


async def test_a_session_that_ends_costs_no_words(page: Page, site: Site, seeded: Seeded) -> None:
    await _open(page)
    await page.fill("#text", "A long answer, nearly done.")
    await page.context.clear_cookies()
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator("#password")).to_be_visible()
    assert f"next=/conversations/{seeded.boots}" in page.url
    await page.fill("#email", "anna@us.example")
    await page.fill("#password", PASSWORD)
    await page.click("button[type=submit]")
    await expect(page.locator("#text")).to_have_value("A long answer, nearly done.")


async def test_news_leave_everything_where_it_is(page: Page, site: Site, seeded: Seeded) -> None:
    await _open(page)
    await page.locator(".row").nth(2).hover()
    await page.locator(".mark").nth(2).check()
    await page.locator(".quoted > summary").last.click()
    await page.locator(".holder-menu summary").click()
    row = page.locator(".conversation-row").nth(3)
    await row.focus()
    subject = await row.locator(".subject").inner_text()
    top = await page.locator("#conversation .scroll").evaluate("e => e.scrollTop")
    await site.company.receives(seeded.support, text="Brown laces, please.", into=seeded.boots)
    await expect(page.locator("#timeline")).to_contain_text("Brown laces")
    await site.company.receives(seeded.support, subject="Snow chains", text="Any?")
    await expect(page.locator(".conversation-row").first).to_contain_text("Snow chains")
    await expect(page.locator(".mark:checked")).to_have_count(1)
    await expect(page.locator(".quoted[open]")).to_have_count(1)
    await expect(page.locator("#facts details[open]")).to_have_count(1)
    await expect(page.locator(".conversation-row:focus .subject")).to_have_text(subject)
    assert await page.locator("#conversation .scroll").evaluate("e => e.scrollTop") == top > 0
    # Nor does what one does oneself in the head move what one reads.
    await page.get_by_role("button", name="Follow").click()
    await expect(page.get_by_role("button", name="Follow no more")).to_be_visible()
    is_there = "top => document.querySelector('#conversation .scroll').scrollTop === top"
    await becomes(page, is_there, top)
    await expect(page.locator(".quoted[open]")).to_have_count(1)


async def test_by_keyboard_alone(page: Page) -> None:
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("k")
    await page.keyboard.press("o")
    await expect(page.locator("#subject")).to_contain_text("Wrong size")
    await page.keyboard.press("r")
    await page.keyboard.type("Dear Pat, thank you.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".message.kind-reply").last).to_contain_text("thank you")
    await expect(page.locator("#text")).to_have_value("")
    await page.keyboard.press("n")
    await page.keyboard.type("Done by keys.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".message.kind-note").last).to_contain_text("Done by keys.")
    await expect(page.locator("#text")).to_have_value("")
    await page.keyboard.press("e")
    await expect(page.locator(".event").last).to_contain_text("Anna Berg closed the conversation")
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).to_be_visible()
    await page.keyboard.press("n")  # who tries what the sheet says changes nothing below it
    await expect(page.locator("#text")).not_to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#keys")).to_be_hidden()
    await page.keyboard.press("j")
    await page.keyboard.press("x")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("marked close")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mark:checked")).to_have_count(0)


async def test_the_focus_is_never_lost(page: Page, site: Site, seeded: Seeded) -> None:
    await page.keyboard.press("j")
    await page.keyboard.press("j")
    await page.keyboard.press("o")
    await expect(page.locator("#subject")).to_contain_text("Bestellung")
    await page.keyboard.press("r")
    await page.keyboard.type("It leaves today.")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".undo")).to_contain_text("Sent")
    await expect(page.locator("#conversation")).to_be_focused()
    await expect(page.locator(".row", has_text="Bestellung")).to_have_count(0)
    await page.keyboard.press("j")  # on with the one that stands in its place now
    await expect(page.locator(".conversation-row:focus")).to_contain_text("Мария")
    await page.keyboard.press("u")
    await expect(page.locator("#text")).to_have_value("It leaves today.")
    await expect(page.locator("#text")).not_to_be_focused()  # nobody was in the conversation
    await page.get_by_role("button", name="Take it").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Take it")).to_have_count(0)
    await expect(page.locator("body")).not_to_be_focused()


async def test_the_palette_and_the_keys_beside_it(page: Page) -> None:
    """Everything without a mouse, and after each step the next key finds where one is."""
    keys = page.keyboard
    palette = page.locator("#palette")
    await keys.press("j")
    await keys.press("o")
    await expect(page.locator("#subject")).to_contain_text("Wrong size")
    for words, field in (("put off", "snooze-until"), ("add a tag", "add-tags")):
        await keys.press("Control+k")
        await keys.type(words)
        await expect(palette.locator("[aria-selected=true]")).to_contain_text(words[1:])
        await keys.press("Enter")
        await expect(page.locator(f"#{field}")).to_be_focused()
        await expect(page.locator(":popover-open")).to_have_count(0)  # it stands there, unfolded
        await keys.press("Escape")
        await expect(page.locator("body")).not_to_be_focused()
    await keys.press("a")
    await keys.type("ben")
    await keys.press("Enter")
    await expect(page.locator(".holder-menu summary")).to_contain_text("Ben Okafor")
    await expect(page.locator("body")).not_to_be_focused()
    await keys.press("s")
    await keys.type("3 days")
    await keys.press("Enter")
    await expect(page.locator(".state-snoozed")).to_be_visible()
    await expect(page.locator("body")).not_to_be_focused()
    await keys.press("Control+k")
    await expect(palette).to_be_visible()
    await keys.press("Escape")
    await expect(palette).to_be_hidden()
    await keys.press("/")
    await expect(page.locator(".rail-search [name=q]")).to_be_focused()
    await keys.type("is:snoozed")
    await keys.press("Enter")
    await expect(page.locator(".found .subject")).to_contain_text("Wrong size")
    await keys.press("?")
    await expect(page.locator("#keys")).to_contain_text("next and previous conversation")
    await expect(page.locator("#keys")).not_to_contain_text("write a note")
    await keys.press("Escape")
    await expect(page.locator("#keys")).to_be_hidden()
    await keys.press("j")
    await keys.press("o")
    await expect(page.locator("#subject")).to_contain_text("Wrong size")
    await page.wait_for_load_state()  # a page of its own: keys are heard once it is whole
    await keys.press("r")
    await keys.type("/")
    await expect(page.locator("#suggestions .none")).to_have_text(
        "There are no templates here yet."
    )
    await keys.press("Backspace")
    await expect(page.locator("#suggest")).to_be_hidden()
    await keys.type("Attached is the list.")
    await keys.press("Control+Enter")
    await expect(page.locator(".names-file")).to_be_visible()
    await page.locator("#composer input[name=file]").set_input_files(
        {"name": "list.txt", "mimeType": "text/plain", "buffer": b"1"}
    )
    await expect(page.locator(".names-file")).to_have_count(0)


async def test_keys_lead_everywhere_from_every_page(page: Page) -> None:
    keys, sheet = page.keyboard, page.locator("#keys")
    for at in ("/settings/me", "/house/people", "/statistics", "/dispatch", "/conversations/new"):
        await page.goto(at)
        await keys.press("Escape")  # where a field has the focus, letters are letters
        await keys.press("?")
        await expect(sheet).to_contain_text("go anywhere, do anything")
        await expect(sheet).not_to_contain_text("write a note")
        await keys.press("Escape")
        await expect(sheet).to_be_hidden()
    await keys.press("k")  # there is no list in which it goes up
    await keys.type("workspaces")
    await keys.press("Enter")
    await page.wait_for_url("**/workspaces")
    await keys.press("g")
    await keys.press("c")
    await page.wait_for_url("**/conversations?in=closed")
    await keys.press("k")
    await expect(page.locator("#palette")).to_be_hidden()


async def test_what_was_typed_survives_a_walk(page: Page) -> None:
    await _open(page)
    await page.fill("#text", "Half an answer")
    await _open(page, "返品")
    await expect(page.locator("#text")).to_have_value("")
    await _open(page)
    await expect(page.locator("#text")).to_have_value("Half an answer")


async def test_the_html_of_a_mail_stays_in_its_frame(page: Page, site: Site) -> None:
    await _open(page, "Bestellung")
    await page.get_by_text("As it was sent").click()
    frame = page.frame_locator(".as-sent iframe.mail")
    await expect(frame.get_by_text("Trail runner").first).to_be_visible()
    assert await frame.locator("img[src^='data:image/png']").evaluate("i => i.naturalWidth") == 120
    assert not site.faults


async def test_without_javascript(site: Site, seeded: Seeded) -> None:
    page = await site.signed_in(seeded.anna, java_script_enabled=False)
    await _open(page)
    await page.fill("#text", "Written without scripts.")
    await site.company.receives(seeded.support, text="Brown laces, please.", into=seeded.boots)
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator(".stale")).to_contain_text("Not sent: something new came in")
    await expect(page.locator("#timeline")).to_contain_text("Brown laces")
    await page.get_by_role("button", name="Send anyway").click()
    await expect(page.locator(".message.kind-reply").last).to_contain_text("without scripts")
    await page.locator(".undo").get_by_role("button", name="Undo").click()
    await expect(page.locator("#text")).to_have_value("Written without scripts.")
    await page.locator(".tab-note").click()
    await page.get_by_role("button", name="Add note").click()
    await expect(page.locator(".message.kind-note").last).to_contain_text("without scripts")
    await page.locator("#closure button").click()
    await expect(page.get_by_role("button", name="Reopen")).to_be_visible()


AWAITED = """() => {
  document.querySelector("#conversation").setAttribute("aria-busy", "true");
  return getComputedStyle(document.querySelector("#list"), "::before").height;
}"""


async def test_on_a_phone(site: Site, seeded: Seeded) -> None:
    page = await site.signed_in(
        seeded.anna, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    await expect(page.locator("#conversation")).to_be_hidden()
    await page.locator(".list-head").get_by_role("button", name="Menu").click()
    await page.locator("#rail").get_by_role("link", name="Mine").click()
    await expect(page.locator("#list h1")).to_have_text("Mine")
    # What takes a while is said over the list: what is waited for is not there yet.
    assert await page.evaluate(AWAITED) == "2px"
    await _open(page)
    await expect(page.locator("#list")).to_be_hidden()
    await page.fill("#text", "From the train.")
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator(".message.kind-reply").last).to_contain_text("From the train.")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    await page.get_by_role("link", name="Back to the list").click()
    await expect(page.locator("#list")).to_be_visible()
