"""How a notice looks in programs that know little of CSS."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from inbox.notify.digest import MOST
from inbox.notify.digest_words import words_of
from inbox.notify.render import render
from inbox.notify.voice import Voice
from inbox.store.tables import Agent, Mailbox
from tests.office import Office


async def test_its_letters_are_the_same_in_and_out_of_tables(office: Office) -> None:
    await office.hears(words="Boots", From="Pat Lee <pat@shop.example>")
    await office.works()
    cells = LexborHTMLParser(office.mail_to("karen@us.example").html).css("td")
    assert cells
    for cell in cells:  # Word lets no style into a table
        style = cell.attributes["style"] or ""
        assert style.startswith("font-family:'Segoe UI',")
        assert "font-size:16px" in style


async def test_word_keeps_it_narrow_by_a_table_that_nobody_else_sees(office: Office) -> None:
    await office.hears(words="Boots", From="Pat Lee <pat@shop.example>")
    await office.works()
    html = office.mail_to("karen@us.example").html
    begin, end = re.findall(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", html)
    assert 'width="640"' in begin
    assert end == "</td></tr></table>"
    as_word_reads = LexborHTMLParser(re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", html))
    table = as_word_reads.css_first("body > table")
    assert table is not None
    assert "Boots" in table.text()
    assert as_word_reads.css("body > *") == [table]
    assert LexborHTMLParser(html).css_first('table[width="640"]') is None


async def test_a_long_address_makes_no_mail_wider_than_a_phone(office: Office) -> None:
    await office.hears(words=f"https://shop.example/{'0123456789' * 20}")
    await office.works()
    tree = LexborHTMLParser(office.mail_to("karen@us.example").html)
    for table in tree.css("table"):  # by itself it is as wide as its longest word
        assert "table-layout:fixed" in (table.attributes["style"] or "")
    for around in (*tree.css("td"), tree.css_first("body > div")):
        assert around is not None
        assert "word-wrap:break-word" in (around.attributes["style"] or "")


async def test_gmail_shows_the_longest_list_whole(office: Office) -> None:
    """It cuts a mail off at 102 kB; three octets a letter, six signs a letter in a link."""
    await office.change("update mailbox set name = 'お客様相談室'")
    await office.hears(words="急須の取っ手が取れました。" * 40)
    conversation = {
        "conversation": 1, "subject": "急" * 300, "priority": 2, "mailbox": "お客様相談室",
        "holder": "勅使河原 美智子", "is_mine": False, "message": 1, "customer": "勅" * 200,
        "since": "2026-11-22T10:00+00:00", "due": "2026-11-22T10:00+00:00", "is_late": True,
    }  # fmt: skip
    async with office.database.read() as db:
        voice = Voice(
            agent=Agent(
                email="karen@us.example", name="Karen", language="ja", time_zone="Asia/Tokyo"
            ),
            mailbox=await db.get_one(Mailbox, office.support),
            settings=office.context.settings,
            secret=office.context.secret,
            digest_id="digest@us.example",
        )
        words = await words_of(db, voice, [conversation] * MOST, more=True)
    mail = render("digest", voice.texts, language="ja", subject="", words=words)
    assert len(mail.html.encode()) < 102_000
