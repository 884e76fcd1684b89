"""Every page there is: without a violation, on a desk by day and on a phone by night."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
from playwright.async_api import Page

from inbox.desk.templates import Draft, keep_text
from inbox.desk.workspaces import keep_search
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from tests.browser.conftest import PATIENCE, Site, violations
from tests.browser.test_comfort import SIDEWAYS
from tests.http.rights import rows
from tests.http.seed import Seeded, seed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.database,
    pytest.mark.asyncio(loop_scope="session"),
]

# What is no page to read: parts of one, files, what programs read, and ways that only lead on.
NO_PAGE = re.compile(
    r"/api/|/static/|/(healthz|readyz|metrics|news|live|palette|uploads)|/sign-in/provider|\.(vcf|csv)$"
    r"|/(known|rail|brief|fields|raw|html|files\.zip|headers|preview/\{_name\}|news|mail)$"
    r"|/conversations/.*/(texts|people)|/files/\{file_id\}$|/mail/|^/$|^/settings$|^/house$"
)
# Pages with more in them than their plain address shows.
SHAPES = (
    "/conversations?in=open&marked=all",
    "/conversations?in=spam",
    "/search?q=is:open",
    "/search?q=nothing-like-it",
    "/house/texts/new?kind=article",
    "/conversations/2?write=note",
    "/nothing-here",
)
DAY: Final[Any] = ({"width": 1440, "height": 900}, "light")
NIGHT: Final[Any] = ({"width": 390, "height": 844}, "dark")
# What is half under a head that stays would be measured by its other half.
TO_THE_TOP = "document.querySelectorAll('*').forEach((one) => (one.scrollTop &&= 0))"
OPEN = "document.querySelectorAll('main details').forEach((one) => one.open = true)"
# Presses each form of a page that no script sends, and names those of which nothing was said.
PRESS = """async () => {
  const said = document.querySelector("#failed");
  const silent = [];
  for (const form of document.forms) {
    if (form.matches("[hx-boost], [hx-post], [data-in-place], #ask-sound")) continue;
    form.noValidate = true;
    said.hidden = true;
    const shown = new Promise((resolve) => {
      new MutationObserver(resolve).observe(said, { attributes: true });
    });
    form.requestSubmit(form.querySelector("button:not([type=button])"));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.race([shown, late]);
    if (said.hidden) silent.push(form.action);
  }
  said.hidden = true;
  return silent;
}""".replace("PATIENCE", str(PATIENCE))
# What depends on colours and room; the rest of a page is the same by night.
ROOM = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]


def pages(role: str) -> list[str]:
    """The addresses of the pages whose least role this is, with their placeholders."""
    return [
        path
        for (method, path), least in rows().items()
        if method == "GET" and least == role and not NO_PAGE.search(path)
    ]


@pytest.mark.parametrize("roles", [("agent",), ("manager", "admin", "nobody")], ids=" ".join)
async def test_every_page_is_for_everybody(site: Site, roles: tuple[str, ...]) -> None:
    """Walked by the table of rights, so that no page can be forgotten."""
    seeded = await seed(site.company)
    await _texts(site, seeded)
    anna, stranger = await site.inside(seeded.anna), await site.page()
    ways = [(anna, one) for one in SHAPES if "agent" in roles]
    for role in roles:
        page = stranger if role == "nobody" else anna
        ways += [(page, _filled(path, seeded)) for path in pages(role)]
    found = [(where, await _look(site, page, where)) for page, where in ways]
    assert not "\n".join(f"{where}: {one}" for where, faults in found for one in faults)
    assert len(found) > 12


async def _texts(site: Site, seeded: Seeded) -> None:
    """One text and one workspace, so that their pages are not empty."""
    draft = Draft(name="return", language="en", body="Dear {{ customer.name }},")
    async with site.company.database.write() as db:
        await keep_text(db, draft, now=site.company.now, by=seeded.anna)
        viewer = Viewer(id=seeded.anna.id, name="Anna", email="anna@us.example", role=Role.ADMIN)
        await keep_search(db, viewer, query="is:open", name="Open", now=site.company.now)


def _filled(path: str, seeded: Seeded) -> str:
    """The address with what there is in the place of its placeholders."""
    known = {"conversation_id": seeded.boots, "message_id": 1, "department_id": 1}
    return re.sub(r"\{(\w+)\}", lambda m: str(known.get(m[1], 1)), path)


async def _look(site: Site, page: Page, where: str) -> list[str]:
    """What is wrong with the page for somebody's eyes, ears or fingers: on a desk by day, and
    on a narrow screen by night."""
    found = []
    for (size, scheme), only in ((DAY, None), (NIGHT, ROOM)):
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme=scheme)
        if only is None:
            await page.goto(where)
            await page.evaluate(OPEN)
            found += await _lost_without_a_line(site, page)
        await page.evaluate(TO_THE_TOP)
        found += ["scrolls sideways"] if await page.evaluate(SIDEWAYS) else []
        found += await violations(page, only)
    return found


async def _lost_without_a_line(site: Site, page: Page) -> list[str]:
    """The forms that take the page away with what was entered where there is no connection."""
    await page.context.set_offline(True)
    silent: list[str] = await page.evaluate(PRESS)
    await page.context.set_offline(False)
    site.forgive_cut_lines()
    return [f"nothing is said of {one}" for one in silent]
