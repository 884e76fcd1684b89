"""What of one person's uploads no message and no text names: it waits in drafts, or for nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

_UNNAMED: Final = """not exists (select from file where file.blob = b.sha256)
   and not exists (select from template_file t where t.blob = b.sha256)"""
# Older ones are in drafts: what is nowhere goes with the sweep of each day.
_UNSENT = Statement(f"""
select count(*) as many, coalesce(sum(octet_length(b.content)), 0)::bigint as size
  from blob b
 where b.sha256 in (
        select sha256 from blob
         where agent_id = :agent_id and created_at > now() - interval '8 days'
         union
        select f.blob from draft_file f join draft d on d.id = f.draft_id
         where d.agent_id = :agent_id)
   and not b.sha256 = any(cast(:these as bytea[]))
   and {_UNNAMED}
""")  # noqa: S608 - of constants
_DROP = Statement(f"""
delete from blob b
 where b.agent_id = :agent_id and b.created_at < now() - interval '1 hour'
   and not b.sha256 = any(cast(:these as bytea[]))
   and not exists (select from draft_file f where f.blob = b.sha256)
   and {_UNNAMED}
""")  # noqa: S608 - of constants
_ALONE = Statement("select pg_advisory_xact_lock(28518, cast(:agent_id % 2147483647 as int))")


async def uploads_alone(db: Writer, agent_id: int) -> None:
    """Wait for what else this person is putting aside, until the transaction ends."""
    await _ALONE.rows(db, agent_id=agent_id)


async def unsent_of(
    db: Reader | Writer, agent_id: int, but: Sequence[bytes] = ()
) -> tuple[int, int]:
    """How many uploads of a person nothing has sent yet, and their bytes; `but` some of them."""
    row = (await _UNSENT.rows(db, agent_id=agent_id, these=list(but)))[0]
    return row["many"], row["size"]


async def drop_unnamed(db: Writer, agent_id: int, but: Sequence[bytes] = ()) -> None:
    """Delete what this person put aside over an hour ago and nothing names, no draft either."""
    await _DROP.rows(db, agent_id=agent_id, these=list(but))
