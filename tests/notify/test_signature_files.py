"""What returns below every mail does not come along with every notice."""

from __future__ import annotations

import re
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from inbox.mail.html_text import html_to_text
from inbox.notify.notice import words_of_notice
from inbox.store.tables import Outbound
from tests.office import Office

pytestmark = pytest.mark.database

KAREN, JANE = "karen@us.example", "jane@shop.example"


async def test_a_logo_comes_along_once(office: Office) -> None:
    for subject in ("Boots", "Laces"):
        await office.hears(_with_logo(office.letter("Hello", Subject=subject)))
        await office.works()
    logos = [_pictures(arrived.mail) for arrived in office.relay.to(KAREN)]
    assert logos == [1, 0]


async def test_what_a_notice_said_is_known_also_where_a_logo_was_left_out(office: Office) -> None:
    """An answer that quotes it is told from the quote by these words."""
    for words in ("Hello", ""):
        await office.hears(_with_logo(office.letter(words, Subject=f"Boots {words}")))
        await office.works()
    newest = select(Outbound).where(Outbound.kind == "notice").order_by(Outbound.id.desc()).limit(1)
    async with office.database.read() as db:
        notice = (await db.scalars(newest)).one()
        known = await words_of_notice(db, office.context, notice)
    assert f"\n\n{known.shown[0]}\n" in office.relay.arrived[-1].text
    assert known.shown[0] == "A mail without words."


async def test_text_and_html_of_a_notice_say_the_same(office: Office) -> None:
    await office.hears(office.letter("Two pairs, <b>please</b> & soon: https://x.example/a?b=1"))
    await office.works()
    arrived = office.mail_to(KAREN)
    assert _words(arrived.text) - _words(html_to_text(arrived.html)) == set()


async def test_text_and_html_of_an_answer_say_the_same(office: Office) -> None:
    conversation = await office.hears(office.letter("Which size?\n\n1 < 2 & 3"))
    await office.replies(conversation, "Size 42.\n\nDetails: https://x.example/sizes?a=1&b=2")
    await office.works()
    arrived = office.mail_to(JANE)
    assert _words(arrived.text) == _words(html_to_text(arrived.html))


def _with_logo(mail: EmailMessage) -> EmailMessage:
    mail.add_attachment(
        b"a logo", "image", "png", filename="image001.png", disposition="inline", cid="<logo@x>"
    )
    return mail


def _pictures(mail: EmailMessage) -> int:
    return sum(part.get_content_maintype() == "image" for part in mail.walk())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", text))
