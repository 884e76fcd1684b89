"""The statements of a search: in which messages it stands, and what is shown of those.

Each is built once for a search and asked with other values: to write one down takes longer than
PostgreSQL takes for many of its answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Text,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, distinct_on

from inbox.model.viewer import Viewer
from inbox.search.back import Step
from inbox.store.engine import Reader, Writer
from inbox.store.found import Found, Place, found_row
from inbox.store.listed import listed
from inbox.store.said import says, stands, tsquery
from inbox.store.tables import Conversation, ConversationMailbox, File, Message, MessageWords

_COMPARED: Final = (
    5  # messages of a conversation, the newest that say it: the best of them is shown
)
_FEW: Final = 200  # conversations: so few are looked through one by one
_SOME: Final = 2_000  # conversations: of no more it is asked how many of them are meant
_SMALL: Final = 3_000  # messages: so few are looked through in some milliseconds, whatever is asked
_NEWEST: Final[Place] = (datetime.max.replace(tzinfo=UTC), 0)
_OLDEST: Final = datetime.min.replace(tzinfo=UTC)
_MOMENT, _IDS = DateTime(timezone=True), ARRAY(BigInteger)


@dataclass(frozen=True)
class Hits:
    """What one search asks of the database."""

    db: Reader | Writer
    viewer: Viewer
    being: Sequence[ColumnElement[bool]]  # what must be true of a conversation
    wanted: str  # what must stand in a message, and in none of a conversation
    never: str
    after: Place | None  # where this page begins
    floor: datetime | None
    ceiling: datetime | None
    most: int  # conversations at once
    mailboxes: Sequence[int] | None  # beyond which nothing exists for this person; None: it may

    async def newest(
        self,
        step: Step,
        below: Place | None,
        few: Sequence[int] | None,
    ) -> tuple[int, list[Any]]:
        """How many messages say it, and the newest such of each conversation, newest first.

        `few`: the only conversations that are meant, where there are so few that their messages are
        looked through one by one.
        """
        at, message_id = below or _NEWEST
        values: dict[str, Any] = {
            "begin": step.begin or self.floor or _OLDEST,
            "end": step.end,
            "below_at": at,
            "below_id": message_id,
        }
        asked = f"({self.wanted}) & ({step.tokens})" if step.tokens else self.wanted
        if few is not None:
            query, values["few"] = self._of_few, few
        else:
            query, values["asked"] = self._of_all, asked
        rows = list(await self.db.execute(query, values))
        return rows[0][0], sorted(
            ((row.id, row.at, row.message_id, row.compared) for row in rows if row.id is not None),
            key=lambda row: row[1:3],
            reverse=True,
        )

    async def read(self, places: Sequence[Any]) -> dict[int, Found]:
        """What is shown of these conversations; without those that earlier pages have shown."""
        values = {
            "conversations": [one[0] for one in places],
            "compared": [one for each in places for one in each[3]],
            "whose": [each[0] for each in places for _one in each[3]],
        }
        rows = await self.db.execute(self._shown, values)
        return {row.id: found_row(row) for row in rows}

    async def few(self, among: Sequence[int] | None = None) -> list[int] | None:
        """The conversations that are meant, where so few are that each can be looked through."""
        ids = select(Conversation.id).where(*self.being).limit(_FEW + 1)
        if among is not None:
            ids = ids.where(Conversation.id == func.any(cast(among, _IDS)))
        few = list(await self.db.scalars(ids))
        return few if len(few) <= _FEW else None

    async def within_reach(self) -> list[int] | None:
        """The conversations of this person's mailboxes, where those have not many."""
        if self.mailboxes is None:
            return None
        most = [
            select(column.label("id")).where(box.in_(self.mailboxes)).limit(_SOME + 1).subquery()
            for column, box in (
                (Conversation.id, Conversation.mailbox_id),
                (ConversationMailbox.conversation_id, ConversationMailbox.mailbox_id),
            )
        ]
        some = list(await self.db.scalars(union_all(*(select(one.c.id) for one in most))))
        return some if len(some) <= _SOME else None

    async def are_all_few(self) -> bool:
        """Whether this desk has so few messages that all of them are soon looked through."""
        some = select(MessageWords.message_id).limit(_SMALL + 1).subquery("some")
        number = await self.db.scalar(select(func.count()).select_from(some))
        return (number or 0) <= _SMALL

    @cached_property
    def _of_all(self) -> Any:
        asked: Any = bindparam("asked", type_=Text)
        return self._newest(MessageWords.words.op("@@")(tsquery(asked)))

    @cached_property
    def _of_few(self) -> Any:
        few = bindparam("few", type_=_IDS)
        theirs = select(Message.id).where(Message.conversation_id == func.any(few))
        said = MessageWords.message_id.in_(theirs) & stands(MessageWords, self.wanted)
        return self._newest(said)

    def _newest(self, said: ColumnElement[bool]) -> Any:
        at, message_id = (
            bindparam("below_at", type_=_MOMENT),
            bindparam("below_id", type_=BigInteger),
        )
        hits = (
            select(MessageWords.message_id, MessageWords.at)
            .where(
                said,
                MessageWords.at < bindparam("end", type_=_MOMENT),
                MessageWords.at >= bindparam("begin", type_=_MOMENT),
                tuple_(MessageWords.at, MessageWords.message_id) < tuple_(at, message_id),
            )
            .cte("hits")
        )
        order = (hits.c.at.desc(), hits.c.message_id.desc())
        ids = func.array_agg(aggregate_order_by(hits.c.message_id, *order), type_=_IDS)
        grouped = (
            select(
                Conversation.id,
                func.max(hits.c.at).label("at"),
                ids[1].label("message_id"),
                ids[1:_COMPARED].label("compared"),
            )
            .select_from(hits)
            .join(Message, Message.id == hits.c.message_id)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(*self.being)
            .group_by(Conversation.id)
        )
        newest = grouped.subquery("newest")
        some = (
            select(newest)
            .order_by(newest.c.at.desc(), newest.c.message_id.desc())
            .limit(self.most + 1)
            .subquery("some")
        )
        count = select(func.count()).select_from(hits).scalar_subquery()
        one = select(literal(1)).subquery("one")
        return select(count, some).select_from(one.outerjoin(some, true()))

    @cached_property
    def _shown(self) -> Any:
        best = self._best
        query = (
            listed(self.viewer.id)
            .add_columns(best)
            .join(best, best.c.best_conversation_id == Conversation.id)
            .where(Conversation.id == func.any(bindparam("conversations", type_=_IDS)), *self.being)
        )
        if self.after:
            query = query.where(~says(Conversation.id, self.wanted, self.after, self.ceiling))
        if self.never:
            query = query.where(~says(Conversation.id, self.never))
        return query

    @property
    def _best(self) -> Any:
        """Of the messages that are compared the one of each conversation that says most."""
        files = (
            select(func.array_agg(File.filename))
            .where(File.message_id == Message.id, File.aside.is_(False))
            .scalar_subquery()
        )
        pairs = func.unnest(bindparam("whose", type_=_IDS), bindparam("compared", type_=_IDS))
        compared = pairs.table_valued("whose", "message_id").render_derived(name="compared")
        rank = func.ts_rank(MessageWords.words, tsquery(self.wanted))
        # Only the best ones are read: the others would be five times as many.
        best = (
            select(MessageWords.message_id)
            .join(compared, compared.c.message_id == MessageWords.message_id)
            .ext(distinct_on(compared.c.whose))
            .order_by(compared.c.whose, rank.desc(), MessageWords.message_id.desc())
            .subquery("ranked")
        )
        return (
            select(
                Message.conversation_id.label("best_conversation_id"),
                Message.id.label("best_id"),
                Message.received_at.label("best_at"),
                Message.kind.label("best_kind"),
                Message.subject.label("best_subject"),
                Message.text.label("best_text"),
                Message.author_name.label("best_name"),
                Message.author_address.label("best_address"),
                files.label("best_files"),
            )
            .join(best, best.c.message_id == Message.id)
            .subquery("best")
        )
