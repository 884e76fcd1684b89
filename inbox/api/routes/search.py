"""The search: conversations in which words stand, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from inbox.api.bearer import allow
from inbox.api.routes.conversations import Cursor
from inbox.api.shapes import ConversationOut
from inbox.asgi.deps import HereNow
from inbox.asgi.paging import read_cursor, write_cursor
from inbox.auth.permissions import Permission
from inbox.i18n import translations
from inbox.search.asked import Marks, marks
from inbox.search.marking import Piece, marked, snippet
from inbox.search.telling import sentence
from inbox.search.tokens import LONGEST
from inbox.search.tree import Misunderstood
from inbox.store.found import Best, Found
from inbox.store.questions import question_of
from inbox.store.search import search

router = APIRouter(tags=["conversations"])
Read = allow(Permission.READ)
_MOST = 10 * LONGEST


class MarkedOut(BaseModel):
    """A text with the places at which words that were looked for stand."""

    text: str
    marks: list[tuple[int, int]] = Field(description="Begin and end of each, in characters")

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> MarkedOut:
        text, places = "", []
        for one in pieces:
            if one.is_hit:
                places.append((len(text), len(text) + len(one.text)))
            text += one.text
        return cls(text=text, marks=places)


class MatchOut(BaseModel):
    """The message of a conversation that says most of what is looked for."""

    message: int
    kind: str
    author: str
    received_at: datetime
    subject: MarkedOut
    snippet: MarkedOut
    files: list[str]

    @classmethod
    def of(cls, best: Best, what: Marks) -> MatchOut:
        return cls(
            message=best.id,
            kind=best.kind,
            author=best.author,
            received_at=best.at,
            subject=MarkedOut.of(marked(best.subject, what)),
            snippet=MarkedOut.of(snippet(best.text, what)),
            files=list(best.files),
        )


class FoundOut(BaseModel):
    """A conversation that was found."""

    conversation: ConversationOut
    match: MatchOut | None = Field(description="Null where no words were asked for")

    @classmethod
    def of(cls, found: Found, what: Marks) -> FoundOut:
        return cls(
            conversation=ConversationOut.of(found.listed),
            match=MatchOut.of(found.best, what) if found.best else None,
        )


class MissedOut(BaseModel):
    """A part of the question that was not understood; the rest was looked for."""

    said: str
    why: str = Field(
        description="date, person, mailbox, state, part (behind `has:`), nothing (behind the "
        "colon), operator (close to one), quote (not closed), long"
    )
    detail: str

    @classmethod
    def of(cls, missed: Misunderstood, language: str) -> MissedOut:
        return cls(
            said=missed.said,
            why=missed.why.value,
            detail=sentence(missed, translations(language)),
        )


class SearchOut(BaseModel):
    """A part of what was found, the newest match first."""

    items: list[FoundOut]
    next: str | None = Field(description="The `cursor` of the part after this one; null at the end")
    searched_until: datetime | None = Field(
        description="How far back the search came before it took too long; `next` goes on there"
    )
    left_out: list[str] = Field(description="Small words that were not looked for")
    not_understood: list[MissedOut]


@router.get("/search", dependencies=[Read])
async def search_conversations(
    here: HereNow,
    q: Annotated[
        str, Query(max_length=_MOST, description="Words and operators (docs/search.md)")
    ] = "",
    cursor: Cursor = "",
) -> SearchOut:
    """Conversations in which it stands. What is not understood is named and left out."""
    async with here.house.database.read() as db:
        question = await question_of(db, here.viewer, q, now=here.now)
        found = await search(db, here.viewer, question, now=here.now, after=read_cursor(cursor))
    what = marks(question)
    return SearchOut(
        items=[FoundOut.of(one, what) for one in found.items],
        next=write_cursor(*found.next) if found.next else None,
        searched_until=found.until,
        left_out=list(question.left_out),
        not_understood=[MissedOut.of(one, here.viewer.language) for one in question.misunderstood],
    )
