"""Takes the pictures of the mails: each kind as it arrives, made by its composer in a department.

Those of the documentation are English and light; a folder gets all languages with long names, as a
phone, a dark program and Outlook for Windows show them, and the mails themselves.
"""

from __future__ import annotations

import asyncio
import base64
import re
import shutil
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Page, async_playwright

from inbox.store.embedded import Embedded
from inbox.store.engine import Database
from inbox.store.migrate import migrate
from scripts.mail_casts import HARD, PLAIN, Cast
from scripts.mail_scenes import SCENES, kind_of
from scripts.mails_to_customers import quoted
from tests.conftest import empty
from tests.notify.asking import JANE, KAREN, Desk
from tests.office import Office, open_office
from tests.peers import Arrived

_QUALITY: Final = 70
_QUIETLY: Final = ["--no-sandbox", "--disable-gpu"]
Look = Literal["", "phone", "dark", "word"]


def take_mails(data: Path, docs: Path, rest: Path | None) -> None:
    """All of them, acted in a database of `data`; what the documentation leaves out into `rest`."""
    server = Embedded(data)
    try:
        asyncio.run(_take_mails(server.start(), docs, rest))
    finally:
        server.let_go()


async def _take_mails(url: str, docs: Path, rest: Path | None) -> None:
    database = Database(url, pool=6)
    await migrate(database.url)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=_QUIETLY
        )
        page = await browser.new_page()
        for cast, folder, looks in _wanted(docs, rest):
            for name in SCENES:
                mail = await _played(database, name, cast)
                for look in looks:
                    await _show(page, mail.mail, look)
                    _keep(folder / f"{name}{look and f'.{look}'}.webp", await _picture(page))
                if folder is not docs:
                    _keep(folder / f"{name}.eml", mail.raw)
        await browser.close()


def _wanted(docs: Path, rest: Path | None) -> Iterator[tuple[Cast, Path, tuple[Look, ...]]]:
    yield PLAIN, docs, ("",)
    if rest is not None:
        for cast in HARD:
            yield cast, rest / cast.language, ("", "phone", "dark", "word")


async def _played(database: Database, name: str, cast: Cast) -> Arrived:
    """The last mail of the kind with which a scene ends."""
    await empty(database.url)
    async with open_office(database) as office:
        desk = await _opened(office, cast)
        await SCENES[name](desk, cast)
        ids = {
            f"<{row.header_id}>"
            for row in await office.rows(
                "select header_id from outbound where kind = :kind", kind=kind_of(name)
            )
        }
        found = [one for one in office.relay.arrived if str(one.mail["Message-ID"]) in ids]
        if not found:
            raise SystemExit(f"{name} in {cast.language}: no such mail came")
        return found[-1]


async def _opened(office: Office, cast: Cast) -> Desk:
    await office.change("update mailbox set language = :language", language=cast.language)
    for person, name in ((office.karen, cast.karen), (office.anna, cast.anna)):
        await office.change(
            "update agent set language = :language, name = :name where id = :id",
            language=cast.language,
            name=name,
            id=person,
        )
    home = await office.hears(
        words=cast.asks, Subject=cast.subject, From=f"{quoted(cast.customer)} <{JANE}>"
    )
    await office.works()
    return Desk(office, home, office.mail_to(KAREN))


async def _show(page: Page, mail: EmailMessage, look: Look) -> None:
    await page.emulate_media(color_scheme="dark" if look == "dark" else "light")
    await page.set_viewport_size({"width": 390 if look == "phone" else 720, "height": 200})
    shown = html_of(mail)
    await page.set_content(in_word(shown) if look == "word" else shown)


def html_of(mail: EmailMessage) -> str:
    """What a program shows: the HTML with its pictures in it."""
    body = mail.get_body(("html",))
    shown = str(body.get_content()) if body else ""
    for part in mail.walk():
        if name := str(part["Content-ID"] or "").strip("<>"):
            octets = base64.b64encode(bytes(part.get_content())).decode()
            shown = shown.replace(f"cid:{name}", f"data:{part.get_content_type()};base64,{octets}")
    return shown


def in_word(html: str) -> str:
    """The same as Outlook for Windows reads it: what is for it alone, and little CSS."""
    html = re.sub(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", "", html, flags=re.DOTALL)
    html = re.sub(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", r"\1", html, flags=re.DOTALL)
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    return re.sub(r"(max-width|border-radius|display|overflow[\w-]*):[^;\"]*;?", "", html)


async def _picture(page: Page) -> bytes:
    session = await page.context.new_cdp_session(page)
    size = await page.evaluate(
        "({width: innerWidth, height: Math.min(document.documentElement.scrollHeight, 1600)})"
    )
    said = await session.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": _QUALITY,
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "scale": 1, **size},
        },
    )
    await session.detach()
    return base64.b64decode(said["data"])


def _keep(path: Path, octets: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(octets)
    sys.stdout.write(f"{path}\n")
