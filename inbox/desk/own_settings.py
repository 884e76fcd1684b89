"""All that can be set of a person, by one name on pages, for programs and by commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from inbox.desk.notices import OF_PERSON, set_notices
from inbox.desk.people import set_agent
from inbox.store.engine import Writer
from inbox.store.tables import Agent


async def set_person(
    db: Writer, email: str, given: Mapping[str, str], *, by: Agent | None = None, now: datetime
) -> Agent:
    """Change what `set_agent` knows, and when they hear by mail: zone, quiet, digest_at, every.

    Raises what these two raise.
    """
    heard = {key: value for key, value in given.items() if key in OF_PERSON}
    agent = await set_agent(
        db, email, {key: value for key, value in given.items() if key not in heard}, by=by
    )
    return await set_notices(db, email, None, heard, now=now) if heard else agent
