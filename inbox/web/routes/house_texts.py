"""Approved texts: templates and articles, written, looked at as they leave, taken from files."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Response
from markupsafe import Markup

from inbox.approved.fill import Filled, Form, Unfilled, Values, fill
from inbox.approved.placeholders import Flawed
from inbox.asgi.approved import must_edit, text_of
from inbox.asgi.deps import Here, HereNow, allow
from inbox.asgi.forms import files_of, form_as
from inbox.auth.permissions import Permission, may
from inbox.desk.answer import AnswerFile
from inbox.desk.template_files import keep_text_files
from inbox.desk.templates import Draft, keep_text, remove_text
from inbox.desk.text_files import keep_files
from inbox.errors import InboxError, Invalid
from inbox.i18n import LANGUAGES, translations
from inbox.log import get_logger
from inbox.model.conversation import Role
from inbox.refusals import Refusal
from inbox.store.approved import Written, written
from inbox.store.engine import Reader
from inbox.store.people import all_mailboxes
from inbox.web.choices import LANGUAGE_NAMES
from inbox.web.house import REFUSED, house_page, myself, saved
from inbox.web.house_forms import ALONE, TextForm
from inbox.web.pages import reader_of
from inbox.web.uploads import keep_again, kept_files, read_uploads
from inbox.web.words import shown as as_words

router = APIRouter()
log = get_logger("house")

PAGE: Final = "/house/texts"
_ONE: Final = f"{PAGE}/{{text_id}}"
Look, Change = allow(Permission.READ), allow(Permission.OWN_TEMPLATES)
_LARGEST_FILE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Preview:
    """A text as a customer gets it, around some words."""

    html: Markup
    fault: str = ""


@router.get(PAGE, dependencies=[Look])
async def show_texts(here: HereNow, q: str = "", kind: str = "") -> Response:
    """Those of one's mailboxes and of all."""
    return await _show_all(here, q[:200], kind)


@router.get(f"{PAGE}/new", dependencies=[Look])
async def show_new(here: HereNow, kind: str = "template") -> Response:
    """An empty sheet."""
    kind = kind if kind == "article" else "template"
    return await _show_sheet(here, TextForm(kind=kind, language=here.viewer.language), None)


@router.get(_ONE, dependencies=[Look])
async def show_text(here: HereNow, text_id: int, language: str = "") -> Response:
    """A text in one of its languages, or an empty sheet of it in a further one."""
    async with here.house.database.read() as db:
        found = await text_of(db, here.viewer, text_id)
    if language not in LANGUAGES:
        language = next(iter(found.languages), here.viewer.language)
    there = next((one for one in found.texts if one.language == language), None)
    form = TextForm(
        name=found.template.name,
        kind=found.template.kind,
        form=found.template.form,
        mailbox=whose(found),
        language=language,
        title=there.title if there else "",
        body=there.body if there else "",
    )
    return await _show_sheet(here, form, found)


@router.post(PAGE, dependencies=[Change])
async def keep(here: HereNow) -> Response:
    """Keeps a text in one language; or shows how it would leave, and keeps nothing."""
    form = await form_as(here.request, TextForm)
    files: list[AnswerFile] = []
    try:
        files = await read_uploads(here.request)
        if form.preview:
            return await _again(here, form, files)
        async with here.house.database.write() as db:
            every = [*files, *await kept_files(db, form.kept, here.house.secret)]
            await must_edit(db, here.viewer, form.mailbox, is_personal=form.is_personal)
            kept = await keep_text(db, _draft(form), now=here.now, by=await myself(db, here))
            await keep_text_files(
                db, kept.template.id, every, keeping=form.keeping, by_id=here.viewer.id
            )
    except REFUSED as error:
        return await _again(here, form, files, error)
    log.info("house.text_kept", text=kept.template.id, by=here.viewer.id)
    return saved(here, f"{PAGE}/{kept.template.id}?language={form.language}")


@router.delete(_ONE, dependencies=[Change])
async def remove(here: HereNow, text_id: int, language: str = "") -> Response:
    """Removes a text, or what is written in one language; what was sent stays."""
    async with here.house.database.write() as db:
        found = await text_of(db, here.viewer, text_id)
        await must_edit(db, here.viewer, found.mailbox, is_personal=found.is_personal)
        await remove_text(db, text_id, language=language or None)
    log.info("house.text_removed", text=text_id, by=here.viewer.id)
    return saved(here, PAGE, "removed")


@router.post(f"{PAGE}/imports", dependencies=[Change])
async def take_files(here: HereNow) -> Response:
    """Keeps every NAME.LANGUAGE.txt and NAME.LANGUAGE.md, or none of them."""
    form = await form_as(here.request, TextForm)
    try:
        files = [
            (one.filename or "", (await one.read(_LARGEST_FILE)).decode("utf-8"))
            for one in await files_of(here.request, "files")
        ]
        if not files:
            raise Invalid(Refusal.TEXT_FILE, file="?")
        async with here.house.database.write() as db:
            await must_edit(db, here.viewer, form.mailbox, is_personal=form.is_personal)
            me = await myself(db, here)
            kind = form.kind
            whose = "" if form.is_personal else form.mailbox
            await keep_files(
                db,
                files,
                mailbox=whose,
                is_personal=form.is_personal,
                kind=kind,
                now=here.now,
                by=me,
            )
    except UnicodeDecodeError:
        return await _show_all(here, "", "", Invalid(Refusal.UNUSABLE))
    except REFUSED as error:
        return await _show_all(here, "", "", error)
    log.info("house.texts_imported", count=len(files), by=here.viewer.id)
    return saved(here, PAGE, "imported")


async def _show_all(here: Here, q: str, kind: str, fault: InboxError | None = None) -> Response:
    async with here.house.database.read() as db:
        found = await written(db, mailboxes=here.viewer.mailboxes, agent_id=here.viewer.id)
        choices = await _choices(db, here)
    wanted = q.casefold().split()
    return house_page(
        here,
        "house/texts.html",
        fault,
        section="texts",
        texts=[one for one in found if kind in ("", one.template.kind) and _fits(one, wanted)],
        all=len(found),
        q=q,
        kind=kind,
        choices=choices,
        may_change=True,
        whose=whose_names(here, found),
    )


async def _again(
    here: Here, form: TextForm, files: list[AnswerFile], fault: InboxError | None = None
) -> Response:
    """The sheet as it was typed, with all files that were chosen so far, for when it is saved."""
    secret = here.house.secret
    async with here.house.database.write() as db:
        kept, fault = await keep_again(db, files, form.kept, here.viewer.id, secret, fault)
    return await _show_sheet(here, form, None, fault, kept=kept, keeping=form.keeping)


async def _show_sheet(
    here: Here,
    form: TextForm,
    found: Written | None,
    fault: InboxError | None = None,
    *,
    kept: Sequence[tuple[str, str]] = (),
    keeping: Sequence[int] | None = None,
) -> Response:
    async with here.house.database.read() as db:
        choices = await _choices(db, here)
        if found is None and form.name:
            every = await written(
                db, mailboxes=here.viewer.mailboxes, agent_id=here.viewer.id, kind=form.kind
            )
            same = (one for one in every if _is_same(one, form))
            found = next(same, None)
    may_change = found is None or whose(found) in dict(choices)
    return house_page(
        here,
        "house/text.html",
        fault,
        section="texts",
        form=form,
        found=found,
        kept=kept,
        keeping=keeping,
        choices=choices,
        languages=LANGUAGE_NAMES,
        preview=_preview(here, form) if form.body.strip() and fault is None else None,
        may_change=may_change,
        whose=whose_names(here, [found] if found else []),
    )


async def _choices(db: Reader, here: Here) -> list[tuple[str, str]]:
    """For whom whoever asks may write: "" is all mailboxes, ALONE themselves."""
    texts = reader_of(here).texts
    alone = [(ALONE, texts.gettext("only me"))]
    if not may(here.viewer, Permission.TEMPLATES):
        return alone
    mine = [one for one in await all_mailboxes(db) if one.id in here.viewer.mailboxes]
    every = [("", texts.gettext("all mailboxes"))]
    named = [*((one.address, one.name) for one in mine), *alone]
    return [*every, *named] if here.viewer.role == Role.ADMIN else named


def _draft(form: TextForm) -> Draft:
    mailbox = "" if form.is_personal else form.mailbox
    fields = form.model_dump(include={"name", "language", "body", "title", "kind", "form"})
    return Draft(**fields, mailbox=mailbox, is_personal=form.is_personal)


def whose(found: Written) -> str:
    """Whose a text is, as its form says it."""
    return ALONE if found.is_personal else found.mailbox


def whose_names(here: Here, found: Sequence[Written]) -> dict[int, str]:
    """The same in words, by the number of the text."""
    texts = reader_of(here).texts
    alone, every = texts.gettext("only me"), texts.gettext("all mailboxes")
    return {one.template.id: alone if one.is_personal else one.mailbox or every for one in found}


def _preview(here: Here, form: TextForm) -> Preview:
    texts = reader_of(here).texts
    try:
        filled = fill(form.body, Form(form.form), _example(here, form), _said(form.language))
    except Unfilled as error:
        refusal = Invalid(Refusal.TEXT_UNFILLED, text=form.name, name=error.name)
        return Preview(Markup(), refusal.said(texts))
    except (Flawed, ValueError):
        return Preview(Markup(), Invalid(Refusal.UNUSABLE).said(texts))
    return Preview(_words(filled))


def _words(filled: Filled) -> Markup:
    # Markdown without HTML and pictures, in which all else is escaped; see approved.fill.
    return Markup(filled.html) if filled.html else as_words(filled.text)  # noqa: S704 - as said


def _example(here: Here, form: TextForm) -> Values:
    address = form.mailbox if "@" in form.mailbox else "support@example.org"
    return Values(
        customer="Pat Lee",
        agent=here.viewer.name,
        mailbox=address.partition("@")[0].title(),
        address=address,
        subject=_in(form.language).gettext("An example"),
    )


def _said(language: str) -> str:
    return _in(language).gettext("(Here stands what you have written.)")


def _in(language: str) -> gettext.NullTranslations:
    return translations(language if language in LANGUAGES else LANGUAGES[0])


def _is_same(found: Written, form: TextForm) -> bool:
    same = found.template.name.casefold() == form.name.casefold()
    return same and whose(found) == form.mailbox


def _fits(found: Written, wanted: list[str]) -> bool:
    said = " ".join((found.template.name, *(one.title for one in found.texts))).casefold()
    return all(word in said for word in wanted)
