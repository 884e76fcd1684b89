"""The pages on which people, mailboxes and texts are looked after: what they share.

What is changed is saved at once. With scripts it is said beside what was changed; without, each
sentence has its button, and the page that comes next says it.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import Response
from fastapi.responses import PlainTextResponse

from inbox.asgi.deps import Here
from inbox.auth.permissions import Permission, may
from inbox.errors import Conflict, Forbidden, InboxError, Invalid, NotFound
from inbox.refusals import Refusal
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Agent
from inbox.web.own import done, own_page
from inbox.web.pages import reader_of

# What is answered beside the sentence that was changed, or above the page.
REFUSED: Final = (Invalid, Conflict, Forbidden, NotFound)
_SECTIONS: Final = {
    "people": Permission.HOUSE,
    "newcomers": Permission.NEWCOMERS,
    "departments": Permission.HOUSE,
    "mailboxes": Permission.HOUSE,
    "texts": Permission.READ,
    "tags": Permission.READ,
    "rules": Permission.RULES,
    "webhooks": Permission.WEBHOOKS,
    "channels": Permission.CHANNELS,
    "health": Permission.HOUSE,
}


def sections_of(here: Here) -> list[str]:
    """The pages that are open to whoever asks."""
    return [name for name, asked in _SECTIONS.items() if may(here.viewer, asked)]


def house_page(
    here: Here, template: str, fault: InboxError | None = None, **values: Any
) -> Response:
    """One of the pages; `section` names it in their list."""
    return own_page(here, template, _for_people(fault), sections=sections_of(here), **values)


def saved(here: Here, path: str, said: str = "saved") -> Response:
    """It is done: said in place, or on the page at `path`."""
    if is_in_place(here):
        return PlainTextResponse(reader_of(here).texts.gettext("Saved"))
    return done(here, path, said)


def refused(here: Here, error: InboxError) -> Response:
    """It is not done: said in place. The browser keeps what was typed."""
    shown = _for_people(error) or error
    return PlainTextResponse(shown.said(reader_of(here).texts), error.http)


def is_in_place(here: Here) -> bool:
    """Whether the page that asks stays, and shows what is answered beside the sentence."""
    return "x-in-place" in here.request.headers


async def myself(db: Reader | Writer, here: Here) -> Agent:
    """Whoever asks, as who has done it."""
    return await db.get_one(Agent, here.viewer.id)


def _for_people(error: InboxError | None) -> InboxError | None:
    # What a setting expects is said to operators in their words; a page offers only what fits.
    if error is not None and error.refusal is None:
        return Invalid(Refusal.NO_SUCH_VALUE)
    return error
