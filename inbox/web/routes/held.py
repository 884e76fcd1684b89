"""Answers that are held back, or that wait for their time: let go, made a note, given up."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.held import drop, release
from inbox.desk.hurry import hurry
from inbox.desk.newcomers import confirm_author, refuse_author
from inbox.desk.plan import send_now
from inbox.model.conversation import MessageKind
from inbox.model.held import HeldReason
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Message
from inbox.store.timeline import get_held, get_message
from inbox.web.desks import place_of
from inbox.web.forms import DecisionForm

router = APIRouter()


@router.post(
    "/conversations/{conversation_id}/messages/{message_id}/release",
    dependencies=[allow(Permission.REPLY)],
)
async def release_held(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """Publishes an answer by mail that was held back, or makes it a note; or lets what waits for
    its time leave now.
    """
    form = await form_as(here.request, DecisionForm)
    async with here.house.database.write() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        agent = await db.get_one(Agent, here.viewer.id)
        if message.kind == MessageKind.FORWARD:
            seen = form.expected
            await hurry(db, message.id, by=agent, now=here.now, expected_last_event=seen)
        else:
            await _let_go(db, here, message, agent, form)
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)


async def _let_go(
    db: Writer, here: Here, message: Message, agent: Agent, form: DecisionForm
) -> None:
    held = await get_held(db, here.viewer, message.conversation_id, message.id)
    if HeldReason.NEWCOMER in held.reasons:
        await confirm_author(db, message, by=agent, now=here.now)
    elif held.send_at is not None and form.decision != "note":
        await send_now(
            db,
            held.message_id,
            by=agent,
            now=here.now,
            context=here.house.context,
            expected_last_event=form.expected,
        )
    else:
        await release(
            db,
            held.id,
            by=agent,
            now=here.now,
            context=here.house.context,
            as_note=form.decision == "note",
            expected_last_event=form.expected,
        )


@router.delete(
    "/conversations/{conversation_id}/messages/{message_id}/release",
    dependencies=[allow(Permission.REPLY)],
)
async def drop_held(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """Gives an answer up that was held back; its words stay to be read."""
    async with here.house.database.write() as db:
        held = await get_held(db, here.viewer, conversation_id, message_id)
        agent = await db.get_one(Agent, here.viewer.id)
        if HeldReason.NEWCOMER in held.reasons:
            message = await get_message(db, here.viewer, conversation_id, message_id)
            await refuse_author(db, message, by=agent, now=here.now)
        else:
            await drop(db, held.id, by=agent, now=here.now)
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)
