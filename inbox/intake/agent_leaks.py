"""The last look at an answer by mail, before it is said: nothing of it may be only for us."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.leaking import leaks_in
from inbox.desk.rich import rich_words
from inbox.leaks.guard import Leak
from inbox.mail.parse import parse
from inbox.mail.parts import leaf_bytes
from inbox.store.engine import Writer
from inbox.store.raw import raw_of
from inbox.store.tables import Agent

_MAIL: Final = "message/rfc822"
# By their names, for some programs say nothing of a file but that it is one.
_MAILS: Final = (".eml",)
_TEXTS: Final = (".txt", ".htm", ".html", ".ics", ".vcf", ".csv", ".log", ".md")
_LARGEST_MAIL: Final = 32 << 20  # octets: a notice has pictures and files in it
_LARGEST_TEXT: Final = 256 << 10  # octets of a text that are looked at


class Leaking(Exception):
    """An answer says what is only for us."""

    def __init__(self, leaks: tuple[Leak, ...]) -> None:
        super().__init__()
        self.leaks = leaks


async def refuse_leaks(
    db: Writer, conversation_id: int, answer: Answer, agent: Agent, *, asked: str = ""
) -> None:
    """Raises Leaking for an answer that must not leave before its writer has seen why.

    `asked`: the address of somebody outside to whom it goes instead of the customer.
    """
    if leaks := await leaks_of(db, conversation_id, answer, agent, asked=asked):
        raise Leaking(leaks)


async def leaks_of(
    db: Writer, conversation_id: int, answer: Answer, agent: Agent, *, asked: str = ""
) -> tuple[Leak, ...]:
    """What of the answer is only for us: in its words, in the HTML that leaves with them, and in
    mails and texts that are attached to it.
    """
    kept = await raw_of(db, answer.spool_id)
    is_whole = answer.has_html or any(map(_is_read, answer.files))
    raw = await kept.read() if kept and is_whole else b""
    part = await asyncio.to_thread(rich_words, raw, answer.text) if answer.has_html else None
    attached = await asyncio.to_thread(_attached, raw, answer.files)
    text = "\n\n".join((answer.text, *attached))
    return await leaks_in(
        db, conversation_id, text, part.html if part else None, by=agent, asked=asked
    )


def _is_read(file: AnswerFile) -> bool:
    return file.part is not None and (_is_mail(file) or _is_text(file))


def _is_mail(file: AnswerFile) -> bool:
    named = file.filename.lower().endswith(_MAILS)
    return (named or file.content_type.startswith(_MAIL)) and file.size <= _LARGEST_MAIL


def _is_text(file: AnswerFile) -> bool:
    return file.content_type.startswith("text/") or file.filename.lower().endswith(_TEXTS)


def _attached(raw: bytes, files: Sequence[AnswerFile]) -> list[str]:
    """What attached mails and texts say; somebody may attach the very notice that they answer.

    Mails first: not everything is compared, and it is mails that say what is only for us.
    """
    read = sorted(filter(_is_read, files), key=lambda file: not _is_mail(file))
    return [_words(file, leaf_bytes(raw, file.part or 0)) for file in read]


def _words(file: AnswerFile, content: bytes) -> str:
    if not _is_mail(file):
        is_text = file.content_type.startswith("text/")
        is_html = file.filename.lower().endswith((".htm", ".html"))
        kind = file.content_type if is_text else "text/html" if is_html else "text/plain"
        content = f"Content-Type: {kind}; charset=utf-8\r\n\r\n".encode() + content[:_LARGEST_TEXT]
    return parse(content).text
