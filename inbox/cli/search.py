"""`inbox search`: looks for words in everything that is kept, and keeps the index."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from inbox.cli.database import on_database
from inbox.cli.options import AsJson, Config, Misuse
from inbox.cli.output import show_rows

if TYPE_CHECKING:
    from inbox.settings import Settings
    from inbox.store.engine import Database

_COLUMNS = ("conversation", "at", "customer", "subject", "snippet")


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            help="What is looked for, such as: from:jane refund after:2026-10. "
            "`reindex` alone makes the index anew.",
            show_default=False,
        ),
    ],
    agent: Annotated[
        str, typer.Option("--as", help="As this person finds it; otherwise in all mailboxes.")
    ] = "",
    as_json: AsJson = False,
    config: Config = None,
) -> None:
    """Find conversations by words, people, files, dates, states; `search reindex` starts anew."""
    if words == ["reindex"]:
        on_database(config, lambda database, _settings: _reindex(database))
        return

    async def work(database: Database, _settings: Settings) -> None:
        await _search(database, " ".join(words), agent, as_json=as_json)

    on_database(config, work)


async def _search(database: Database, typed: str, agent: str, *, as_json: bool) -> None:
    from gettext import NullTranslations

    from inbox.cli.seeing import seen_by
    from inbox.clock import utcnow
    from inbox.search.asked import marks
    from inbox.search.marking import snippet
    from inbox.search.telling import sentences
    from inbox.store.questions import question_of
    from inbox.store.search import search as look
    from inbox.store.words import left

    now = utcnow()
    async with database.read() as db:
        viewer = await seen_by(db, agent)
        question = await question_of(db, viewer, typed, now=now)
        if question.is_empty and not question.misunderstood:
            raise Misuse("nothing to look for")
        found = await look(db, viewer, question, now=now, patience=10.0)
        missing = await left(db)
    what = marks(question)
    rows: list[dict[str, Any]] = [
        {
            "conversation": one.listed.id,
            "message": one.best.id if one.best else None,
            "at": one.best.at if one.best else one.listed.last_message_at,
            "customer": one.listed.customer,
            "subject": one.listed.subject,
            "snippet": "".join(piece.text for piece in snippet(one.best.text, what, length=80))
            if one.best
            else one.listed.snippet,
        }
        for one in found.items
    ]
    show_rows(rows, _COLUMNS, as_json=as_json, empty="nothing was found")
    for sentence in sentences(question, NullTranslations()):
        sys.stderr.write(f"inbox: {sentence}\n")
    if missing:
        sys.stderr.write(f"inbox: {missing} messages are not in the index yet\n")


async def _reindex(database: Database) -> None:
    from inbox.clock import utcnow
    from inbox.store.words import begin_again, index_some, left

    now: datetime = utcnow()
    async with database.write() as db:
        await begin_again(db, now=now)
        length = await left(db)
    hidden = not sys.stderr.isatty()
    done = 0
    with typer.progressbar(length=length, label="index", file=sys.stderr, hidden=hidden) as bar:
        while True:
            async with database.write() as db:
                some = await index_some(db, now=utcnow())
            if not some:
                break
            done += some
            bar.update(some)
    sys.stdout.write(f"{done} messages are in the index\n")
