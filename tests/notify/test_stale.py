"""What the writer of a held answer is told of what happened since, each thing as what it was."""

from __future__ import annotations

import re
from typing import Any

from inbox.desk.close import close
from inbox.desk.move import move
from inbox.desk.reopen import reopen
from inbox.desk.spam import mark_spam, not_spam
from tests.desk.correcting import belongs, karen, merges, splits, takes_back
from tests.notify.asking import ANNA, JANE, Desk
from tests.office import Office

_ANNA = "Anna <anna@us.example>"


async def _told(desk: Desk) -> list[str]:
    """What Anna hears when she answers the notice that she got first."""
    office = desk.office
    first = Desk(office, desk.home, office.relay.to(ANNA)[0])
    await first.sends("We send new ones.", from_=_ANNA)
    said = " ".join(office.mail_to(ANNA).text.split())
    about, happened = said.split(" was not sent. ", 1)
    assert about == "Your answer to Jane Doe"
    happened = re.sub(r" on 3 March 2025 at \d\d:\d\d", "", happened.partition(" You decide")[0])
    return [f"{one.rstrip('.')}." for one in happened.split(". ")]


async def _jane_again(office: Office) -> int:
    """Her second mail, in the same conversation."""
    first = await office.one("select message_id from message where kind = 'mail'")
    await office.hears(words="And the laces.", Subject="Re: Boots", In_Reply_To=f"<{first}>")
    return int(await office.one("select max(id) from message"))


async def _gloves(office: Office) -> int:
    return await office.hears(words="My gloves.", Subject="Gloves", From="sue@mill.example")


async def test_what_is_said_and_what_becomes_of_the_conversation(desk: Desk) -> None:
    office = desk.office
    press = await office.mailbox("press@us.example", undo_seconds=0, confirm="off")
    await _jane_again(office)
    await office.replies(desk.home, "New ones are coming.")
    async with office.database.write() as db:
        by: dict[str, Any] = {"by": karen(office), "now": office.now}
        await close(db, desk.home, **by)
        await reopen(db, desk.home, **by)
        await mark_spam(db, desk.home, **by)
        await not_spam(db, desk.home, **by)
        await move(db, desk.home, press, **by)
    await takes_back(office, desk.home)
    async with office.database.write() as db:
        await close(db, desk.home, **by)
        await mark_spam(db, desk.home, **by)
    assert await _told(desk) == [
        "Jane Doe wrote.",
        "Karen Miller answered.",
        "Karen Miller moved it to another mailbox.",
        "Karen Miller moved it back to the mailbox where it was.",
        "Karen Miller closed it.",
        "Karen Miller put it among the spam.",
    ]
    assert not [one for one in office.relay.to(JANE) if "We send new ones." in one.text]


async def test_what_is_joined_and_parted_and_taken_back(desk: Desk) -> None:
    office = desk.office
    laces, gloves = await _jane_again(office), await _gloves(office)
    await merges(office, desk.home, gloves)
    await takes_back(office, desk.home)
    await splits(office, desk.home, laces)
    await takes_back(office, desk.home)
    await belongs(office, laces, desk.home, gloves)
    await takes_back(office, desk.home)
    assert await _told(desk) == [
        "Jane Doe wrote.",
        "Karen Miller joined it with another conversation.",
        "Karen Miller took back that it was joined with another conversation.",
        "Karen Miller moved mails to another conversation.",
        "Karen Miller brought mails back that had become another conversation.",
        "Karen Miller moved mails to another conversation.",
        "Karen Miller moved mails back to where they were.",
    ]


async def test_what_went_along_with_the_mail_that_is_answered(desk: Desk) -> None:
    """The mail of the notice is in another conversation now, and that one is told of."""
    office = desk.office
    await _jane_again(office)
    boots = int(await office.one("select min(id) from message"))
    await splits(office, desk.home, boots)
    assert await _told(desk) == ["Karen Miller moved mails here from another conversation."]
