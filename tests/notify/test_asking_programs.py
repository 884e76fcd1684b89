"""Outlook's HTML around what somebody asks for."""

from __future__ import annotations

from tests.notify.asking import FROM, JANE, KAREN, Desk


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
