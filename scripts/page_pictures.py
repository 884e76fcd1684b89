"""Takes the pictures of all pages of the web view: light, dark, and as a phone shows them."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, ViewportSize

from inbox.demo.company import KAREN, PASSWORD

_DESKTOP: Final = ViewportSize(width=1440, height=900)
_PHONE: Final = ViewportSize(width=390, height=844)
_QUALITY: Final = 70  # of WebP: letters keep their edges, a page is some 40 kB


def _as_it_is(_: Page) -> None:
    """Nothing is to be done before the picture."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A page, and what somebody has done on it; `is_kept` in all looks, not the first alone.

    `is_on_phones` says of what is folded there alone that no other look of it is taken.
    """

    name: str
    path: str
    does: Callable[[Page], None] = _as_it_is
    is_kept: bool = True
    is_on_phones: bool = False


@dataclass(frozen=True, slots=True)
class Pictures:
    """Where they go: the documentation's into `docs`, those beyond it into `rest`, if wanted."""

    docs: Path
    rest: Path | None

    def take(self, page: Page, scene: Scene, look: str) -> None:
        """The page as it stands, in this look."""
        folder = self.docs if scene.is_kept or look == "light" else self.rest
        if folder is None:
            return
        page.mouse.move(0, 0)  # under it a row shows its mark instead of its picture
        page.wait_for_timeout(250)  # pictures and fonts
        session = page.context.new_cdp_session(page)
        said = session.send(
            "Page.captureScreenshot",
            {"format": "webp", "quality": _QUALITY, "optimizeForSpeed": False},
        )
        session.detach()
        path = folder / f"{scene.name}{'' if look == 'light' else f'-{look}'}.webp"
        path.write_bytes(base64.b64decode(said["data"]))
        sys.stdout.write(f"{path}\n")


def take_pages(browser: Browser, web: str, pictures: Pictures) -> None:
    """All pages that somebody sees who has signed in, and the way in."""
    with _desktop(browser) as page, _phone(browser) as phone:
        _sit_down(page, web)
        _sit_down(phone, web)
        *scenes, stale = _scenes(page, web)
        _take_all(page, web, pictures, *scenes)
        _take_all(phone, web, pictures, *scenes, phone=True)
        # The last one leaves a draft behind.
        _take_all(page, web, pictures, stale)
        _take_all(phone, web, pictures, stale, phone=True)


def take_entrance(browser: Browser, web: str, first: str, pictures: Pictures) -> None:
    """What is seen before: signing in, and the first start of another service."""
    scenes = (Scene("sign-in", f"{web}/sign-in"), Scene("first-start", first))
    with _desktop(browser) as page:
        _take_all(page, "", pictures, *scenes)
    with _phone(browser) as page:
        _take_all(page, "", pictures, *scenes, phone=True)


def list_pages(document: Path, folder: Path) -> None:
    """Name all pictures where a document lists them, each page with its looks in one line."""
    at = folder.relative_to(document.parent)
    stems = [path.stem for path in folder.glob("*.webp")]
    named = []
    for page in sorted({stem.removesuffix("-dark").removesuffix("-phone") for stem in stems}):
        looks = {"light": page, "dark": f"{page}-dark", "phone": f"{page}-phone"}
        links = [f"[{look}]({at}/{stem}.webp)" for look, stem in looks.items() if stem in stems]
        named.append(f"- {page.replace('-', ' ')}: {' · '.join(links)}")
    lines = document.read_text(encoding="utf-8").split("\n")
    listed = [number for number, line in enumerate(lines) if f"({at}/" in line and line[0] == "-"]
    lines[listed[0] : listed[-1] + 1] = named
    document.write_text("\n".join(lines), encoding="utf-8")


def _desktop(browser: Browser) -> Page:
    return browser.new_context(viewport=_DESKTOP, reduced_motion="reduce").new_page()


def _phone(browser: Browser) -> Page:
    return browser.new_context(
        viewport=_PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce"
    ).new_page()


def _sit_down(page: Page, web: str) -> None:
    page.goto(f"{web}/sign-in")
    page.fill("[name=email]", KAREN.address)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)


def _take_all(
    page: Page, web: str, pictures: Pictures, *scenes: Scene, phone: bool = False
) -> None:
    for scene in scenes:
        if scene.is_on_phones and not phone:
            continue
        page.emulate_media(color_scheme="light")
        page.goto(f"{web}{scene.path}")
        scene.does(page)
        if phone:
            pictures.take(page, scene, "phone")
            continue
        pictures.take(page, scene, "light")
        page.emulate_media(color_scheme="dark")
        pictures.take(page, scene, "dark")


def _scenes(page: Page, web: str) -> tuple[Scene, ...]:
    """In the order in which they leave nothing behind for the next."""
    page.goto(f"{web}/conversations?in=all")
    conversation = _link(page, "a.conversation-row", "teapot")
    several = _link(page, "a.conversation-row", "Hochzeit|wedding|結婚")
    page.goto(f"{web}{conversation}")
    forward = page.locator("a[data-key=f]").last.get_attribute("href") or ""
    page.goto(f"{web}/house/people")
    person = _link(page, "a[href^='/house/people/']", "Jonas")
    page.goto(f"{web}/house/mailboxes")
    mailbox = _link(page, "a[href^='/house/mailboxes/']", "Sales")
    page.goto(f"{web}/house/rules")
    rule = _link(page, ".rules a", "Broken")
    page.goto(f"{web}/house/texts")
    text = _link(page, "a[href^='/house/texts/']", "by post")
    return (
        *_lists(),
        *_conversations(conversation, several, forward),
        *_settings(person, mailbox),
        *_desk(mailbox, rule, text),
        Scene("error", "/conversations/999999"),
        Scene("stale", conversation, _too_late),
    )


def _link(page: Page, selector: str, words: str) -> str:
    """The address of the first link that says one of these words, else of the first."""
    every = page.locator(selector)
    for word in words.split("|"):
        if (found := every.filter(has_text=word)).count():
            return found.first.get_attribute("href") or ""
    return every.first.get_attribute("href") or ""


def _lists() -> tuple[Scene, ...]:
    folders = ("mine", "unassigned", "waiting", "snoozed", "drafts", "closed", "spam", "set_aside")
    return (
        Scene("list", "/conversations?in=open"),
        Scene("list-all", "/conversations?in=all", is_kept=False),
        *(
            Scene(f"list-{name.replace('_', '-')}", f"/conversations?in={name}", is_kept=False)
            for name in folders
        ),
        Scene("empty", "/conversations?in=spam"),
        Scene("marked", "/conversations?in=all", _mark_three),
        Scene("several", "/conversations?in=all", _more_of_three),
        Scene("rail", "/conversations?in=all", _open_rail),
        Scene("view", "/conversations?in=all", _press(".view-menu summary"), is_kept=False),
        Scene("search", "/search?q=teapot+OR+invoice"),
        Scene("search-form", "/search?q=from:pat", _press(".search-fields summary")),
        Scene("workspaces", "/workspaces"),
        Scene("keys", "/conversations?in=all", _opens("keys")),
        Scene("palette", "/conversations?in=all", _palette),
        Scene("loading", "/conversations?in=all", _waits_for_a_page),
        Scene("offline", "/conversations?in=all", _loses_the_line),
        Scene("dispatch", "/dispatch"),
        Scene("statistics", "/statistics"),
        Scene("statistics-people", "/statistics?by=person", is_kept=False),
    )


def _conversations(one: str, several: str, forward: str) -> tuple[Scene, ...]:
    return (
        Scene("conversation", one),
        Scene("conversation-customer", one, _press("#facts .customer-fold"), is_on_phones=True),
        Scene("conversation-actions", one, _press(".order-fold"), is_on_phones=True),
        Scene("conversation-order", one, _more, is_kept=False),
        Scene("conversation-several", several, is_kept=False),
        Scene("reply", one, _write("Of course: a new handle leaves today.\n\nKaren")),
        Scene("reply-recipients", one, _copies),
        Scene("note", one, _note),
        Scene("forward", forward),
        Scene("new", "/conversations/new"),
        Scene("merge", one.replace("?", "/merge?", 1), is_kept=False),
        Scene("print", one.split("?", maxsplit=1)[0] + "/print", is_kept=False),
        Scene("history", one.split("?", maxsplit=1)[0] + "/history", is_kept=False),
    )


def _settings(person: str, mailbox: str) -> tuple[Scene, ...]:
    own = ("me", "notices", "access", "second-step", "programs")
    house = ("people", "newcomers", "departments", "mailboxes", "texts", "tags")
    return (
        *(Scene(f"settings-{name}", f"/settings/{name}", is_kept=name == "me") for name in own),
        *(Scene(f"house-{name}", f"/house/{name}", is_kept=name == "people") for name in house),
        Scene("house-person", person, is_kept=False),
        Scene("house-invite", "/house/people/new", is_kept=False),
        Scene("house-mailbox", mailbox),
        Scene("house-trials", f"{mailbox}/trials", is_kept=False),
        Scene("house-text", "/house/texts/new", is_kept=False),
        Scene("channels", "/channels", is_kept=False),
    )


def _desk(mailbox: str, rule: str, text: str) -> tuple[Scene, ...]:
    """How the work comes to whom, and by when."""
    return (
        Scene("house-rules", "/house/rules", is_kept=False),
        Scene("house-rule", rule),
        Scene("house-rule-trial", rule, _tried, is_kept=False),
        Scene("house-hours", mailbox, _to("[name=hours]"), is_kept=False),
        Scene("house-webhooks", "/house/webhooks", is_kept=False),
        Scene("house-template", text, is_kept=False),
    )


def _tried(page: Page) -> None:
    with page.expect_navigation():  # else the next page may be called before this one has come
        page.locator("button[name=trial]").click()


def _to(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.evaluate("it => it.scrollIntoView()")


def _press(selector: str) -> Callable[[Page], None]:
    return lambda page: page.locator(selector).first.click()


def _more(page: Page) -> None:
    if (fold := page.locator(".order-fold")).is_visible():
        fold.click()
    page.locator(".more-menu > summary").click()


def _opens(name: str) -> Callable[[Page], None]:
    return lambda page: page.evaluate(f"document.getElementById('{name}').showPopover()")


def _open_rail(page: Page) -> None:
    if (menu := page.locator(".list-head [popovertarget=rail]")).is_visible():
        menu.click()


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.locator("#palette-list [role=option]").first.wait_for()


def _waits_for_a_page(page: Page) -> None:
    """A conversation that was pressed and does not come: asked for once, and never answered."""
    page.route("**/conversations/*", lambda _: None, times=1)
    page.locator("a.conversation-row").first.click()
    page.wait_for_timeout(600)  # the line is shown of what takes longer


def _loses_the_line(page: Page) -> None:
    page.wait_for_timeout(1500)  # until there is one
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.locator("#offline").wait_for()


def _mark_three(page: Page) -> None:
    for at in range(3):
        page.locator(".mark").nth(at).check(force=True)


def _more_of_three(page: Page) -> None:
    _mark_three(page)
    page.locator(".marked-actions button[formaction*='/marked']").click()
    page.locator("ul.marked").wait_for()


def _write(words: str) -> Callable[[Page], None]:
    """Words as they stand there, without those that are saved while one types."""
    put = "([at, words]) => { document.querySelector(at).value = words }"

    def does(page: Page) -> None:
        page.locator("#text").focus()
        page.evaluate(put, ["#text", words])

    return does


def _copies(page: Page) -> None:
    page.locator(".tab-reply").click()
    _write("Of course: a new handle leaves today.\n\nKaren")(page)
    page.locator(".further > summary").click()


def _note(page: Page) -> None:
    page.locator(".tab-note").click()
    _write("The mould for this handle is at the back of the third shelf.")(page)


def _too_late(page: Page) -> None:
    """Answers from a page that is older than the newest mail."""
    page.locator(".tab-reply").click()
    page.evaluate("document.querySelector('#composer [name=expected]').value = '1'")
    page.fill("#text", "Of course: a new handle leaves today.")
    page.locator(".send-reply").click()
    page.locator(".composer .stale").wait_for()
