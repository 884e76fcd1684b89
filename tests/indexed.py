"""What has come in becomes searchable, as the job does it in service."""

from __future__ import annotations

from inbox.clock import utcnow
from inbox.store.engine import Database
from inbox.store.words import index_some


async def indexes(database: Database) -> int:
    """Everything that is there; how many messages."""
    count = 0
    while True:
        async with database.write() as db:
            some = await index_some(db, now=utcnow())
        if not some:
            return count
        count += some
