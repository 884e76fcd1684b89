"""What we sent, by the ids and people of the mails that answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.sql.expression import and_, or_

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement
from inbox.store.tables import Outbound

_MOST_IDS = 5
_MOST_SAID = 50  # mails of a conversation, and as many of what we sent
_OUTSIDE = ("reply", "forward", "confirmation", "satisfaction", "ruled", "moved")
_SAID = ("reply", "ruled")  # whose words are an entry of the conversation
_NAMED = and_(
    Outbound.header_id.in_(bindparam("ids", expanding=True)), Outbound.kind.not_in(_OUTSIDE)
)
_LAST = and_(Outbound.conversation_id == bindparam("conversation_id"), Outbound.kind == "notice")
_TO_ONE = (
    select(Outbound)
    .where(Outbound.agent_id == bindparam("agent_id"), or_(_NAMED, _LAST))
    .order_by(_NAMED.desc(), Outbound.id.desc())
    .limit(1)
)
_MAILS = Statement("""
select outbound.kind, outbound.draft, said.text,
       answered.text as answered, answered.quoted
  from outbound
  left join message said on said.id = outbound.message_id and outbound.kind in ('reply', 'ruled')
  left join message answered on answered.id = cast(outbound.draft->>'answers' as bigint)
 where outbound.header_id = any(cast(:ids as text[]))
   and outbound.kind in ('reply', 'ruled', 'confirmation', 'correction', 'reminder', 'closed')
""")
# All that has been said in a conversation, the newest first.
_TOLD = ("confirmation", "correction", "reminder", "closed", "moved", "satisfaction")
_SAID_THERE = Statement(f"""
(select null as kind, jsonb_build_object() as draft, text, quoted from message
  where conversation_id = :id and visibility = 'public'
  order by received_at desc, id desc limit {_MOST_SAID})
union all
(select kind, draft, '', '' from outbound
  where conversation_id = :id and kind in ({", ".join(f"'{one}'" for one in (*_SAID, *_TOLD))})
  order by id desc limit {_MOST_SAID})
""")  # noqa: S608 - constants


# Kinds that tell somebody of us something, and are about no conversation.
UNREAD = (
    *("account", "broken_rule", "flood", "invitation", "sign_in", "trial"),
    *("stopped_clocks", "unreachable", "unread"),
)
_UNREAD = Statement(f"""
select outbound.kind, mailbox.id as mailbox_id, mailbox.address
  from outbound join mailbox on mailbox.id = outbound.mailbox_id
 where header_id = any(cast(:ids as text[])) and outbound.conversation_id is null
   and kind in ({", ".join(f"'{one}'" for one in UNREAD)})
 order by array_position(cast(:ids as text[]), header_id)
 limit 1
""")  # noqa: S608 - constants


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTexts:
    """What our mails to a customer said: `ours`, and what they quoted of the customer's."""

    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    # Of what the inbox itself wrote: its kind, and what its words are made of.
    told: tuple[tuple[str, Mapping[str, Any]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A mail of ours to which nobody reads answers: its kind, and from which mailbox it came."""

    kind: str
    mailbox_id: int
    address: str


async def unread_mail(db: Reader | Writer, ids: Sequence[str]) -> Unread | None:
    """The first of our mails with these ids to which nobody reads answers."""
    rows = await _UNREAD.rows(db, ids=list(ids[:_MOST_IDS]))
    return Unread(**rows[0]) if rows else None


async def texts_sent(db: Reader | Writer, ids: Sequence[str]) -> SentTexts:
    """The texts of our answers with these ids, and what the inbox itself wrote; one question."""
    rows = await _MAILS.rows(db, ids=list(ids[:_MOST_IDS]))
    replies = [row for row in rows if row["kind"] in _SAID]
    ours = [text for row in replies for text in (row["text"], row["draft"].get("signature"))]
    theirs = [text for row in replies for text in (row["answered"], row["quoted"])]
    return SentTexts(
        ours=tuple(filter(None, ours)),
        theirs=tuple(filter(None, theirs)),
        told=tuple((row["kind"], row["draft"]) for row in rows if row["kind"] not in _SAID),
    )


async def texts_said(db: Reader | Writer, conversation_id: int) -> SentTexts:
    """All that customers can read in a conversation: what they wrote and quoted, what we signed
    with, and what the inbox itself told them.
    """
    rows = await _SAID_THERE.rows(db, id=conversation_id)
    mails = [row for row in rows if row["kind"] is None]
    sent = [row for row in rows if row["kind"] in _SAID]
    signed = [row["draft"].get("signature") or row["draft"].get("footer") for row in sent]
    return SentTexts(
        ours=tuple(dict.fromkeys(filter(None, signed))),
        theirs=tuple(text for row in mails for text in (row["text"], row["quoted"]) if text),
        told=tuple((row["kind"], row["draft"]) for row in rows if row["kind"] in _TOLD),
    )


async def mail_to(
    db: Reader | Writer, agent_id: int, ids: Sequence[str], conversation_id: int
) -> Outbound | None:
    """The mail with one of these ids that went to one of us, else their last notice there."""
    values = {
        "agent_id": agent_id,
        "ids": list(ids[:_MOST_IDS]),
        "conversation_id": conversation_id,
    }
    return (await db.scalars(_TO_ONE, values)).one_or_none()
