"""A page on which somebody writes a letter: what is kept of it, and what speaks against it."""

from __future__ import annotations

import gettext
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import Response

from inbox.asgi.deps import Here
from inbox.desk.doubts import AGAIN, NO_FILE, Doubtful
from inbox.desk.drafts import Typed
from inbox.desk.leaking import Leaking
from inbox.errors import Conflict, InboxError, Invalid
from inbox.notify.leaks import sentences
from inbox.store.drafts import DraftFileRow, Kept
from inbox.web.dates import When
from inbox.web.forms import KeptForm, LetterForm, WrittenForm
from inbox.web.pages import page, reader_of
from inbox.web.uploads import file_row, keep, kept_rows, read_uploads, signed_names
from inbox.web.writing import Tools

BY_SCRIPT: Final = "x-draft"  # the header of what a page saves by itself
_FIELDS: Final = ("to", "cc", "bcc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The form as it is, with what is kept of it."""

    key: str
    url: str  # where it is found again
    save_url: str
    tools: Tools | None = None
    is_markdown: bool = False
    used: list[int] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)  # file name, signed
    version: int = 0  # of the draft that is shown; 0 for none
    was: str = ""
    saved: When | None = None
    is_elsewhere: bool = False  # another page has saved a newer one
    leaks: list[str] = field(default_factory=list)
    named: str = ""  # the words that speak of a file which is not there
    again: str = ""  # the text that went out twice as it is
    told: list[str] = field(default_factory=list)
    fault: str = ""

    @property
    def is_doubted(self) -> bool:
        """Whether it goes only to somebody who has read why it should perhaps not."""
        return bool(self.leaks or self.named or self.again)

    @property
    def is_refused(self) -> bool:
        """Whether it shows what could not be done as it was asked for."""
        return self.is_doubted or bool(self.fault) or self.is_elsewhere


def objections(
    error: InboxError | None, told: Sequence[str], texts: gettext.NullTranslations
) -> dict[str, Any]:
    """Why something was not sent, and what its writer has been told by now."""
    leaks = error.leaks if isinstance(error, Leaking) else ()
    named = error.named if isinstance(error, Doubtful) else ""
    again = error.again if isinstance(error, Doubtful) else ""
    new = [name for name, found in ((NO_FILE, named), (AGAIN, again)) if found]
    said = (*told, *(one.key for one in leaks), *new)
    return {
        "leaks": sentences(leaks, texts),
        "named": "" if NO_FILE in told else named,
        "again": "" if AGAIN in told else again,
        "told": list(dict.fromkeys(said)),
        "fault": error.said(texts) if error and not leaks and not new else "",
    }


def typed(
    form: LetterForm,
    how: WrittenForm,
    files: Sequence[DraftFileRow],
    more: Mapping[str, Any],
    worth: Collection[str] = (),
) -> Typed:
    """What stands in a form, as a draft; `worth` names what of `more` is kept without words."""
    fields = {name: value for name in _FIELDS if (value := getattr(form, name))}
    return Typed(
        text=form.text,
        fields={**fields, **more, "markdown": how.markdown, "used": how.used},
        files=files,
        key=form.key,
        has_more=bool(fields) or any(more.get(one) for one in worth),
    )


def filled(kept: Kept, here: Here) -> dict[str, Any]:
    """What a page shows of a draft besides its fields."""
    return {
        "kept": signed_names(kept.files, here.house.secret),
        "version": kept.version,
        "is_markdown": bool(kept.fields.get("markdown")),
        "used": list(kept.fields.get("used", ())),
        "saved": reader_of(here).calendar.when(kept.updated_at),
    }


async def outcome_of(
    here: Here, form: KeptForm, save: Callable[[list[DraftFileRow]], Awaitable[int]]
) -> tuple[dict[str, Any], int]:
    """What became of saving what stands in a form, as its page shows it, and the status."""
    files: list[DraftFileRow] = []
    state: dict[str, Any] = {"version": form.version}
    status = 200
    try:
        files = await _files(here, form)
        version = await save(files)
        saved = reader_of(here).calendar.when(here.now) if version else None
        state = {"version": version, "saved": saved}
    except Conflict as error:
        status = error.http
        state |= {"is_elsewhere": True}
    except Invalid as error:
        status = error.http
        state |= {"fault": error.said(reader_of(here).texts)}
    return state | {"kept": signed_names(files, here.house.secret)}, status


def saved_part(here: Here, composer: object, url: str, save_url: str, status: int) -> Response:
    """The part of the page that says what is kept, for the script that has asked."""
    about = {"composer": composer, "url": url, "save_url": save_url}
    response = page(here, "draft.html", status, **about)
    response.headers[BY_SCRIPT] = "1"
    return response


async def _files(here: Here, form: KeptForm) -> list[DraftFileRow]:
    uploads = await read_uploads(here.request)
    async with here.house.database.write() as db:
        await keep(db, uploads, here.viewer.id, here.house.secret)
        return [
            *await kept_rows(db, form.kept, here.house.secret),
            *map(file_row, uploads),
        ]
