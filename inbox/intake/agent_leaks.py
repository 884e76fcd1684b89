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
_READABLE: Final = (_MAIL, "text/")
_LARGEST: Final = 256 * 1024  # octets of a file


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
    return (
        file.part is not None and file.size <= _LARGEST and file.content_type.startswith(_READABLE)
    )


def _attached(raw: bytes, files: Sequence[AnswerFile]) -> list[str]:
    """What attached mails and texts say; somebody may attach the very notice that they answer."""
    return [_words(file, leaf_bytes(raw, file.part or 0)) for file in files if _is_read(file)]


def _words(file: AnswerFile, content: bytes) -> str:
    if not file.content_type.startswith(_MAIL):
        content = f"Content-Type: {file.content_type}; charset=utf-8\r\n\r\n".encode() + content
    return parse(content).text
