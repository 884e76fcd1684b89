"""The one secret of the organisation: made once, kept in the database, known to every process."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable
from secrets import token_bytes

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from inbox.store.engine import Writer
from inbox.store.tables import Setting

_KEY = "secret"


async def ensure_secret(db: Writer, rng: Callable[[int], bytes] = token_bytes) -> bytes:
    """The 32 bytes that sign our Message-IDs, made now if there are none yet."""
    fresh = {"base64": b64encode(rng(32)).decode()}
    # Two processes may start at once: the second insert does nothing and both read the first.
    await db.execute(
        insert(Setting).values(key=_KEY, value=fresh).on_conflict_do_nothing(index_elements=["key"])
    )
    kept = await db.scalar(select(Setting.value).where(Setting.key == _KEY))
    return b64decode((kept or fresh)["base64"])
