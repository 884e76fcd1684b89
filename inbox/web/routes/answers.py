"""Answers to the customer and notes among us: written, refused with reason, taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import form_as
from inbox.auth.permissions import Permission
from inbox.desk.answer import Answer, AnswerFile, Note
from inbox.desk.held import drop, release
from inbox.desk.leaking import Leaking, leaks_in_answer, refuse
from inbox.desk.newcomers import confirm_author, refuse_author
from inbox.desk.note import note
from inbox.desk.reply import reply
from inbox.desk.undo import undo
from inbox.desk.worded import noted
from inbox.errors import Conflict, Invalid
from inbox.jobs.registry import Context
from inbox.model.address import Address
from inbox.model.held import HeldReason
from inbox.notify.leaks import sentences
from inbox.refusals import Refusal
from inbox.store.conversations import get_visible, merged_into
from inbox.store.engine import Writer
from inbox.store.tables import Agent
from inbox.store.timeline import get_held, get_message
from inbox.web.addressed import addresses_in, written
from inbox.web.desks import place_of
from inbox.web.forms import AnswerForm, DecisionForm, ForwardForm
from inbox.web.pages import reader_of
from inbox.web.routes import forwarding
from inbox.web.routes.conversation import show_again
from inbox.web.threads import ConversationView, read_conversation, with_composer
from inbox.web.uploads import keep, kept_files, read_uploads, signed_names
from inbox.web.writing import in_form, typed_so

router = APIRouter()

Kind = Literal["reply", "note"]


@router.post("/conversations/{conversation_id}/replies", dependencies=[allow(Permission.REPLY)])
async def send_reply(here: HereNow, conversation_id: int) -> Response:
    """Sends an answer to the customer, after the mailbox's time to take it back."""
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
    """Takes one's own answer back while it has not left, and fills the form with it again."""
    async with here.house.database.write() as db:
        await get_message(db, here.viewer, conversation_id, message_id)
        agent = await db.get_one(Agent, here.viewer.id)
        taken = await undo(db, message_id, by=agent, now=here.now)
    if taken.passed:  # it was for somebody else than whom the form here writes to
        to = ", ".join(one.address for one in taken.to)
        files = list(taken.passed_files or ())
        passed = ForwardForm(message=taken.passed, text=taken.text, to=to, file=files)
        return await forwarding.show_again(here, conversation_id, passed)
    view = with_composer(
        await _read(here, conversation_id),
        text=taken.text,
        is_markdown=taken.is_markdown or here.viewer.markdown,
        cc=", ".join(map(written, taken.cc)),
        kept=signed_names(taken.files, here.house.secret),
    )
    return await show_again(here, view, 200)


@router.post(
    "/conversations/{conversation_id}/messages/{message_id}/release",
    dependencies=[allow(Permission.REPLY)],
)
async def release_held(here: HereNow, conversation_id: int, message_id: int) -> Response:
    """Publishes an answer by mail that was held back, or makes it a note."""
    form = await form_as(here.request, DecisionForm)
    async with here.house.database.write() as db:
        held = await get_held(db, here.viewer, conversation_id, message_id)
        agent = await db.get_one(Agent, here.viewer.id)
        if HeldReason.NEWCOMER in held.reasons:
            message = await get_message(db, here.viewer, conversation_id, message_id)
            await confirm_author(db, message, by=agent, now=here.now)
        else:
            await release(
                db,
                held.id,
                by=agent,
                now=here.now,
                context=_context(here),
                as_note=form.decision == "note",
                expected_last_event=form.expected,
            )
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)


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


async def _send(here: Here, conversation_id: int, kind: Kind) -> Response:
    form = await form_as(here.request, AnswerForm)
    files: list[AnswerFile] = []
    try:
        files = await read_uploads(here.request)
        if (moved := await _merged(here, conversation_id)) is not None:
            conversation_id = moved
            raise Conflict(Refusal.WENT_ELSEWHERE)
        async with here.house.database.write() as db:
            await get_visible(db, here.viewer, conversation_id)
            files += await kept_files(db, form.kept, here.house.secret)
            if kind == "reply":
                await _look_through(db, here, conversation_id, form, files)
            await _write(db, here, conversation_id, kind, form, files)
    except (Conflict, Invalid, Leaking) as error:
        return await _again(here, conversation_id, kind, form, files, error)
    return RedirectResponse(place_of(here).url(f"/conversations/{conversation_id}"), 303)


async def _look_through(
    db: Writer, here: Here, conversation_id: int, form: AnswerForm, files: list[AnswerFile]
) -> None:
    """Raises Leaking for words that are only for us, of which the writer was not told yet."""
    agent = await db.get_one(Agent, here.viewer.id)
    domains = here.house.settings.own_domains
    leaks = await leaks_in_answer(
        db, conversation_id, form.text, files, by=agent, own_domains=domains
    )
    refuse(leaks, form.told)


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
) -> None:
    agent = await db.get_one(Agent, here.viewer.id)
    key = form.key or None
    if kind == "note":
        text = noted(form.text, files)
        written = Note(text=text, files=tuple(files), idempotency=key)
        await note(db, conversation_id, written, by=agent, now=here.now)
        return
    await reply(
        db,
        conversation_id,
        await in_form(db, here, conversation_id, answer_of(form, files)),
        by=agent,
        now=here.now,
        context=_context(here),
        expected_last_event=form.expected,
    )


def answer_of(form: AnswerForm, files: list[AnswerFile]) -> Answer:
    """The answer as it was typed. Raises Invalid."""
    return Answer(text=form.text, files=tuple(files), cc=_cc(form), idempotency=form.key or None)


def _context(here: Here) -> Context:
    house = here.house
    return Context(settings=house.settings, database=house.database, secret=house.secret)


async def _again(
    here: Here,
    conversation_id: int,
    kind: Kind,
    form: AnswerForm,
    files: list[AnswerFile],
    error: Conflict | Invalid | Leaking,
) -> Response:
    """The page with everything that was typed, and what has to be looked at first."""
    kept: list[tuple[str, str]] = []
    if files:
        async with here.house.database.write() as db:
            kept = await keep(db, files, here.house.secret)
    is_stale = isinstance(error, Conflict)
    leaks = error.leaks if isinstance(error, Leaking) else ()
    texts = reader_of(here).texts
    view = await _read(here, conversation_id, after=form.expected if is_stale else None)
    view = with_composer(
        view,
        kind=kind,
        text=form.text,
        cc=form.cc or "",
        kept=kept,
        is_stale=is_stale,
        leaks=sentences(leaks, texts),
        told=list(dict.fromkeys((*form.told, *(one.key for one in leaks)))),
        fault="" if is_stale or leaks else error.said(texts),
        **await typed_so(here),
    )
    return await show_again(here, view, error.http)


async def _read(here: Here, conversation_id: int, after: int | None = None) -> ConversationView:
    async with here.house.database.read() as db:
        found = await get_visible(db, here.viewer, conversation_id)
        view = await read_conversation(db, here, found, place_of(here), after=after)
    return replace(view, undo=None)


def _cc(form: AnswerForm) -> tuple[Address, ...] | None:
    """None, which keeps the customer's own, unless the field says something."""
    return addresses_in(form.cc) if form.cc else None
