"""Starts the demonstration in a folder of its own and takes the pictures of `docs/images`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from inbox.demo.company import KAREN, PASSWORD
from tests.service import Service, data_folder, free_listen

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
            _mail_program(page, demo.addresses["sink"])
            _web_view(page, demo.addresses["web"])
            browser.close()


def _mail_program(page: Page, sink: str) -> None:
    page.goto(f"{sink}/box/{KAREN.address}")
    page.locator(".line").first.click()
    page.frame_locator("iframe").locator("body").wait_for()
    page.fill("textarea", "Of course, and sorry about the tea! A new one leaves today.")
    _take(page, "answering-by-mail")


def _web_view(page: Page, web: str) -> None:
    page.goto(f"{web}/sign-in")
    page.fill("[name=email]", KAREN.address)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.get_by_text("teapot").first.click()
    page.locator("article.message").first.wait_for()
    _take(page, "web-view")


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(500)  # pictures and fonts
    page.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


if __name__ == "__main__":
    main()
