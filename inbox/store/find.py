"""What one of us looks for by mail: articles and templates, and conversations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Text, and_, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import REGCONFIG

from inbox.approved.looking import patterns
from inbox.model.viewer import Viewer
from inbox.search.asked import marks
from inbox.search.marking import Piece, snippet
from inbox.store.approved import seen_by
from inbox.store.engine import Reader, Writer
from inbox.store.questions import question_of
from inbox.store.search import search
from inbox.store.tables import Template, TemplateText

MOST: Final = 5  # of each
_WAITS: Final = 2.0  # seconds: a mail takes longer on its way
_CONFIGS: Final = {"en": "english", "ru": "russian", "it": "italian", "de": "german"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundText:
    """An approved text that says something of it."""

    id: int
    kind: str
    name: str
    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundConversation:
    """A conversation that was found, with the words that say it."""

    id: int
    subject: str
    customer: str
    snippet: str


async def find_texts(
    db: Reader | Writer, viewer: Viewer, query: str, *, kind: str
) -> list[FoundText]:
    """Approved texts with all the words, in any of their forms, the best first."""
    wanted = patterns(query)
    if not wanted:
        return []
    config = cast(_config(), REGCONFIG)
    whole = func.concat_ws(" ", Template.name, TemplateText.title, TemplateText.body)
    vector = func.to_tsvector(config, whole)
    asked = func.plainto_tsquery(config, query[:200])
    has_all = and_(*(func.lower(whole).like(one) for one in wanted))
    in_own = (TemplateText.language == viewer.language).desc()
    named = func.lower(Template.name).like(wanted[0]).desc()
    rows = await db.execute(
        select(Template, TemplateText)
        .join(TemplateText, TemplateText.template_id == Template.id)
        .where(
            seen_by(viewer.mailboxes, viewer.id),
            Template.kind == kind,
            or_(vector.op("@@")(asked), has_all),
        )
        .order_by(named, func.ts_rank(vector, asked).desc(), in_own, Template.id)
        .limit(3 * MOST)
    )
    once: dict[int, FoundText] = {}
    for template, text in rows:
        found = FoundText(
            id=template.id, kind=kind, name=template.name, title=text.title, body=text.body
        )
        once.setdefault(template.id, found)
    return list(once.values())[:MOST]


async def find_conversations(
    db: Reader | Writer, viewer: Viewer, query: str, *, now: datetime, without: int = 0
) -> list[FoundConversation]:
    """Conversations that exist for this person in which it stands, the newest first.

    What they were drawn into exists for them as well: they read of it by mail.
    """
    question = await question_of(db, viewer, query, now=now)
    found = await search(
        db, viewer, question, now=now, limit=MOST, drawn_in=True, without=without, patience=_WAITS
    )
    what = marks(question)
    return [
        FoundConversation(
            id=one.listed.id,
            subject=one.listed.subject,
            customer=one.listed.customer,
            snippet=_plain(snippet(one.best.text, what)) if one.best else one.listed.snippet,
        )
        for one in found.items
    ]


def _plain(pieces: Iterable[Piece]) -> str:
    return "".join(one.text for one in pieces)


def _config() -> Any:
    return case(
        *(
            (TemplateText.language == code, cast(literal(name), Text))
            for code, name in _CONFIGS.items()
        ),
        else_=cast(literal("simple"), Text),
    )
