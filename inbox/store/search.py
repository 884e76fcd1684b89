"""The search: conversations that exist for a person in which words stand, newest message first.

A search goes back in time step by step (`search.back`) until a page is full or it has taken long
enough; it says how far it has come, and goes on from there. Who may see a conversation, and where a
message is, is read from the conversation and the message themselves, at this moment.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, text, tuple_

from inbox.model.viewer import Viewer
from inbox.search.asked import forbidden, wanted
from inbox.search.back import Step, first, further
from inbox.search.tree import Question
from inbox.search.vocabulary import Operator
from inbox.store.conversations import PAGE
from inbox.store.engine import Reader, Writer, one_transaction
from inbox.store.found import Found, Place, Results
from inbox.store.hits import Hits
from inbox.store.listed import listed, listed_row
from inbox.store.matching import conditions
from inbox.store.said import says
from inbox.store.tables import Conversation

PATIENCE_S: Final = 0.10  # then what is found is shown
_MANY: Final = 4_000  # messages found in vain, after which it is asked whether there are so few
_SOME_IN_VAIN: Final = 150  # messages found, and most of them not meant: it is asked whose they are
_SELDOM: Final = 10  # messages for each conversation that is shown
_COSTLY: Final = 500  # messages found in a step: the next one takes as long
_LONGER: Final = 1.8  # times the patience, where steps find less
_ASKING_S: Final = 0.005  # of each step, however short it is
_MARGIN: Final = 2  # times as many messages are asked for as would do
_TOMORROW: Final = timedelta(days=1)
_NARROW: Final = frozenset({Operator.TAG, Operator.CUSTOMER, Operator.ASSIGNED})
# A planner that thinks a word common reads whole tables; a few rows of each are wanted here. What
# is found lies all over the disk: it is asked for ahead, unless the server cannot or shall not (0).
_PLANS = text("""
select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true),
       set_config('plan_cache_mode', 'force_custom_plan', true),
       set_config('max_parallel_workers_per_gather', '0', true),
       set_config('effective_io_concurrency',
                  case when ahead = 0 then '0' else greatest(ahead, 64)::text end, true)
  from (select cast(current_setting('effective_io_concurrency') as int) as ahead) as kept
""")


async def search(
    db: Reader | Writer,
    viewer: Viewer,
    question: Question,
    *,
    now: datetime,
    after: Place | None = None,
    limit: int = PAGE,
    drawn_in: bool = False,
    without: int = 0,
    patience: float = PATIENCE_S,
) -> Results:
    """Up to `limit` conversations; none where nothing is asked for or understood."""
    if question.is_empty:
        return Results()
    being = await conditions(db, viewer, question, now=now, drawn_in=drawn_in, without=without)
    if not question.has_words:
        return await _list(db, viewer, question, being, after, limit)
    async with one_transaction(db):
        await db.execute(_PLANS)
        return await _Hunt(db, viewer, question, being, after, limit, patience, drawn_in).run(now)


async def count_found(
    db: Reader | Writer,
    viewer: Viewer,
    question: Question,
    *,
    now: datetime,
    most: int,
    patience: float,
) -> tuple[int, bool]:
    """How many conversations, no further than `most`, and whether there may be more.

    Words are counted as far back as a search with this patience comes.
    """
    if question.has_words:
        found = await search(db, viewer, question, now=now, limit=most, patience=patience)
        return len(found.items), found.next is not None
    if question.is_empty:
        return 0, False
    being = await conditions(db, viewer, question, now=now)
    few = _without_words(question, being).limit(most).subquery("few")
    number = await db.scalar(select(func.count()).select_from(few)) or 0
    return number, number >= most


def _without_words(question: Question, being: Sequence[ColumnElement[bool]]) -> Any:
    """The conversations of a question that asks for no words that must stand in them."""
    query = select(Conversation.id).where(*being)
    if question.after:
        query = query.where(Conversation.last_message_at >= question.after)
    if question.before:
        query = query.where(Conversation.created_at < question.before)
    if never := forbidden(question):
        query = query.where(~says(Conversation.id, never))
    return query


async def _list(
    db: Reader | Writer,
    viewer: Viewer,
    question: Question,
    being: Sequence[ColumnElement[bool]],
    after: Place | None,
    limit: int,
) -> Results:
    place = tuple_(Conversation.last_message_at, Conversation.id)
    order = (Conversation.last_message_at.desc(), Conversation.id.desc())
    query = _without_words(question, being)
    if after:
        query = query.where(place < tuple_(*after))
    newest = query.order_by(*order).limit(limit + 1).subquery("newest")
    shown = listed(viewer.id).join(newest, newest.c.id == Conversation.id).order_by(*order)
    rows = [listed_row(row) for row in (await db.execute(shown)).mappings()]
    last = rows[limit - 1] if len(rows) > limit else None
    return Results(
        items=[Found(listed=one) for one in rows[:limit]],
        next=(last.last_message_at, last.id) if last else None,
    )


class _Hunt:
    """One search for words, on its way back."""

    def __init__(
        self,
        db: Reader | Writer,
        viewer: Viewer,
        question: Question,
        being: Sequence[ColumnElement[bool]],
        after: Place | None,
        limit: int,
        patience: float,
        drawn_in: bool,
    ) -> None:
        self._begun, self._patience = time.monotonic(), patience
        self._db, self._being = db, being
        # A conversation in which it stands that must not is left out as a whole, further below: the
        # index would read all places of such a word, and it may stand in every mail.
        must = tuple(one for one in question.clauses if not one.is_not)
        self._hits = Hits(
            db=db,
            viewer=viewer,
            being=being,
            wanted=wanted(replace(question, clauses=must)),
            never=forbidden(question),
            after=after,
            floor=question.after,
            ceiling=question.before,
            most=2 * limit,
            mailboxes=None if drawn_in else tuple(viewer.mailboxes),
        )
        self._after, self._limit = after, limit
        self._floor, self._ceiling = question.after, question.before
        self._is_narrow = any(
            not one.is_not and all(way.operator in _NARROW for way in one.ways)
            for one in question.filters
        )
        self._seen: set[int] = set()
        self._few: list[int] | None = None
        self._is_few_known = self._is_reach_known = False
        self._found: list[Found] = []
        self._in_vain = 0
        self._last: Place = after or (datetime.max.replace(tzinfo=UTC), 0)

    async def run(self, now: datetime) -> Results:
        step: Step | None = first(self._end(now), self._floor)
        if step and self._is_narrow and await self._are_few():
            step = Step(None, step.end)
        while step:
            begun = time.monotonic()
            count, results = await self._whole(step)
            if results:
                return results
            self._in_vain += count
            took = time.monotonic() - begun
            begin, step = step.begin, self._further(step, count, took)
            if step and await self._are_few():
                step = Step(None, step.end)
            elif begin and step and self._left(count) <= 0 and (count or took > PATIENCE_S):
                # A machine that is busy is slow at once; a small desk is searched whole even so.
                if not await self._hits.are_all_few():
                    return Results(items=self._found, next=(begin, 0), until=begin)
                step = Step(None, step.end)
        return Results(items=self._found)

    def _further(self, step: Step, count: int, took: float) -> Step | None:
        """The next step: so long that it is likely to end in time."""
        room = self._left(count) / max(_ASKING_S, took - _ASKING_S)
        return further(step, count, self._floor, enough=self._enough(), room=room)

    def _enough(self) -> int:
        """So many more messages are likely to fill the page, by what came of those found so far."""
        missing = _MARGIN * (self._limit - len(self._found))
        return missing * self._in_vain // max(1, len(self._found))

    def _left(self, count: int) -> float:
        """Seconds, behind a step that found so much: where that is little the next costs little."""
        patience = self._patience * (1 if count > _COSTLY else _LONGER)
        return self._begun + patience - time.monotonic()

    def _end(self, now: datetime) -> datetime:
        ends = [now + _TOMORROW]
        if self._after:
            ends.append(self._after[0] + timedelta(microseconds=1))
        if self._ceiling:
            ends.append(self._ceiling)
        return min(ends)

    async def _whole(self, step: Step) -> tuple[int, Results | None]:
        """How many messages of a step say it; the page, if it is full or took long."""
        below, total = self._after, 0
        while True:
            count, places = await self._hits.newest(step, below, self._few)
            total = total or count
            if full := await self._take(places):
                return total, Results(items=self._found, next=full)
            if len(places) <= self._hits.most:
                return total, None
            below = places[self._hits.most - 1][1:3]
            if time.monotonic() > self._begun + self._patience:
                return total, Results(items=self._found, next=below, until=below[0])

    async def _are_few(self) -> bool:
        """Whether so few conversations can be meant that each is looked through; asked once."""
        if not self._is_few_known and (self._is_narrow or self._in_vain > _MANY):
            self._is_few_known, self._few = True, await self._hits.few()
        elif self._is_in_vain and not self._is_reach_known:
            self._is_reach_known = True
            if (some := await self._hits.within_reach()) is not None:
                self._is_few_known, self._few = True, await self._hits.few(some)
        return self._few is not None

    @property
    def _is_in_vain(self) -> bool:
        """Whether most of what says it is not meant."""
        return self._in_vain > max(_SOME_IN_VAIN, _SELDOM * len(self._found))

    async def _take(self, places: Sequence[Any]) -> Place | None:
        """Keep what is to be shown; where the next page begins, if this one is full."""
        fresh = [one for one in places[: self._hits.most] if one[0] not in self._seen]
        self._seen.update(one[0] for one in fresh)
        for start in range(0, len(fresh), self._limit):
            if len(self._found) >= self._limit:
                return self._last
            some = fresh[start : start + self._limit]
            shown = await self._hits.read(some)
            for conversation_id, at, message_id, _compared in some:
                if len(self._found) >= self._limit:
                    return self._last
                self._last = (at, message_id)
                if conversation_id in shown:
                    self._found.append(shown[conversation_id])
        return None
