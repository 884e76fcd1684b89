"""Files, originals and the HTML of mails: nothing of them can act in our name."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select

from inbox.clock import utcnow
from inbox.mail.tokens import reply_address
from inbox.store.blobs import blob_name, place
from inbox.store.tables import Mailbox, Spool
from tests.http.company import Company
from tests.http.conftest import Browser
from tests.http.seed import picture

EVIL = """<html><head><base href="https://evil.invalid/">
<style>body{background:url(//evil.invalid/a)}</style></head>
<body onload="alert(1)"><p>Hello</p><script>alert(1)</script><svg><script>1</script></svg>
<form action="https://evil.invalid"><input name="csrf_token"></form>
<a href="javascript:alert(1)">bad</a> <a href="https://good.example/">good</a>
<img src="cid:logo"><img src="https://tracker.invalid/p.gif">
<iframe src="//evil.invalid"></iframe></body></html>"""


async def _links(browser: Browser, conversation: int, kind: str) -> list[str]:
    page = await browser.page(f"/conversations/{conversation}")
    return re.findall(rf'(?:src|href)="(/conversations/\d+/{kind}[^"?]*)"', page)


async def test_a_file_is_saved_never_opened(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    files = (("Überblick \u202egpj.html", "text/html", b"<script>alert(1)</script>"),)
    at = await company.receives(support, files=files)
    (url,) = await _links(browser, at, "files/")
    response = await browser.get(url)
    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in response.headers["content-security-policy"]
    disposition = response.headers["content-disposition"]
    assert disposition.startswith("attachment;")
    assert "filename*=UTF-8''%C3%9Cberblick%20gpj.html" in disposition


async def test_only_a_real_picture_has_a_type(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    real, fake = picture(4, 4, (1, 2, 3)), b"<svg onload=alert(1)>"
    at = await company.receives(
        support, files=(("a.png", "image/png", real), ("b.png", "image/png", fake))
    )
    urls = [one for one in await _links(browser, at, r"files/\d+") if "/preview/" not in one]
    types = [(await browser.get(url)).headers["content-type"] for url in urls]
    assert types == ["image/png", "application/octet-stream"]


async def test_the_html_of_a_mail_can_do_nothing(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    logo = picture(4, 4, (1, 2, 3))
    at = await company.receives(support, text="Hello", html=EVIL, inline=(("logo", logo),))
    (url,) = dict.fromkeys(await _links(browser, at, "messages/\\d+/html"))
    response = await browser.get(url)
    policy = response.headers["content-security-policy"]
    assert "sandbox allow-popups" in policy
    assert "allow-same-origin" not in policy + (await browser.page(f"/conversations/{at}"))
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    body = response.text
    for gone in (
        "<script",
        "onload",
        "<base",
        "<form",
        "<iframe",
        "javascript:",
        "tracker",
        "<svg",
    ):
        assert gone not in body.lower()
    assert 'src="data:image/png;base64,' in body
    assert 'href="https://good.example/" target="_blank"' in body
    assert "1 picture from outside is not shown" in body
    shown = await browser.get(f"{url}?pictures=on")
    assert "https://tracker.invalid/p.gif" in shown.text
    assert "img-src data: https: http:" in shown.headers["content-security-policy"]


async def test_the_original_keeps_our_rights_to_itself(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    token = "abcdefghijklmnopqrstuvwxyz"
    address = reply_address(support.address, "r", token)
    at = await company.receives(support, text=f"Why did I get a mail from {address}?")
    (url,) = await _links(browser, at, "messages/\\d+/raw")
    response = await browser.get(url)
    assert token not in response.text
    assert "support+r." + "*" * 26 + "@us.example" in response.text
    assert response.headers["content-disposition"].startswith("attachment;")


async def test_neither_the_original_nor_its_frame_lets_anybody_in(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    key = "inbox_" + "Ab3_-" * 8 + "xyz"
    link = f"https://desk.us.example/invitations/{key}"
    at = await company.receives(support, text=link, html=f'<a href="{link}">{link}</a>')
    for name in ("html", "raw"):
        (url,) = dict.fromkeys(await _links(browser, at, f"messages/\\d+/{name}"))
        response = await browser.get(url)
        assert key not in response.text
        assert "/invitations/" in response.text


async def test_what_lies_beside_the_database_is_shown_like_any_other(
    browser: Browser, company: Company, support: Mailbox, tmp_path: Path
) -> None:
    at = await company.receives(
        support, html="<p>Hello</p>", files=(("a.txt", "text/plain", b"a file"),)
    )
    blobs = place(tmp_path.as_uri())
    async with company.database.write() as db:
        row = (await db.scalars(select(Spool))).one()
        name = blob_name("ours", row.raw or b"", utcnow())
        await blobs.put(name, row.raw or b"")
        row.raw, row.store, row.blob = None, blobs.url, name
    (file,) = await _links(browser, at, "files/")
    (raw,) = await _links(browser, at, "messages/\\d+/raw")
    (html,) = await _links(browser, at, "messages/\\d+/html")
    assert (await browser.get(file)).content == b"a file"
    assert "<p>Hello</p>" in (await browser.get(html)).text
    assert (await browser.get(raw)).status_code == 200
    tmp_path.rename(tmp_path.with_name("unmounted"))
    refused = await browser.get(raw)
    assert refused.status_code == 503
    assert "unmounted" not in refused.text
    assert str(tmp_path) not in refused.text
