"""What one of us typed → the answer as it goes out: its text, its HTML, its pictures in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.entry import storable
from inbox.mail.markdown import write
from inbox.mail.pictures import picture_type

Words = TypeVar("Words", bound=Answer)


def worded(typed: Words, *, is_markdown: bool) -> Words:
    """The answer in the form in which it was typed; a picture that its words name stands there.

    Whether a file is a picture its bytes say: what browsers would run is none.
    """
    pictures = _pictures(typed.files)
    made = write(storable(typed.text), pictures, is_markdown=is_markdown)
    if not made.html:
        return typed
    return replace(
        typed,
        text=made.text,
        html=made.html,
        source=typed.text,
        is_markdown=is_markdown,
        files=tuple(_placed(one, pictures, made.pictures) for one in typed.files),
    )


def noted(text: str, files: Sequence[AnswerFile]) -> str:
    """The words of a comment, to which its pictures are attached."""
    return write(storable(text), _pictures(files), is_markdown=False).text


def _pictures(files: Sequence[AnswerFile]) -> dict[str, str]:
    """By name the Content-ID of each picture; of two with one name the first is meant."""
    found: dict[str, str] = {}
    for one in files:
        if one.content and picture_type(one.content):
            found.setdefault(one.filename, f"{one.sha256.hex()[:32]}@inline")
    return found


def _placed(file: AnswerFile, pictures: dict[str, str], shown: frozenset[str]) -> AnswerFile:
    content_id = pictures.get(file.filename, "")
    if content_id not in shown or not content_id.startswith(file.sha256.hex()[:32]):
        return file
    kind = picture_type(file.content or b"")
    return replace(file, content_type=kind, content_id=content_id, inline=True)
