"""More for a mail that waits already: it leaves once, with all of it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.store.engine import Writer
from inbox.store.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What is added to the draft of a waiting mail: `then` to its list, `facts` over its own."""

    header_id: str
    token_hash: bytes
    then: Sequence[Mapping[str, Any]]
    facts: Mapping[str, Any]
    shown_event_id: int


# What is being talked about with the relay, or was once, is as it is: `outbound.deliver` looks
# again after it has said that it begins, so that nothing is added to it unseen.
_ADD = Statement("""
with more as (
    select * from jsonb_to_recordset(cast(:more as jsonb)) as more(
        header_id text, token_hash text, items jsonb, facts jsonb, shown_event_id bigint)
), added as (
    update outbound
       set draft = outbound.draft || more.facts || jsonb_build_object(
           'then', coalesce(outbound.draft -> 'then', '[]') || more.items)
      from more
     where outbound.header_id = more.header_id and outbound.state = 'waiting'
       and outbound.run_at > :now
    returning outbound.header_id
), shown as (
    update reply_token
       set shown_event_id = greatest(reply_token.shown_event_id, more.shown_event_id)
      from more join added using (header_id)
     where reply_token.token_hash = decode(more.token_hash, 'hex')
)
select header_id from added
""")


async def add_to_waiting(
    db: Writer, additions: Sequence[Addition], *, now: datetime
) -> frozenset[str]:
    """Add to mails whose time has not come, in this transaction; the ids of those still there."""
    if not additions:
        return frozenset()
    rows = await _ADD.rows(db, more=json.dumps([_row(one) for one in additions]), now=now)
    return frozenset(row["header_id"] for row in rows)


def _row(one: Addition) -> dict[str, Any]:
    return {
        "header_id": one.header_id,
        "token_hash": one.token_hash.hex(),
        "items": [dict(each) for each in one.then],
        "facts": dict(one.facts),
        "shown_event_id": one.shown_event_id,
    }
