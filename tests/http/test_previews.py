"""Files that are looked at, all of them at once, headers, and pictures from outside."""

from __future__ import annotations

import io
import re
import zipfile

from inbox.store.tables import Mailbox
from tests.http.company import Company
from tests.http.conftest import Browser, Doors
from tests.http.seed import picture

PDF = b"%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
SURE = {"source": "direct", "dmarc": "pass"}


def _urls(page: str, kind: str) -> list[str]:
    found = re.findall(rf'(?:src|href|action)="(/conversations/\d+/{kind}[^"]*)"', page)
    return [one.replace("&amp;", "&") for one in dict.fromkeys(found)]


async def test_only_what_cannot_act_is_shown(
    browser: Browser, company: Company, support: Mailbox, doors: Doors
) -> None:
    evil = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    files = (
        ("a 1.png", "image/png", picture(4, 4, (1, 2, 3))),
        ("plan.pdf", "application/pdf", PDF),
        ("b.svg", "image/svg+xml", evil),
        ("c.html", "text/html", b"<script>alert(1)</script>"),
        ("d.pdf", "application/pdf", b"<html><script>alert(1)</script>"),
        ("e.png", "image/png", b"<html><script>alert(1)</script>"),
    )
    at = await company.receives(support, files=files)
    page = await browser.page(f"/conversations/{at}")
    shown = _urls(page, r"files/\d+/preview")
    assert len(shown) == 4  # by what they say they are; by what they are it is two
    # A tab with one is named by the end of its address.
    assert [one.rpartition("/")[2] for one in shown[:2]] == ["a%201.png", "plan.pdf"]
    answers = [await browser.get(one) for one in shown]
    types = [(one.status_code, one.headers["content-type"].partition(";")[0]) for one in answers]
    none = (404, "text/html")
    assert types == [(200, "image/png"), (200, "application/pdf"), none, none]
    for one in answers[:2]:
        assert one.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in one.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in one.headers["content-security-policy"]
        assert one.headers["content-disposition"].startswith("inline;")
    assert "sandbox" in answers[0].headers["content-security-policy"]
    # Nor are others reached by guessing: of other types, and of other people's mailboxes.
    every = [one for one in _urls(page, r"files/\d+") if one.count("/") == 4]
    codes = [(await browser.get(f"{one}/preview/any")).status_code for one in every]
    assert codes == [200, 200, 404, 404, 404, 404]
    bob = await _bob(company, doors)
    for url in [*shown, *_urls(page, r"messages/\d+/")]:
        assert (await bob.get(url.partition("?")[0])).status_code in (404, 405)


async def test_all_files_come_with_names_that_lead_nowhere(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    names = (
        "../../etc/passwd",
        "..\\..\\run.bat",
        "a\u202egpj.exe",
        'say "hi".txt',
        "x.txt",
        "X.txt",
    )
    files = tuple((name, "text/plain", f"{n}".encode()) for n, name in enumerate(names))
    at = await company.receives(support, subject='../Fotos "1"', files=files)
    (url,) = _urls(await browser.page(f"/conversations/{at}"), r"messages/\d+/files.zip")
    answer = await browser.get(url)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        found = archive.namelist()
        assert [archive.read(one) for one in found] == [b"0", b"1", b"2", b"3", b"4", b"5"]
    assert not [one for one in found if re.search(r'[/\\"\u202e]|^\.', one)]
    assert len({one.casefold() for one in found}) == len(names)


async def test_the_header_is_text(browser: Browser, company: Company, support: Mailbox) -> None:
    at = await company.receives(support, subject="<script>alert(1)</script>")
    (url,) = _urls(await browser.page(f"/conversations/{at}"), r"messages/\d+/headers")
    answer = await browser.get(url)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "Subject: <script>" in answer.text
    assert "Which size" not in answer.text


async def test_pictures_of_a_sender_are_one_persons_wish(
    browser: Browser, company: Company, support: Mailbox, doors: Doors
) -> None:
    html = '<p>Look</p><img src="https://shop.example/a.png">'
    at = await company.receives(support, html=html, proof=SURE)
    forged = await company.receives(
        support, html=html, subject="Forged", proof={"source": "direct", "dmarc": "fail"}
    )
    page = await browser.page(f"/conversations/{at}")
    (frame,) = _urls(page, r"messages/\d+/html")[-1:]
    assert "pictures" not in frame
    (always,) = _urls(page, r"messages/\d+/pictures")
    part = await browser.post(
        always,
        headers={"hx-request": "true", "hx-target": f"details#as-sent-{always.split('/')[4]}"},
    )
    assert "Pictures from outside are shown to you in mails from pat@customer.example." in part.text
    assert "<html" not in part.text
    # In every mail of theirs, but for one that only says that it is.
    page = await browser.page(f"/conversations/{at}")
    assert _urls(page, r"messages/\d+/html")[0].endswith("/html?pictures=on")
    page = await browser.page(f"/conversations/{forged}")
    assert not re.search(r'<iframe class="mail"[^>]*pictures=on', page)
    assert not _urls(page, r"messages/\d+/pictures")
    # Nobody else has asked for them, and she can think again.
    cara = await doors.open(await company.agent("Cara Lu", support.address))
    page = await cara.page(f"/conversations/{at}")
    assert not re.search(r'<iframe class="mail"[^>]*pictures=on', page)
    page = (await browser.post(f"{always}?_method=delete")).text
    assert not re.search(r'<iframe class="mail"[^>]*pictures=on', page)
    bob = await _bob(company, doors)
    assert (await bob.post(always)).status_code == 404


async def _bob(company: Company, doors: Doors) -> Browser:
    sales = await company.mailbox("sales@us.example", "Sales")
    return await doors.open(await company.agent("Bob Ray", sales.address))
