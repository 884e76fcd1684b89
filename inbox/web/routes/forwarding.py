"""A customer's mail is passed on: to somebody outside, or to one of us who does not see it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.answer import Answer
from inbox.desk.leaking import Leaking
from inbox.desk.pass_on import pass_on
from inbox.errors import Conflict, Invalid
from inbox.notify.leaks import sentences
from inbox.store.conversations import get_visible
from inbox.store.tables import Agent
from inbox.web.forms import ForwardForm
from inbox.web.forwarding import read_forward
from inbox.web.pages import page, reader_of

router = APIRouter()
_ABOUT = "/conversations/{conversation_id}"


@router.get(f"{_ABOUT}/messages/{{message_id}}/forward", dependencies=[allow(Permission.READ)])
async def show(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """The form, with all that goes along."""
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_forward(db, here, found, ForwardForm(message=message_id), is_new=True)
    return page(here, "forward.html", forward=view)


@router.post(f"{_ABOUT}/forwards", dependencies=[allow(Permission.REPLY)])
async def send(here: HereNow, conversation_id: int) -> Response:
    """Passes it on, after the mailbox's time to take it back."""
    house = here.house
    async with house.database.read() as db:
        await get_visible(db, here.viewer, conversation_id)
    form = await form_as(here.request, ForwardForm)
    words = Answer(text=form.text, passes=tuple(form.file), idempotency=form.key or None)
    try:
        async with house.database.write() as db:
            await get_visible(db, here.viewer, conversation_id)
            await pass_on(
                db,
                conversation_id,
                words,
                form.to,
                by=await db.get_one(Agent, here.viewer.id),
                now=here.now,
                context=here.house.context,
                message_id=form.message,
                told=form.told,
            )
    except (Conflict, Invalid, Leaking) as error:
        return await show_again(here, conversation_id, form, error)
    return RedirectResponse(f"/conversations/{conversation_id}", 303)


async def show_again(
    here: Here,
    conversation_id: int,
    form: ForwardForm,
    error: Conflict | Invalid | Leaking | None = None,
) -> Response:
    """The page with everything that was typed, and why it was not passed on."""
    texts = reader_of(here).texts
    leaks = error.leaks if isinstance(error, Leaking) else ()
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_forward(db, here, found, form)
    view = replace(
        view,
        leaks=sentences(leaks, texts),
        told=list(dict.fromkeys((*form.told, *(one.key for one in leaks)))),
        fault=error.said(texts) if error and not leaks else "",
    )
    return page(here, "forward.html", error.http if error else 200, forward=view)
