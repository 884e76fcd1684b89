"""Starts the demonstration in a folder of its own and takes the pictures of `docs/images`.

A folder named behind it gets the pages that the documentation leaves out.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

from inbox.clock import utcnow
from inbox.demo.company import JONAS, KAREN, PASSWORD, PAT
from scripts.mail_pictures import take_mails
from scripts.page_pictures import Pictures, list_pages, take_entrance, take_pages
from tests.polling import until
from tests.service import Service, data_folder, free_listen, inbox

IMAGES = Path(__file__).parent.parent / "docs" / "images"
_SIZE = ViewportSize(width=1240, height=760)


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with data_folder() as folder, tempfile.TemporaryDirectory() as logs:
        demo = Service(
            "demo", log=Path(logs) / "log", data=str(folder), smtp_listen=free_listen(),
            web_listen=free_listen(), demo_sink_listen=free_listen(),
        )  # fmt: skip
        with demo, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport=_SIZE)
            _web_view(page, demo.addresses["web"])
            _pages(browser, demo.addresses["web"], Path(logs))
            _mail_program(page, demo.addresses["sink"])
            _digest(page, demo.addresses["sink"], str(folder))
            browser.close()
    _mails()


def _mails() -> None:
    """Each kind of mail, as it arrives."""
    rest = Path(sys.argv[1]) / "mails" if len(sys.argv) > 1 else None
    with data_folder() as folder:
        take_mails(folder, IMAGES / "mails", rest)


def _pages(browser: Browser, web: str, logs: Path) -> None:
    """The pages of the demonstration, and the first one of a service that has nobody yet."""
    rest = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    pictures = Pictures(docs=IMAGES / "pages", rest=rest)
    for folder in (pictures.docs, *filter(None, [rest])):
        folder.mkdir(parents=True, exist_ok=True)
        for gone in folder.glob("*.webp"):
            gone.unlink()
    take_pages(browser, web, pictures)
    with data_folder() as folder:
        first = Service(
            "serve", log=logs / "first", data=str(folder), smtp_listen=free_listen(),
            web_listen=free_listen(),
        )  # fmt: skip
        with first:
            link = until(lambda: re.search(r"http\S+/setup\?token=[\w-]+", first.log.read_text()))
            take_entrance(browser, web, link.group() if link else "", pictures)
    list_pages(IMAGES.parent / "design.md", pictures.docs)


def _mail_program(page: Page, sink: str) -> None:
    """A notice, the answer to it as everybody gets it, and one that is held."""
    notice = _open(page, sink, KAREN.address, "Pat Lee via Support")
    _take(notice, "notice")
    reply_to = notice.locator("dt:text-is('Reply-To') + dd").text_content() or ""
    page.fill("textarea", "Of course, and sorry about the tea! A new one leaves today.\n\nKaren")
    _take(page, "answering-by-mail")
    page.get_by_role("button", name="Send", exact=True).click()
    _take(_open(page, sink, PAT.address, "Karen Miller (Support)"), "what-the-customer-gets")
    _take(_open(page, sink, JONAS.address, "Karen Miller über Support"), "notice-of-an-answer")
    # The same words to the same address, but from one that nobody has registered as hers.
    asked = urlencode(
        {"to": reply_to.rpartition("<")[2].strip("> "), "subject": "Re: The handle of my teapot"}
    )
    page.goto(f"{sink}/box/karen@home.example/write?{asked}")
    page.fill("textarea", "And keep the lid of the old one: it fits the new one.")
    page.get_by_role("button", name="Send", exact=True).click()
    _take(_open(page, sink, KAREN.address, "Support"), "held-answer")


def _digest(page: Page, sink: str, data: str) -> None:
    """Karen asks for a list each morning; her morning is the minute after the next one."""
    at = (utcnow() + timedelta(minutes=2)).strftime("%H:%M")
    wishes = (f"digest=daily@{at}", "dispatcher=daily", "zone=UTC")
    asked = inbox("agent", "notices", KAREN.address, *wishes, data=data)
    if asked.returncode:
        raise SystemExit(asked.stderr)
    _take(_open(page, sink, KAREN.address, "open conversations", is_whole=False), "digest")


def _open(page: Page, sink: str, owner: str, says: str, *, is_whole: bool = True) -> Locator:
    """The newest mail in whose line stands a name or subject, once it is there, opened."""
    line = page.locator(".line").filter(has=page.get_by_text(says, exact=is_whole)).first

    def has_come() -> bool:
        page.goto(f"{sink}/box/{owner}")
        return bool(line.count())

    until(has_come, 150)  # what happens within a minute comes as one notice
    line.click()
    page.frame_locator("iframe").locator("body").wait_for()
    return page.locator("article")


def _web_view(page: Page, web: str) -> None:
    page.goto(f"{web}/sign-in")
    page.fill("[name=email]", KAREN.address)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.get_by_text("teapot").first.click()
    page.locator("article.message").first.wait_for()
    page.mouse.move(0, 0)  # under it a row shows its mark instead of its picture
    _take(page, "web-view")


def _take(what: Page | Locator, name: str) -> None:
    page = what if isinstance(what, Page) else what.page
    page.wait_for_timeout(500)  # pictures and fonts
    what.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


if __name__ == "__main__":
    main()
