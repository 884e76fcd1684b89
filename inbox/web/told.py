"""What a list says once of what was done to several: how many, what was not done, how to undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from fastapi import Response
from sqlalchemy import select

from inbox.asgi.deps import Here
from inbox.asgi.parcels import SHOWN, hand, received
from inbox.auth.sessions import name_of
from inbox.store.conversations import visible_to
from inbox.store.engine import Reader as Session
from inbox.store.tables import Conversation
from inbox.web.own import signed
from inbox.web.views import Place


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A conversation to which it was not done, and why."""

    id: int
    url: str
    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class DoneView:
    """What was done; `undone` is -1 where nothing was to be undone."""

    marked: int
    events: Sequence[int]
    undone: int
    refused: list[RefusedView]


def tell(
    here: Here,
    response: Response,
    count: int,
    *,
    events: Sequence[int] = (),
    undone: int = -1,
    refused: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Let the next page say it."""
    parcel = {
        "of": name_of(signed(here).token_hash),
        "said": "",
        "marked": count,
        "events": _packed(events),
        "undone": undone,
        "refused": dict(refused or {}),
    }
    hand(here, response, SHOWN, parcel)


async def read_told(db: Session, here: Here, place: Place) -> DoneView | None:
    """What this page has to say; None for nothing."""
    kept = received(here, SHOWN)
    if not kept or "marked" not in kept or kept["of"] != name_of(signed(here).token_hash):
        return None
    whys = {one: why for why, ids in kept["refused"].items() for one in ids}
    rows = (
        await db.execute(
            select(Conversation.id, Conversation.subject).where(
                Conversation.id.in_(whys), visible_to(here.viewer)
            )
        )
        if whys
        else ()
    )
    refused = [
        RefusedView(row.id, place.url(f"/conversations/{row.id}"), row.subject, whys[row.id])
        for row in rows
    ]
    return DoneView(kept["marked"], _unpacked(kept["events"]), kept["undone"], refused)


def _packed(events: Sequence[int]) -> str:
    """How far each is from the one before it: a cookie holds 4 kB, and events may be hundreds."""
    ordered = sorted(events)
    return ".".join(f"{one - last:x}" for last, one in zip([0, *ordered], ordered, strict=False))


def _unpacked(packed: str) -> list[int]:
    return list(accumulate(int(one, 16) for one in packed.split("."))) if packed else []
