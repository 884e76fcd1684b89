"""Two people at one conversation, a line that breaks, a draft that is found at another place."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Error, Page, Request, Route, expect

from inbox.auth.sessions import end_all
from inbox.desk.people import set_agent
from tests.browser.conftest import Site, becomes
from tests.http.seed import Seeded, seed
from tests.polling import ENOUGH

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]


# How many tones a page has made.
TONES = """window.tones = 0; const Tone = window.OscillatorNode;
window.OscillatorNode = class extends Tone {
  constructor(...all) { super(...all); window.tones += 1; }
};"""


@pytest_asyncio.fixture(loop_scope="session")
async def seeded(site: Site) -> Seeded:
    return await seed(site.company)


async def _nothing_new(route: Route) -> None:
    await route.fulfill(status=204)


async def _caret(page: Page) -> list[object]:
    """Which field has the focus, and where in it the caret stands."""
    script = "[document.activeElement.id, document.activeElement.selectionStart]"
    found: list[object] = await page.evaluate(script)
    return found


async def test_two_at_one_conversation(site: Site, seeded: Seeded) -> None:
    """Each sees the other; what comes meanwhile leaves the caret, and is never written past."""
    at = f"/conversations/{seeded.boots}"
    anna = await site.inside(seeded.anna, at)
    ben = await site.inside(seeded.ben, at)
    await expect(anna.locator("#together")).to_contain_text("Ben is looking")
    await expect(ben.locator("#together")).to_contain_text("Anna is looking")
    await anna.fill("#text", "We have the pair.")
    await anna.locator("#text").press("Home")
    await expect(ben.locator("#together")).to_contain_text("Anna is writing")
    await site.company.receives(seeded.support, text="Brown laces, please.", into=seeded.boots)
    await expect(anna.locator("#new-ones")).to_contain_text("Brown laces")
    # What he had not seen would be asked about before his answer leaves.
    await expect(ben.locator(".message").last).to_contain_text("Brown laces")
    assert await _caret(anna) == ["text", 0]
    # What comes now does not reach her page: the answer is refused, with what is new.
    await anna.route("**/news?*", _nothing_new)
    await ben.fill("#text", "They leave today. Ben")
    await ben.get_by_role("button", name="Send to Pat Lee").click()
    await expect(ben.locator(".undo")).to_contain_text("Sent")
    await anna.keyboard.type("Dear Pat. ")
    async with anna.expect_response("**/replies?*") as refused:
        await anna.keyboard.press("Control+Enter")
    assert (await refused.value).status == 409
    await expect(anna.locator(".stale")).to_contain_text("Not sent: something new came in")
    await expect(anna.locator(".message.kind-reply").last).to_contain_text("They leave today")
    await expect(anna.locator("#text")).to_have_value("Dear Pat. We have the pair.")
    await anna.get_by_role("button", name="Send anyway").click()
    await expect(anna.locator(".message.kind-reply").last).to_contain_text("We have the pair")
    await ben.close()
    await expect(anna.locator("#together")).not_to_contain_text("Ben")


async def test_what_happens_while_a_page_is_under_way_is_not_missed(
    site: Site, seeded: Seeded
) -> None:
    """An answer of the server that comes late shows the conversation as it was before the next."""
    page = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    told, shown = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        answer = await route.fetch()
        await (told if "assignee" in route.request.url else shown).wait()
        with suppress(Error):  # nobody waits for it any more
            await route.fulfill(response=answer)

    async def news(route: Route) -> None:
        with suppress(Error):
            answer = await route.fetch()
            if "state-snoozed" in await answer.text() and not told.is_set():
                told.set()
                await shown.wait()
            await route.fulfill(response=answer)

    await page.route(re.compile(r"/(assignee|snooze)\?"), late)
    await page.route("**/news?*", news)
    await page.locator(".holder-menu summary").click()
    await page.locator(".holder-menu").get_by_role("button", name="Ben Okafor").click()
    await expect(page.locator(".holder-menu summary")).to_contain_text("Ben Okafor")
    await page.keyboard.press("Escape")
    await page.keyboard.press("s")
    await page.keyboard.type("3 days")
    await page.keyboard.press("Enter")
    await told.wait()
    await expect(page.locator(".state-snoozed")).to_be_visible()
    shown.set()
    await expect(page.locator(".state-snoozed")).to_be_visible()


async def test_what_was_begun_and_taken_back_is_written_on(site: Site, seeded: Seeded) -> None:
    page = await site.inside(seeded.anna, "/conversations/new")
    await page.fill("#to", "Kim Roe <kim@new.example>")
    await page.fill("#subject-line", "Your order")
    await page.fill("#text", "It is here.")
    await page.get_by_role("button", name="Send", exact=True).click()
    await expect(page.locator("#conversation")).to_be_focused()
    await page.locator(".undo").get_by_role("button", name="Undo").click()
    await expect(page.locator("main.letter #text")).to_have_value("It is here.")
    await expect(page.locator("#subject-line")).to_have_value("Your order")
    await expect(page.locator("#conversation")).to_have_count(0)


async def test_what_does_not_get_through_is_tried_again(site: Site, seeded: Seeded) -> None:
    """A send that fails leaves its words to be saved, and saving goes on until it is done.

    Where the answer alone was lost, it was sent all the same: pressed again, it is sent once.
    """
    page = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    tries: list[str] = []

    async def breaks(route: Route) -> None:
        tries.append(route.request.url)
        await (route.abort() if len(tries) < 3 else route.continue_())

    async def answers_nothing(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/replies?*", lambda route: route.abort())
    await page.route("**/draft?*", breaks)
    await page.fill("#text", "Sent through a broken wire.")
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator("#composer #failed")).to_contain_text("No answer came")
    # Nothing else happens on this page: it is saved because that is tried again.
    await expect(page.locator(".saved")).to_contain_text("Saved")
    assert len(tries) > 2
    await expect(page.locator("#text")).to_have_value("Sent through a broken wire.")
    again = page.locator("#composer #failed").get_by_role("button", name="Try again")
    # What a proxy says of a server that is away takes the place of nothing.
    for breaking in (lambda route: route.fulfill(status=502, body="<h1>Bad</h1>"), answers_nothing):
        await page.unroute("**/replies?*")
        await page.route("**/replies?*", breaking)
        async with page.expect_request("**/replies?*"):
            await again.click()
        await expect(again).to_be_visible()
        await expect(page.locator("#text")).to_have_value("Sent through a broken wire.")
    await page.unroute("**/replies?*")
    await again.click()
    await expect(page.locator(".undo")).to_contain_text("Sent")
    await expect(page.locator("#text")).to_have_value("")
    await expect(page.locator(".message.kind-reply", has_text="broken wire")).to_have_count(1)
    site.forgive_cut_lines()


async def test_what_is_sent_is_no_draft_any_more(site: Site, seeded: Seeded) -> None:
    """News that come while an answer is under way do not save its words once more."""
    page = await site.inside(seeded.anna, f"/conversations/{seeded.boots}")
    saved: list[str] = []
    page.on("request", lambda one: saved.append(one.url) if "/draft?" in one.url else None)

    async def while_it_is_sent(route: Route) -> None:
        await site.company.receives(seeded.support, text="Are there black ones?")
        await expect(page.locator("#rows")).to_contain_text("black ones")
        await route.continue_()

    await page.route("**/replies?*", while_it_is_sent)
    await page.fill("#text", "They leave today.")
    await page.get_by_role("button", name="Send to Pat Lee").click()
    await expect(page.locator(".undo")).to_contain_text("Sent")
    assert saved == []


async def test_a_line_that_breaks_and_another_machine(site: Site, seeded: Seeded) -> None:
    """What is typed without a line is kept once there is one, and is there on another machine."""
    at = f"/conversations/{seeded.boots}"
    desktop = await site.inside(seeded.anna, at)
    await expect(desktop.locator(".saved")).to_have_text("")
    await desktop.context.set_offline(True)
    await expect(desktop.locator("#offline")).to_be_visible()
    await desktop.fill("#text", "Written in a tunnel.")
    await desktop.get_by_role("button", name="Send to Pat Lee").click()
    await expect(desktop.locator("#composer #failed")).to_contain_text("Not sent")
    await expect(desktop.locator(".saved")).to_have_text("Not saved.")
    await expect(desktop.locator("#text")).to_have_value("Written in a tunnel.")
    await desktop.click("#closure button")
    await expect(desktop.locator("#failed")).to_contain_text("Not done")
    await desktop.keyboard.press("Control+k")
    await desktop.keyboard.type("laces")
    await desktop.keyboard.press("Enter")
    await expect(desktop.locator("#failed")).to_contain_text("It opens as soon as there is one")
    await desktop.locator("#failed").evaluate("said => (said.hidden = true)")
    await desktop.click(".conversation-row:not([aria-current])")
    await expect(desktop.locator("#failed")).to_contain_text("It opens as soon as there is one")
    await desktop.context.set_offline(False)
    await expect(desktop.locator("#failed, #offline").locator("visible=true")).to_have_count(0)
    await expect(desktop.locator("#text")).to_have_value("")
    await desktop.click(".conversation-row:has-text('Wrong size')")
    await expect(desktop.locator("#text")).to_have_value("Written in a tunnel.")
    await expect(desktop.locator(".saved")).to_contain_text("Saved")
    site.forgive_cut_lines()
    laptop = await site.inside(seeded.anna, "/conversations?in=drafts")
    await laptop.click(".conversation-row:has-text('Wrong size')")
    await expect(laptop.locator("#text")).to_have_value("Written in a tunnel.")
    async with laptop.expect_response("**/draft?*"):
        await laptop.fill("#text", "Written at home.")
    await desktop.locator("#text").press_sequentially("!")
    await expect(desktop.locator("#draft [role=alert]")).to_contain_text("at another place since")
    await desktop.get_by_role("link", name="Show what is saved").click()
    await expect(desktop.locator("#text")).to_have_value("Written at home.")


# Where pages are tested all of them are on top, as if each had a window of its own.
BEHIND = """Object.defineProperty(document, "hidden", { get: () => !window.isSeen });
window.told = []; window.Notification = class {
  static permission = "granted";
  constructor(who, { body }) { window.told.push(body); }
};"""


async def test_tabs_that_nobody_looks_at_share_a_line(site: Site, seeded: Seeded) -> None:
    """They show on the desktop what comes while nobody looks at any of them, and only that."""
    async with site.company.database.write() as db:
        await set_agent(db, seeded.anna.email, {"desktop": "on"})
    front = await site.inside(seeded.anna)
    await front.goto("/conversations")
    lines: list[Page] = []

    def note(asked: Request) -> None:
        if "/live" in asked.url:
            lines.append(asked.frame.page)

    front.context.on("request", note)
    await front.context.add_init_script(BEHIND)
    tabs = [await front.context.new_page() for _ in range(7)]  # a browser has six over HTTP/1.1
    for tab in tabs:
        await tab.goto("/conversations")
    await site.company.receives(seeded.support, subject="Heard by all", ago=timedelta())
    for tab in tabs:
        await expect(tab.locator("#rows")).to_contain_text("Heard by all")
    assert lines == []

    await tabs[0].evaluate("isSeen = true; document.dispatchEvent(new Event('visibilitychange'))")
    for leaving, subject in ((front, "Heard from another"), (tabs[0], "Heard from a third")):
        await leaving.goto("about:blank")
        await site.company.receives(seeded.support, subject=subject, ago=timedelta())
        for tab in tabs[leaving is tabs[0] :]:
            await expect(tab.locator("#rows")).to_contain_text(subject)
    assert lines[0] == tabs[0]
    for tab in tabs[1:]:
        await becomes(tab, "told.length")
        assert await tab.evaluate("told") == ["Heard from a third"]


async def test_several_tabs_ring_once(site: Site, seeded: Seeded) -> None:
    async with site.company.database.write() as db:
        await set_agent(db, seeded.anna.email, {"sound": "on"})
    page = await site.inside(seeded.anna)
    await page.context.add_init_script(TONES)
    tabs = [await page.context.new_page() for _ in range(3)]
    for tab in tabs:
        await tab.goto("/conversations")
        await tab.keyboard.press("j")
    await site.company.receives(seeded.support, subject="Heard once", ago=timedelta())
    for tab in tabs:
        await expect(tab.locator("#rows")).to_contain_text("Heard once")
    rung: list[int] = []
    async with asyncio.timeout(ENOUGH):
        while not sum(rung):
            rung = [await tab.evaluate("tones") for tab in tabs]
    assert sorted(rung) == [0, 0, 2]


async def test_what_one_may_see_no_more_leaves_the_page(site: Site, seeded: Seeded) -> None:
    """Within seconds, without a click; what somebody was writing stays with them."""
    at, email = f"/conversations/{seeded.boots}", seeded.ben.email
    reads = await site.inside(seeded.ben, at)
    writes = await reads.context.new_page()
    await writes.goto(at)
    await writes.fill("#text", "We have the pair.")
    await expect(writes.locator(".saved")).to_contain_text("Saved")
    async with site.company.database.write() as db:
        await set_agent(db, email, {"mailboxes": "billing@us.example"})
    await site.company.receives(seeded.support)
    # Until it has gone the page has headings of its own: of the list, and of the conversation.
    await expect(reads.get_by_role("heading", name="There is nothing here")).to_be_visible()
    await expect(writes.locator("#timeline")).to_contain_text("no longer here")
    words = writes.locator("#rows, h1, #customer", has_text=re.compile("Pat|size"))
    await expect(words).to_have_count(0)
    await expect(writes).to_have_title(re.compile("There is nothing here"))
    await expect(writes.locator("#text")).to_have_value("We have the pair.")
    await reads.goto("/conversations")
    async with site.company.database.write() as db:
        await end_all(db, seeded.ben.id)
    await site.company.receives(seeded.support, text="Anybody there?")
    await expect(reads.locator("#password")).to_be_visible()
    await expect(writes.locator("#signed-out")).to_be_visible()
    await expect(writes.locator("body")).not_to_contain_text("There is nothing here")
    await expect(writes.locator(".row, .rail a")).to_have_count(0)
    await expect(writes.locator("#text")).to_have_value("We have the pair.")
    site.forgive_cut_lines()
