"""The last look at an answer by mail, before it is said: nothing of it may be only for us."""

from __future__ import annotations

import asyncio

from inbox.desk.answer import Answer
from inbox.desk.leaking import leaks_in
from inbox.desk.rich import rich_words
from inbox.leaks.guard import Leak
from inbox.store.engine import Writer
from inbox.store.raw import raw_of
from inbox.store.tables import Agent


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
    """What of the answer is only for us, in its words and in the HTML that leaves with them."""
    html = None
    if answer.has_html and answer.spool_id is not None:
        raw = await raw_of(db, answer.spool_id)
        part = await asyncio.to_thread(rich_words, await raw.read(), answer.text) if raw else None
        html = part.html if part else None
    return await leaks_in(db, conversation_id, answer.text, html, by=agent, asked=asked)
