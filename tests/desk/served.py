"""A customer who was helped, and is asked whether it was any good."""

from __future__ import annotations

import re
from typing import Any

from inbox.desk.close import close
from tests.desk.correcting import karen
from tests.office import Office
from tests.peers import Arrived

JANE = "jane@shop.example"
_ADDRESS = re.compile(r"support\+(good|soso|bad)\.[a-z2-7]{26}@us\.example")


async def served(office: Office, *, subject: str = "Boots", **letter: Any) -> int:
    """Jane asks, Karen answers, Jane thanks her by an answer to that mail: so she is known."""
    await office.change("update mailbox set asks_satisfaction = true")
    home = await office.hears(words="The boots are broken.", Subject=subject, **letter)
    await office.replies(home, "We send you new ones.")
    await office.works()
    await thanks(office, **letter)
    return home


async def thanks(
    office: Office, words: str = "Thank you, that helps.\n\nJane D., Shop Ltd", **letter: Any
) -> None:
    """Jane answers our last mail."""
    await office.hears(office.letter(words, answers=office.mail_to(JANE).mail, **letter))


async def closes(office: Office, home: int) -> None:
    """Karen closes it, and the time passes."""
    async with office.database.write() as db:
        await close(db, home, by=karen(office), now=office.now)
    await office.works()


async def asked(office: Office) -> list[str]:
    """Who was asked, in order."""
    rows = await office.rows(
        "select address from outbound_recipient r join outbound o on o.id = r.outbound_id"
        " where o.kind = 'satisfaction' order by o.id"
    )
    return [row.address for row in rows]


def addresses(mail: Arrived) -> dict[str, str]:
    """The addresses by which such a mail is answered."""
    return {found[1]: found[0] for found in _ADDRESS.finditer(mail.text)}


async def said(office: Office) -> list[tuple[str | None, str]]:
    """What customers have said, by conversation."""
    rows = await office.rows("select rated, words from satisfaction order by conversation_id")
    return [(row.rated, row.words) for row in rows]
