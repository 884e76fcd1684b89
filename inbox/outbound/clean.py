"""Files on their way out, without our tokens: people attach the very notice that they answer.

Whoever has a token may speak in somebody's name, so that nobody can let one go, not even who was
asked. A text is sent without them; of a mail, in which they stand in many forms, its words are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from inbox.mail.compose import OutgoingFile
from inbox.mail.parse import parse

_MAIL: Final = "message/"
_MAIL_NAME: Final = ".eml"
_TEXT: Final = "text/"
_FIELDS: Final = ("From", "To", "Date", "Subject")

Safe = Callable[[str], str]


def without_tokens(files: Iterable[OutgoingFile], safe: Safe) -> tuple[OutgoingFile, ...]:
    """The files as they may leave; `safe` takes out of a text what must not. Pure, never raises."""
    return tuple(_cleaned(one, safe) for one in files)


def _cleaned(file: OutgoingFile, safe: Safe) -> OutgoingFile:
    if file.content_type.startswith(_MAIL) or file.filename.lower().endswith(_MAIL_NAME):
        return _mail(file, safe)
    if file.content_type.startswith(_TEXT):
        # As Latin-1 every octet comes back as it was.
        text = file.content.decode("latin-1")
        return replace(file, content=safe(text).encode("latin-1", "replace"))
    return file


def _mail(file: OutgoingFile, safe: Safe) -> OutgoingFile:
    raw, mail = file.content.decode("latin-1"), parse(file.content)
    # In base64, or broken over two lines, a token is seen only where the mail is read.
    if not any(safe(one) != one for one in (raw, mail.text, mail.html or "")):
        return file
    head = "\n".join(f"{name}: {value}" for name in _FIELDS if (value := mail.header(name)))
    return OutgoingFile(
        filename=f"{file.filename.removesuffix(_MAIL_NAME) or 'mail'}.txt",
        content_type="text/plain",
        content=safe(f"{head}\n\n{mail.text}\n").encode(),
    )
