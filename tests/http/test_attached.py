"""Mails as files: read where they are; invitations and protected mails said in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import update

from inbox.mail.tokens import reply_address
from inbox.store.engine import Database
from inbox.store.tables import Mailbox, Spool
from tests.http.company import Company
from tests.http.conftest import Browser, Doors

INNER = (
    b"From: Supplier <sales@supplier.example>\r\nTo: pat@customer.example\r\nSubject: Delivery\r\n"
    b"Date: Fri, 20 Nov 2026 08:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n"
    b"--q\r\nContent-Type: text/html\r\n\r\n<p>It left <b>today</b>.</p><script>1</script>\r\n"
    b"--q\r\nContent-Type: text/plain; name=list.txt\r\n"
    b"Content-Disposition: attachment; filename=list.txt\r\n\r\ntwo pairs\r\n--q--\r\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\r\nMETHOD:%s\r\nBEGIN:VEVENT\r\nSUMMARY:Fitting <b>\r\n"
    "DTSTART:20261124T093000Z\r\nDTEND:20261124T103000Z\r\nLOCATION:Shop\r\n"
    "ATTENDEE;CN=Pat Lee;PARTSTAT=%s:mailto:pat@customer.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


async def test_a_mail_in_a_mail_is_read_here(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    at = await company.receives(support, files=(("", "message/rfc822", INNER),))
    page = await browser.page(f"/conversations/{at}")
    assert "Delivery.eml" in page
    (url,) = re.findall(r'href="(/conversations/\d+/files/\d+/mail)"', page)
    mail = await browser.page(url)
    assert "<bdi>Delivery</bdi>" in mail
    assert "Supplier &lt;sales@supplier.example&gt;" in mail
    assert "It left today." in mail
    (file,) = re.findall(rf'href="({url}/files/\d+)"', mail)
    assert (await browser.get(file)).text == "two pairs"
    html = await browser.get(f"{url}/html")
    assert "<b>today</b>" in html.text
    assert "<script" not in html.text
    assert "sandbox" in html.headers["content-security-policy"]


async def test_a_mail_in_a_mail_keeps_our_rights_to_itself(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    token = "abcdefghijklmnopqrstuvwxyz"
    address = reply_address(support.address, "r", token)
    inner = f"From: Ann <ann@us.example>\r\nReply-To: {address}\r\n\r\nTo {address}.\r\n"
    at = await company.receives(support, files=(("", "message/rfc822", inner.encode()),))
    page = await browser.page(f"/conversations/{at}")
    (url,) = dict.fromkeys(re.findall(r'href="(/conversations/\d+/files/\d+)"', page))
    for path in (url, f"{url}/mail"):
        assert token not in await browser.page(path)
        assert "*" * 26 in await browser.page(path)


async def test_other_files_are_no_mails(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    at = await company.receives(support, files=(("a.html", "text/html", b"<p>a"),))
    page = await browser.page(f"/conversations/{at}")
    (url,) = dict.fromkeys(re.findall(r'href="(/conversations/\d+/files/\d+)"', page))
    for path in ("/mail", "/mail/html", "/mail/files/0"):
        assert (await browser.get(url + path)).status_code == 404


@pytest.mark.parametrize(
    ("method", "status", "said"),
    [
        ("REQUEST", "NEEDS-ACTION", "Invitation: Fitting &lt;b&gt;"),
        ("REPLY", "ACCEPTED", "Pat Lee comes: Fitting"),
        ("REPLY", "DECLINED", "Pat Lee does not come: Fitting"),
        ("REPLY", "TENTATIVE", "Pat Lee may come: Fitting"),
        ("CANCEL", "ACCEPTED", "Called off: Fitting"),
    ],
)
async def test_invitations_and_answers_to_them_in_words(
    browser: Browser, company: Company, support: Mailbox, method: str, status: str, said: str
) -> None:
    calendar = (CALENDAR % (method, status)).encode()
    calendar = calendar.replace(b"END:VEVENT", b"RRULE:FREQ=WEEKLY\r\nEND:VEVENT")
    at = await company.receives(support, files=(("a.ics", "text/calendar", calendar),))
    page = await browser.page(f"/conversations/{at}")
    assert said in page
    assert ", every week" in page
    assert re.search(r"Tuesday,? 24 November 2026, \d\d:30 – \d\d:30", page)
    assert "<bdi>Shop</bdi>" in page


async def test_a_list_says_what_a_bare_answer_says_in_the_readers_language(
    doors: Doors, company: Company, support: Mailbox
) -> None:
    calendar = (CALENDAR % ("REPLY", "ACCEPTED")).encode()
    await company.receives(support, text="", files=(("a.ics", "text/calendar", calendar),))
    for language, said in [("en", "Pat Lee comes: Fitting"), ("de", "Pat Lee kommt: Fitting")]:
        jo = await company.agent(f"Jo{language} Ruf", support.address, language=language)
        page = await (await doors.open(jo)).page("/conversations?in=all")
        (snippet,) = re.findall('class="snippet">(.*?)</bdi>', page)
        assert said in snippet
        assert "accepted" not in snippet


async def test_a_list_to_which_nothing_ever_came_says_what_to_do(browser: Browser) -> None:
    assert "Write to one of your mailboxes" in await browser.page("/conversations")


async def test_a_mail_without_words_says_so_or_shows_what_it_is_instead(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    bare = await company.receives(support, text="", files=(("a.bin", "x/y", b"1"),))
    assert "No words of their own in this mail." in await browser.page(f"/conversations/{bare}")
    html = '<img src="cid:a@b">'
    scan = await company.receives(support, text="", html=html, subject="Scan")
    page = await browser.page(f"/conversations/{scan}")
    assert "No words of their own" not in page
    assert re.search(r'<details class="as-sent" id="as-sent-\d+" open>', page)


async def test_an_encrypted_mail_says_that_nobody_reads_it(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    text = "-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----"
    at = await company.receives(support, text=text)
    page = await browser.page(f"/conversations/{at}")
    assert "Encrypted with PGP: it cannot be read here." in page
    assert '<bdi class="snippet">Encrypted with PGP</bdi>' in page


async def test_a_signature_is_named_and_folded_away(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    files = (("smime.p7s", "application/pkcs7-signature", b"0"),)
    at = await company.receives(support, files=files)
    page = await browser.page(f"/conversations/{at}")
    assert "Signed with S/MIME; the signature was not checked." in page
    assert "1 file of the signature" in page
    assert page.count("smime.p7s") == 1


async def test_an_original_that_is_gone_is_said_to_be_gone(
    browser: Browser,
    company: Company,
    support: Mailbox,
    database: Database,
    tmp_path: Path,
) -> None:
    at = await company.receives(support, text="Hello.")
    page = await browser.page(f"/conversations/{at}")
    (raw,) = set(re.findall(rf'"(/conversations/{at}/messages/\d+/raw)"', page))
    async with database.write() as db:
        elsewhere = {"raw": None, "store": tmp_path.as_uri(), "blob": f"house/1/{'0' * 64}"}
        await db.execute(update(Spool).values(**elsewhere))

    answer = await browser.get(raw)

    assert answer.status_code == 410
    assert "bring it back from a backup" in answer.text


async def test_tracking_pictures_are_counted(
    browser: Browser, company: Company, support: Mailbox
) -> None:
    html = '<p>a</p><img src="https://t.invalid/1" width=1 height=1><img src="https://x.invalid/a">'
    at = await company.receives(support, html=html)
    page = await browser.page(f"/conversations/{at}")
    (url,) = dict.fromkeys(re.findall(r'"(/conversations/\d+/messages/\d+/html)"', page))
    assert "1 tracking picture removed." in await browser.page(url)
    shown = await browser.page(f"{url}?pictures=on")
    assert "1 tracking picture removed." in shown
    assert "https://x.invalid/a" in shown
    assert "t.invalid" not in shown
