"""Work that is gathered until its time: one job with all that was added to it meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from inbox.model.rank import Rank
from inbox.store.engine import Writer
from inbox.store.statement import Statement

# As `jobs.queue.enqueue` with a key, but for what is in its list: that grows, up to a bound. A
# worker that does it at this moment knows nothing of the new item: what it has done is given up.
_GATHER = Statement("""
insert into job as there (kind, args, key, rank, run_at)
values (:kind, cast(:args as jsonb) || jsonb_build_object('further', cast(:items as jsonb)),
        :key, :rank, :run_at)
    on conflict (key) where done_at is null and key is not null do update
   set args = excluded.args || jsonb_build_object('further',
           coalesce(there.args -> 'further', '[]')
           || case when jsonb_array_length(coalesce(there.args -> 'further', '[]')) < :most
                   then excluded.args -> 'further' else '[]' end),
       attempts = there.attempts + (there.leased_until is not null)::int,
       leased_until = null
""")


async def gather(
    db: Writer,
    kind: str,
    items: Sequence[Mapping[str, Any]],
    *,
    key: str,
    run_at: datetime,
    most: int,
    **args: Any,
) -> None:
    """Ask for work at a time, with these `further` items besides those that wait for it already.

    Of more than `most` the first are kept.
    """
    await _GATHER.rows(
        db,
        kind=kind,
        args=json.dumps(args),
        items=json.dumps(list(items)),
        key=key,
        rank=int(Rank.FOLLOWING),
        run_at=run_at,
        most=most,
    )
