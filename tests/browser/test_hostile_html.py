"""Hostile HTML before a real browser, with nothing but our cleaning between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route

from inbox.mail.html import sanitize
from tests.mail.hostile_html import CASES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs="
HEAD = """<!doctype html><script>window.ran = () => { window.hasRun = true }</script>
<body style="margin:8px">"""
# What a browser makes of it, and of what it writes out again: a second parser finds other tags.
LOOK = """() => [...document.body.children].map((mail, number) => {
  const again = document.createElement('div')
  again.innerHTML = mail.innerHTML
  again.innerHTML = again.innerHTML
  mail.append(again)
  const all = [...mail.querySelectorAll('*')]
  for (const kind of ['click', 'mouseover', 'focus', 'error', 'load', 'toggle'])
    all.filter(e => e.tagName !== 'A').forEach(e => e.dispatchEvent(new Event(kind)))
  const links = all.filter(e => e.href).map(e => e.protocol)
  const moved = all.filter(e => {
    const style = getComputedStyle(e)
    const place = e.getBoundingClientRect()
    const frame = mail.getBoundingClientRect()
    return ['fixed', 'absolute', 'sticky'].includes(style.position) || style.transform !== 'none'
      || style.backgroundImage !== 'none' || place.left < 0 || place.top < frame.top - 20
  })
  return {
    number,
    isOurs: mail.className === `mail-${number}`,
    hasRun: window.hasRun === true,
    links: links.filter(one => !['http:', 'https:', 'mailto:', 'tel:'].includes(one)),
    moved: moved.map(e => e.outerHTML),
  }
})"""


@dataclass(slots=True)
class Watched:
    """A page whose every request and dialog is noted and leads nowhere."""

    page: Page
    asked: list[str] = field(default_factory=list)


@pytest_asyncio.fixture(loop_scope="session")
async def watched(browser: Browser) -> AsyncIterator[Watched]:
    page = await browser.new_page()
    watched = Watched(page)

    async def refuse(route: Route) -> None:
        watched.asked.append(route.request.url)
        await route.abort()

    await page.route("**/*", refuse)
    page.on("popup", lambda popup: watched.asked.append(f"window: {popup.url}"))
    yield watched
    await page.context.close()


async def test_nothing_runs_and_nothing_is_asked_for(watched: Watched) -> None:
    clean = [sanitize(hostile, {"known@x": PICTURE}, new_window=True).html for hostile in CASES]
    mails = [f'<div class="mail-{number}">{html}</div>' for number, html in enumerate(clean)]
    await watched.page.set_content(HEAD + "".join(mails))
    seen = await watched.page.evaluate(LOOK)
    harmless = {"isOurs": True, "hasRun": False, "links": [], "moved": []}
    wrong = [(CASES[one["number"]], one) for one in seen if one | harmless != one]
    assert wrong == []
    assert len(seen) == len(CASES)
    assert watched.page.url == "about:blank"
    assert watched.asked == []


async def test_asked_for_pictures_come_and_trackers_do_not(watched: Watched) -> None:
    html = (
        '<img src="https://pictures.example/boots.png">'
        '<img src="https://pictures.example/seen?by=jane" width=1 height=1>'
        '<img src="https://u7.ct.sendgrid.example/wf/open?upn=jane">'
    )
    await watched.page.set_content(HEAD + sanitize(html).html)
    assert watched.asked == []
    await watched.page.set_content(HEAD + sanitize(html, remote=True).html)
    assert watched.asked == ["https://pictures.example/boots.png"]


async def test_the_browser_does_run_what_was_not_cleaned(watched: Watched) -> None:
    await watched.page.set_content(HEAD + '<img src="https://t.example/x" onerror="ran()">')
    await watched.page.wait_for_function("window.hasRun === true")
    assert watched.asked == ["https://t.example/x"]
