"""What our mails said is known in an answer to them, whatever language its writer speaks by now."""

from __future__ import annotations

from typing import Final

from inbox.i18n import LANGUAGES
from tests.notify.asking import FROM, KAREN, Desk
from tests.peers import Arrived

WORDS: Final = "Size 42 is in stock."
# What is asked for, and which mail comes back.
ASKED: Final = {
    "notice": "",
    "help": "@help",
    "done": "@wait 3 days",
    "outcome": "@show",
    "held": "@frobnicate",
}


async def _answers(desk: Desk, mail: Arrived, words: str) -> str:
    """Karen answers a mail inside, in a program that marks no quotes; what became her words."""
    to = str(mail.mail["Reply-To"].addresses[0].addr_spec).replace("+r.", "+n.")
    answer = desk.office.letter(
        f"{words}\n\n{mail.text}", From=FROM, To=to, In_Reply_To=str(mail.mail["Message-ID"])
    )
    await desk.office.receives(answer, sender=KAREN, recipients=(to,))
    await desk.office.works()
    return str(await desk.office.one("select text from message order by id desc limit 1"))


async def test_a_notice_and_all_that_comes_back(desk: Desk) -> None:
    office = desk.office

    async def speaks(language: str, zone: str) -> None:
        await office.change(
            "update agent set language = :language, time_zone = :zone where id = :id",
            language=language,
            zone=zone,
            id=office.karen,
        )

    mails = {}
    for (kind, order), told in zip(ASKED.items(), LANGUAGES, strict=True):
        await speaks(told, "Europe/Rome")
        if order:
            await desk.sends(order)
        else:
            letter = office.letter("And laces, please.", Subject="Laces")
            await office.hears(letter)
            await office.works()
        mails[kind] = office.mail_to(KAREN)
    said = {}
    for kind, by_then in zip(ASKED, (*LANGUAGES[1:], LANGUAGES[0]), strict=True):
        await speaks(by_then, "Asia/Tokyo")
        said[kind] = await _answers(desk, mails[kind], WORDS)
    assert said == dict.fromkeys(ASKED, WORDS)
