"""The hours and targets of mailboxes, read once for as long as they stay the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from inbox.log import get_logger
from inbox.sla.policy import Policy, read_policy, unreadable
from inbox.store.engine import Reader, Writer
from inbox.store.statement import Statement

log = get_logger("hours")

_OF = Statement("""
select id, time_zone, hours, own_days, targets, holidays
  from mailbox where id = any(cast(:ids as bigint[]))
""")
_SAID: Final = ("time_zone", "hours", "own_days", "targets", "holidays")
_MOST: Final = 1000  # mailboxes whose hours a process keeps in mind


async def policies(db: Reader | Writer, ids: Collection[int]) -> dict[int, Policy]:
    """Hours and targets of these mailboxes, by id."""
    rows = await _OF.rows(db, ids=list(ids))
    return {row["id"]: _read(row) for row in rows}


async def policy_of(db: Reader | Writer, mailbox_id: int) -> Policy:
    """Hours and targets of a mailbox."""
    return (await policies(db, [mailbox_id]))[mailbox_id]


class _Known:
    """Policies by their key, which is a digest of all that they are made of: never stale."""

    def __init__(self) -> None:
        self._by_key: dict[str, Policy] = {}

    async def of(self, db: Writer, mailbox_id: int, key: str) -> Policy:
        """The policy of this key, asked for where it is not known yet."""
        if (known := self._by_key.get(key)) is None:
            if len(self._by_key) >= _MOST:
                self._by_key.clear()
            known = self._by_key[key] = await policy_of(db, mailbox_id)
        return known


known_policy: Final = _Known().of


def _read(row: Any) -> Policy:
    said = {name: row[name] for name in _SAID}
    try:
        return read_policy(**said)
    except (KeyError, ValueError, OSError):
        # Mail is kept all the same, and what can be read counts.
        instead = unreadable(**said)
        log.warning("hours.unreadable", mailbox=row["id"], settings=sorted(instead))
        return read_policy(**{**said, **instead})
