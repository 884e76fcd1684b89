"""The verbs of what one of us is still writing: saved as they type, dropped when it is sent.

No event: a draft is nobody's business but its writer's. Whoever calls has made sure that the
conversation exists for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.desk.entry import LONGEST, MOST_OCTETS, same_entry
from inbox.errors import Conflict, Invalid
from inbox.refusals import Refusal
from inbox.store import drafts
from inbox.store.drafts import DraftFileRow, Spot
from inbox.store.engine import Writer
from inbox.store.tables import Agent

_MOST_FIELD = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What is in the form: `key` is its own, by which its answer is known once it was sent.

    `has_more`: whether what it says besides is worth keeping without words.
    """

    text: str
    fields: Mapping[str, Any]
    files: Sequence[DraftFileRow] = ()
    key: str = ""
    has_more: bool = False


async def save_draft(
    db: Writer,
    spot: Spot,
    typed: Typed,
    *,
    version: int | None,
    by: Agent,
    now: datetime,
) -> int:
    """Save what `by` has typed over the version that they knew (0: none, None: any); the new one.

    Nothing is left of one without words and files, nor of one whose answer was sent with the same
    `key`: 0 then. Raises Conflict when another page of theirs has saved since, Invalid.
    """
    await drafts.alone(db, by.id)
    if await same_entry(db, by, typed.key):
        return 0
    text = typed.text.replace("\r\n", "\n").replace("\0", "").encode("utf-8", "replace").decode()
    if len(text) > LONGEST:
        raise Invalid(Refusal.TOO_LONG)
    if sum(one.size for one in typed.files) > MOST_OCTETS:
        raise Invalid(Refusal.FILES_TOO_LARGE)
    if not text.strip() and not typed.files and not typed.has_more:
        await drafts.drop(db, by.id, spot, version)
        return 0
    if not version and await drafts.count(db, by.id) >= drafts.MOST:
        raise Invalid(Refusal.MANY_DRAFTS, most=drafts.MOST)
    kept = {name: _short(value) for name, value in typed.fields.items()}
    saved = await drafts.save(
        db,
        by.id,
        spot,
        text=text,
        fields=kept,
        files=typed.files,
        version=version,
        now=now,
    )
    if saved is None:
        raise Conflict(Refusal.WRITTEN_ELSEWHERE)
    return saved


async def drop_draft(
    db: Writer, spot: Spot, *, by: Agent, version: int | None = None, sent: str = ""
) -> bool:
    """Forget it, with a version only if nothing newer was saved; whether there was one.

    A save that was on its way while it was `sent` holds nothing newer: it is no draft to be sent
    again, whether it came before us or waits for us.
    """
    await drafts.alone(db, by.id)
    return await drafts.drop(db, by.id, spot, version, sent=sent)


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    if not isinstance(value, str):
        return value
    return value.replace("\0", "")[:_MOST_FIELD]
