"""Lets each mail come that the inbox itself writes to a customer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

from inbox.clock import utcnow
from inbox.desk.correct_time import correct
from inbox.desk.mailboxes import set_mailbox
from inbox.desk.move import move
from inbox.desk.silence import look
from inbox.desk.templates import Draft, keep_text
from inbox.model.actor import Actor
from scripts.mail_casts import Cast
from scripts.mail_rules import add_working_rule
from tests.desk.served import closes, served
from tests.notify.asking import JANE, Desk

_SUPPORT: Final = "support@us.example"
_WELCOMES: Final = "update mailbox set confirm = 'all'"
_LONG_AGO: Final = (
    "update outbound set created_at = created_at - interval '9 days' where kind = 'reminder'"
)
_REMINDS: Final = "update mailbox set remind_days = 3, close_days = 4"


def quoted(name: str) -> str:
    """A name as it can stand in a header."""
    return '"' + name.replace('"', '\\"') + '"'


def _jane(cast: Cast) -> str:
    return f"{quoted(cast.customer)} <{JANE}>"


async def _confirmation(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_WELCOMES)
    await desk.office.hears(words=cast.asks, Subject=cast.subject, Content_Language=cast.language)
    await desk.office.works()


async def _timed(desk: Desk, cast: Cast) -> None:
    async with desk.office.database.write() as db:
        await set_mailbox(db, _SUPPORT, {"targets": "first 4h next 2h"})
    await _confirmation(desk, cast)


async def _correction(desk: Desk, cast: Cast) -> None:
    office = desk.office
    await _confirmation(desk, cast)
    row = "select id from outbound where kind = 'confirmation' order by id desc limit 1"
    confirmed = await office.one(row)
    async with office.database.write() as db:
        at = office.now + timedelta(hours=23)
        await correct(db, confirmed, context=office.context, now=at)
    await office.works()


async def _reminder(desk: Desk, cast: Cast) -> None:
    await desk.office.change(_REMINDS)
    home = await desk.office.hears(words=cast.asks, Subject=cast.subject, From=_jane(cast))
    await desk.office.replies(home, cast.says)
    await desk.office.works()  # it was long ago


async def _closed(desk: Desk, cast: Cast) -> None:
    await _reminder(desk, cast)
    office = desk.office
    home = await office.one("select max(id) from conversation")
    await office.change(_LONG_AGO)
    async with office.database.write() as db:
        await look(db, home, context=office.context, now=utcnow())
    await office.works()


async def _ruled(desk: Desk, cast: Cast) -> None:
    async with desk.office.database.write() as db:
        text = Draft(name=cast.subject[:60], body=cast.says, language=cast.language)
        await keep_text(db, text, now=desk.office.now)
    answers = {"do": "answer", "template": cast.subject[:60]}
    await add_working_rule(desk.office, cast.subject[:60], answers)
    await _reminder(desk, cast)  # whom we have answered is known
    await desk.office.hears(words=cast.asks, Subject=cast.subject, From=_jane(cast))
    await desk.office.works()


async def _moved(desk: Desk, cast: Cast) -> None:
    office = desk.office
    billing = await office.mailbox("billing@us.example", name=cast.anna, language=cast.language)
    async with office.database.write() as db:
        by = Actor.agent(office.karen, cast.karen)
        await move(db, desk.home, billing, by=by, now=office.now, tell=office.context)
    await office.works()


async def _satisfaction(desk: Desk, cast: Cast) -> None:
    home = await served(desk.office, subject=cast.subject, From=_jane(cast))
    await closes(desk.office, home)


TO_CUSTOMERS: Final[dict[str, Callable[[Desk, Cast], Awaitable[Any]]]] = {
    "confirmation": _confirmation,
    "confirmation-time": _timed,
    "correction": _correction,
    "reminder": _reminder,
    "closed": _closed,
    "satisfaction": _satisfaction,
    "ruled": _ruled,
    "moved": _moved,
}
