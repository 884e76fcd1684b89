"""Whatever program and language somebody asks in, and by the links of the notice."""

from __future__ import annotations

from itertools import cycle
from urllib.parse import unquote

import pytest

from tests.clients.answer import Answer
from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS
from tests.notify.asking import FROM, JANE, KAREN, Desk


async def test_the_links_of_a_notice_are_mails_ready_to_be_sent(desk: Desk) -> None:
    text, html = desk.notice.text, desk.notice.html
    assert f"Take it: {desk.to('take')}" in text
    assert f"Close: {desk.to('close')}" in text
    assert f'href="mailto:{desk.to("close")}?subject=Re%3A%20Boots&amp;body=' in html
    ready = "\n\n-- \nSending this mail closes the conversation. What you write stays inside.\n"
    mail = desk.office.letter(
        f"{ready}\nKaren Miller\nUs Inc.", From=FROM, To=desk.to("close"), Subject="Re: Boots"
    )
    await desk.office.receives(mail, sender=KAREN, recipients=(desk.to("close"),))
    assert await desk.stands() == ("closed", None)
    assert await desk.said() == []


ASKED = {
    "en": "@close\n@assign anna",
    "ru": "@Закрыть\n@назначить anna",
    "it": "@chiudi\n@assegna anna",
    "de": "@schließen\n@zuweisen\xa0Anna",
    "ja": "\uff20完了\n@担当 Anna",
}


def _mail(desk: Desk, program: str, words: str, language: str, as_html: bool) -> bytes:
    seen = Seen.of(desk.notice.raw)
    answer = Answer(
        seen=seen, questions=(), words=tuple(words.split("\n\n")), place="top", language=language
    )
    return PROGRAMS[program].send(answer, from_=FROM, as_html=as_html, as_text=not as_html)


EVERY = [*zip(PROGRAMS, cycle(ASKED)), *(("outlook", language) for language in ASKED)]


@pytest.mark.parametrize(("program", "language"), sorted(set(EVERY)))
async def test_every_program_and_language(desk: Desk, program: str, language: str) -> None:
    office = desk.office
    for as_html in (True, False):
        await office.change(
            "update conversation set status = 'open', assignee_id = null where id = :id",
            id=desk.home,
        )
        words = ASKED[language] + f"\n\nNew ones{' soon' if as_html else ''}."
        raw = _mail(desk, program, words, language, as_html)
        await office.receives(raw, sender=KAREN, recipients=(desk.to(),))
        await office.works()
        assert await desk.stands() == ("closed", office.anna)
        kind, said = (await desk.said())[-1]
        assert (kind, said) == ("reply", words.rpartition("\n\n")[2])
        arrived = office.mail_to(JANE)
        assert said in arrived.text
        assert said in arrived.html
        head = arrived.text.partition("boots are broken")[0] + arrived.html.partition("broken")[0]
        assert "nna" not in head


async def test_words_below_a_command_keep_their_form(desk: Desk) -> None:
    mail = desk.office.letter("", From=FROM, To=desk.to(), Subject="Re: Boots")
    mail.set_content(
        "<html><body><div class=WordSection1><p class=MsoNormal>@close&nbsp;<o:p></o:p></p>"
        "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        "<p class=MsoNormal>We send <b>new</b> ones.<o:p></o:p></p></div></body></html>",
        subtype="html",
    )
    await desk.office.receives(mail, sender=KAREN, recipients=(desk.to(),))
    await desk.office.works()
    assert "<b>new</b> ones." in desk.office.mail_to(JANE).html
    assert "close" not in desk.office.mail_to(JANE).html


@pytest.mark.parametrize("verb", ["close", "take"])
async def test_a_ready_mail_of_outlook_asks_and_says_nothing(desk: Desk, verb: str) -> None:
    link = next(
        one for one in desk.notice.html.split('href="') if one.startswith(f"mailto:{desk.to(verb)}")
    )
    body = unquote(link.partition("body=")[2].partition('"')[0])
    lines = "".join(f"<p class=MsoNormal>{line}<o:p></o:p></p>" for line in body.split("\r\n"))
    mail = desk.office.letter("", From=FROM, To=desk.to(verb), Subject="Re: Boots")
    mail.set_content(
        f"<html><body><div class=WordSection1>{lines}<p class=MsoNormal>Karen Miller</p>"
        "<p class=MsoNormal>Us Inc.</p></div></body></html>",
        subtype="html",
    )
    await desk.office.receives(mail, sender=KAREN, recipients=(desk.to(verb),))
    await desk.office.works()
    assert await desk.said() == []
    assert len(desk.office.relay.to(KAREN)) == 1
    wanted = ("closed", None) if verb == "close" else ("open", desk.office.karen)
    assert await desk.stands() == wanted
