"""Approved texts out of files: NAME.LANGUAGE.txt and NAME.LANGUAGE.md."""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Final

from inbox.desk.templates import Draft, keep_text
from inbox.errors import Invalid
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.tables import Agent

FORMS: Final = {".md": "markdown", ".txt": "plain"}


class FlawedFile(Invalid):
    """What a file holds cannot be kept."""

    def __init__(self, *, file: str, error: Invalid) -> None:
        """The file, and what is wrong with its words."""
        self.file = file
        super().__init__(error.refusal or error.public, **error.about)

    def said(self, texts: gettext.NullTranslations) -> str:
        """What a person may hear of it, in the language of `texts`."""
        return f"{self.file}: {super().said(texts)}"


async def keep_files(
    db: Writer,
    files: Sequence[tuple[str, str]],
    *,
    mailbox: str,
    kind: str,
    is_personal: bool = False,
    now: datetime,
    by: Agent | None = None,
) -> int:
    """Keep every one of these files (name, words), or none: how many there are.

    Raises FlawedFile for the first that cannot be kept, Invalid for one with another name.
    """
    for filename, body in files:
        path = PurePath(filename)
        name, _, language = path.stem.rpartition(".")
        if path.suffix not in FORMS:
            raise Invalid(Refusal.TEXT_FILE, file=filename)
        draft = Draft(
            name=name.replace("-", " ").replace("_", " "),
            language=language,
            body=body,
            kind=kind,
            form=FORMS[path.suffix],
            mailbox=mailbox,
            is_personal=is_personal,
        )
        try:
            await keep_text(db, draft, now=now, by=by)
        except Invalid as error:
            raise FlawedFile(file=filename, error=error) from error
    return len(files)
