"""The last look at an answer by mail, before it is said: nothing of it may be only for us."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from inbox.desk.answer import Answer, AnswerFile
from inbox.desk.leaking import leaks_in, refuse, words_in_files
from inbox.desk.rich import rich_words
from inbox.leaks.attached import Attached
from inbox.leaks.guard import Leak
from inbox.mail.parts import leaf_bytes
from inbox.settings import Settings
from inbox.store.engine import Writer
from inbox.store.raw import raw_of
from inbox.store.tables import Agent


async def refuse_leaks(
    db: Writer,
    conversation_id: int,
    answer: Answer,
    agent: Agent,
    settings: Settings,
    *,
    asked: str = "",
) -> None:
    """Raises Leaking for an answer that must not leave before its writer has seen why.

    `asked`: the address of somebody outside to whom it goes instead of the customer.
    """
    refuse(await leaks_of(db, conversation_id, answer, agent, settings, asked=asked))


async def leaks_of(
    db: Writer,
    conversation_id: int,
    answer: Answer,
    agent: Agent,
    settings: Settings,
    *,
    asked: str = "",
) -> tuple[Leak, ...]:
    """What of the answer is only for us: in its words, in the HTML that leaves with them, and in
    the files that are attached; somebody may attach the very notice that they answer.
    """
    kept = await raw_of(db, answer.spool_id)
    is_whole = answer.has_html or any(one.part is not None for one in answer.files)
    raw = await kept.read() if kept and is_whole else b""
    part = await asyncio.to_thread(rich_words, raw, answer.text) if answer.has_html else None
    files = await asyncio.to_thread(_attached, raw, answer.files)
    return await leaks_in(
        db,
        conversation_id,
        answer.text,
        part.html if part else None,
        in_files=await words_in_files(db, conversation_id, files, by=agent, asked=asked),
        by=agent,
        asked=asked,
        own_domains=settings.own_domains,
    )


def _attached(raw: bytes, files: Sequence[AnswerFile]) -> list[Attached]:
    return [
        Attached(one.filename, one.content_type, leaf_bytes(raw, one.part))
        for one in files
        if one.part is not None
    ]
