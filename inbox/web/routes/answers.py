"""Answers to the customer and notes among us: written, refused with reason, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.afterwards import do_along
from inbox.desk.answer import AnswerFile, Note
from inbox.desk.close import Incomplete
from inbox.desk.doubts import Doubtful, look_through
from inbox.desk.drafts import drop_draft
from inbox.desk.note import note
from inbox.desk.plan import plan, take_plan_back
from inbox.desk.reply import reply
from inbox.desk.unbegin import unbegin
from inbox.desk.undo import undo
from inbox.desk.worded import noted
from inbox.errors import Conflict, Invalid, NotFound
from inbox.model.conversation import MessageKind
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible, merged_into
from inbox.store.drafts import Spot
from inbox.store.engine import Writer
from inbox.store.tables import Agent, Message
from inbox.store.timeline import get_message
from inbox.web.answering import answer_of, keep_taken_back, wish_of
from inbox.web.beginning import URL as BEGIN
from inbox.web.desks import place_of
from inbox.web.forms import AnswerForm
from inbox.web.letters import objections
from inbox.web.next import next_in_list
from inbox.web.pages import is_htmx, reader_of
from inbox.web.routes.conversation import refused, show_again
from inbox.web.threads import ConversationView, read_conversation, with_composer
from inbox.web.uploads import keep_again, kept_files, read_uploads
from inbox.web.writing import in_form, typed_so

router = APIRouter()

Kind = Literal["reply", "note"]


@router.post("/conversations/{conversation_id}/replies", dependencies=[allow(Permission.REPLY)])
async def send_reply(here: HereNow, conversation_id: int) -> Response:
    """Sends an answer to the customer, after the mailbox's time to take it back, or later."""
    return await _send(here, conversation_id, "reply")


@router.post("/conversations/{conversation_id}/notes", dependencies=[allow(Permission.NOTE)])
async def add_note(here: HereNow, conversation_id: int) -> Response:
    """Adds words that only we see."""
    return await _send(here, conversation_id, "note")


@router.delete(
    "/conversations/{conversation_id}/messages/{message_id}",
    dependencies=[allow(Permission.REPLY)],
)
async def take_back(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """Takes one's own answer back while it has not left, and fills the form with it again.

    What was taken back from another page is there already.
    """
    try:
        return await _take_back(here, conversation_id, message_id)
    except Conflict as error:
        return await refused(here, conversation_id, error)
    except NotFound:
        async with here.house.database.read() as db:
            await get_visible(db, here.viewer, conversation_id)
        return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)


async def _take_back(here: Here, conversation_id: int, message_id: int) -> Response:
    async with here.house.database.write() as db:
        message = await get_message(db, here.viewer, conversation_id, message_id)
        agent = await db.get_one(Agent, here.viewer.id)
        is_planned = message.kind == MessageKind.HELD
        act = take_plan_back if is_planned else undo
        taken = await act(db, message_id, by=agent, now=here.now)
        gone = await unbegin(db, message.conversation_id, by=agent)
        spot = await keep_taken_back(
            db, gone or conversation_id, taken, reader_of(here).calendar, by=agent, here=here
        )
    if gone:  # there is no conversation: its first mail is written again
        url = f"{BEGIN}?draft={spot.name}"
        if is_htmx(here):  # a page of its own, no part of this one
            return Response(headers={"hx-redirect": url})
        return RedirectResponse(url, 303)
    url = f"/conversations/{conversation_id}"
    if taken.passed:  # it was for somebody else than whom the form here writes to
        url = f"{url}/messages/{taken.passed}/forward"
    return RedirectResponse(place_of(here).url(url), 303)


async def _send(here: Here, conversation_id: int, kind: Kind) -> Response:
    form = await form_as(here.request, AnswerForm)
    files: list[AnswerFile] = []
    try:
        files = await read_uploads(here.request)
        if (moved := await _merged(here, conversation_id)) is not None:
            conversation_id = moved
            raise Conflict(Refusal.WENT_ELSEWHERE)
        target = await _next(here, conversation_id) if form.then == "next" else None
        async with here.house.database.write() as db:
            await get_visible(db, here.viewer, conversation_id)
            files += await kept_files(db, form.kept, here.house.secret)
            message = await _write(db, here, conversation_id, kind, form, files)
            agent = await db.get_one(Agent, here.viewer.id)
            for one in {kind, form.was or kind}:
                spot = Spot(kind=one, conversation_id=conversation_id)
                await drop_draft(db, spot, by=agent, version=form.version, sent=form.text)
    except (Conflict, Invalid, Doubtful) as error:
        return await _again(here, conversation_id, kind, form, files, error)
    return RedirectResponse(_after(here, conversation_id, target, message), 303)


def _after(here: Here, conversation_id: int, target: int | None, message: Message) -> str:
    place = place_of(here)
    if target is None:
        return place.url(f"/conversations/{conversation_id}")
    return place.url(f"/conversations/{target}", sent=str(message.id))


async def _next(here: Here, conversation_id: int) -> int | None:
    async with here.house.database.read() as db:
        return await next_in_list(db, here, place_of(here), conversation_id)


async def _merged(here: Here, conversation_id: int) -> int | None:
    """Where the conversation went meanwhile: what was typed is not lost with it."""
    async with here.house.database.read() as db:
        return await merged_into(db, here.viewer, conversation_id)


async def _write(
    db: Writer,
    here: Here,
    conversation_id: int,
    kind: Kind,
    form: AnswerForm,
    files: list[AnswerFile],
) -> Message:
    agent = await db.get_one(Agent, here.viewer.id)
    if kind == "note":
        text = noted(form.text, files)
        written = Note(text=text, files=tuple(files), idempotency=form.key or None)
        return await note(db, conversation_id, written, by=agent, now=here.now)
    typed = answer_of(form, files)
    wish = wish_of(here, form)
    domains = here.house.settings.own_domains
    await look_through(db, conversation_id, typed, by=agent, own_domains=domains, told=form.told)
    answer = await in_form(db, here, conversation_id, typed)
    context, expected = here.house.context, form.expected
    if form.then == "later" and wish.until is not None:
        return await plan(
            db,
            conversation_id,
            answer,
            wish.until,
            by=agent,
            now=here.now,
            context=context,
            expected_last_event=expected,
        )
    message = await reply(
        db,
        conversation_id,
        answer,
        by=agent,
        now=here.now,
        context=context,
        expected_last_event=expected,
    )
    await do_along(db, message, wish, by=agent, now=here.now)
    return message


async def _again(
    here: Here,
    conversation_id: int,
    kind: Kind,
    form: AnswerForm,
    files: list[AnswerFile],
    error: Conflict | Invalid | Doubtful,
) -> Response:
    """The page with everything that was typed, and what has to be looked at first."""
    secret = here.house.secret
    async with here.house.database.write() as db:
        kept, error = await keep_again(db, files, form.kept, here.viewer.id, secret, error)
    is_stale = isinstance(error, Conflict)
    view = await _read(here, conversation_id, after=form.expected if is_stale else None)
    typed = await typed_again(here, form)
    if isinstance(error, Incomplete):
        typed["ending"] = form.ending
    view = with_composer(
        view,
        **typed,
        kind=kind,
        kept=kept,
        is_stale=is_stale,
        **objections(None if is_stale else error, form.told, reader_of(here).texts),
    )
    return await show_again(here, view, error.http)


async def typed_again(here: Here, form: AnswerForm) -> dict[str, object]:
    """The fields of the form as they were typed."""
    return {
        **await typed_so(here),
        "text": form.text,
        "audience": form.audience,
        "cc": form.cc or "",
        "bcc": form.bcc,
        "sender": form.sender,
        "quote": form.quote != "off",
        "until": form.until,
        "version": form.version,
        "was": form.was,
        "ending": form.ending if form.closing else None,
        "is_typed": True,
    }


async def _read(here: Here, conversation_id: int, after: int | None = None) -> ConversationView:
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place_of(here), after=after)
    return replace(view, undo=None)
