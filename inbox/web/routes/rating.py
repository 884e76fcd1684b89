"""The page on which a customer says whether we have helped: the one page that is for them.

It says nothing of the conversation to whoever holds its link, but for the name of the desk. To
look at it stores nothing, for programs follow the links of every mail.
"""

from __future__ import annotations

import re
from math import ceil
from typing import Annotated, Final

from fastapi import APIRouter, Response
from pydantic import BaseModel, StringConstraints

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth import throttle
from inbox.auth.permissions import Permission
from inbox.desk.satisfaction import rate, rated_names
from inbox.errors import NotFound, TooOften
from inbox.i18n import translations
from inbox.log import get_logger
from inbox.mail.tokens import hash_token
from inbox.model.satisfaction import LONGEST, Rated
from inbox.store.engine import Reader, Writer
from inbox.store.ratings import satisfaction_of
from inbox.store.tables import Conversation, Mailbox, Satisfaction
from inbox.web.forms import Line
from inbox.web.pages import page, page_in

router = APIRouter()
log = get_logger("web")

_PAGE: Final = "/ratings/{token}"
_TOKEN: Final = re.compile(r"[a-z2-7]{26}", re.ASCII)


class RatingForm(BaseModel):
    """What a customer says."""

    rated: Line = ""
    words: Annotated[str, StringConstraints(max_length=4000)] = ""


@router.get(_PAGE, dependencies=[allow(Permission.PUBLIC)])
async def look_at_rating(here: HereNow, token: str) -> Response:
    """A form: nothing is said before it is sent."""
    return await look_at_answer(here, token, "")


@router.get(f"{_PAGE}/{{answer}}", dependencies=[allow(Permission.PUBLIC)])
async def look_at_answer(here: HereNow, token: str, answer: str) -> Response:
    """The same, with one of the answers chosen."""
    async with here.house.database.read() as db:
        asked = await _asked(db, here, token)
        desk = await _desk(db, asked) if asked else ""
    if asked is None:
        return await _over(here)
    return _show(here, token, asked, desk, answer)


@router.post(_PAGE, dependencies=[allow(Permission.PUBLIC)])
async def say(here: HereNow, token: str) -> Response:
    """Writes it down; said again, it takes the place of what was said before."""
    form = await form_as(here.request, RatingForm)
    async with here.house.database.write() as db:
        asked = await _asked(db, here, token)
        is_said = asked is not None and form.rated in set(Rated)
        if is_said:
            asked = await rate(
                db, hash_token(token.lower()), Rated(form.rated), form.words, now=here.now
            )
        desk = await _desk(db, asked) if asked else ""
    if asked is None:
        return await _over(here)
    if is_said:
        log.info("web.rated", conversation=asked.conversation_id, rated=asked.rated)
    return _show(here, token, asked, desk, form.rated, is_said=is_said)


async def _asked(db: Reader | Writer, here: Here, token: str) -> Satisfaction | None:
    key = token.lower()
    if not _TOKEN.fullmatch(key):
        return None
    return await satisfaction_of(db, hash_token(key), now=here.now)


async def _desk(db: Reader | Writer, asked: Satisfaction) -> str:
    conversation = await db.get_one(Conversation, asked.conversation_id)
    return (await db.get_one(Mailbox, conversation.mailbox_id)).name


async def _over(here: Here) -> Response:
    """The same for a link that is over and for one that nobody was sent. Nobody guesses 128 bits,
    but whoever tries has to wait.
    """
    trying = (throttle.by_peer("ratings", here.peer),)
    async with here.house.database.write() as db:
        wait = (await throttle.attempt(db, trying, now=here.now)).wait
    if wait:
        raise TooOften(seconds=ceil(wait.total_seconds()))
    return page(here, "rating_over.html", NotFound.http)


def _show(
    here: Here, token: str, asked: Satisfaction, desk: str, answer: str, *, is_said: bool = False
) -> Response:
    chosen = asked.rated if is_said else answer
    return page_in(
        here,
        asked.language,
        "rating.html",
        token=token.lower(),
        desk=desk,
        names=rated_names(translations(asked.language)),
        chosen=chosen,
        is_said=is_said,
        most=LONGEST,
    )
