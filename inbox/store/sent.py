"""What we sent, by the ids and people of the mails that answer it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.sql.expression import or_

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Outbound

_MOST_IDS = 5
_REPLIES = Statement("""
select said.text, outbound.draft->>'signature' as signature,
       answered.text as answered, answered.quoted
  from outbound
  join message said on said.id = outbound.message_id
  left join message answered on answered.id = cast(outbound.draft->>'answers' as bigint)
 where outbound.header_id = any(cast(:ids as text[])) and outbound.kind = 'reply'
""")


async def texts_of_replies(db: Reader | Writer, ids: Sequence[str]) -> tuple[str, ...]:
    """The texts of our answers with these ids: words, signature, and what they quoted."""
    rows = await _REPLIES.rows(db, ids=list(ids[:_MOST_IDS]))
    return tuple(text for row in rows for text in tuple(row) if text)


async def notice_to(
    db: Reader | Writer, agent_id: int, ids: Sequence[str], conversation_id: int
) -> Outbound | None:
    """The notice with one of these ids that went to one of us, else their last one there."""
    named = Outbound.header_id.in_(ids[:_MOST_IDS])
    return (
        await db.scalars(
            select(Outbound)
            .where(
                Outbound.agent_id == agent_id,
                Outbound.kind == "notice",
                or_(named, Outbound.conversation_id == conversation_id),
            )
            .order_by(named.desc(), Outbound.id.desc())
            .limit(1)
        )
    ).one_or_none()
