"""Whose pictures from outside somebody of ours wants to see in every mail."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from inbox.store.engine import Reader, Writer
from inbox.store.tables import PicturesShown


async def shown_of(db: Reader, agent_id: int, addresses: Collection[str]) -> frozenset[str]:
    """Those of the senders whose pictures this person sees."""
    if not addresses:
        return frozenset()
    mine = PicturesShown.agent_id == agent_id
    found = select(PicturesShown.address).where(mine, PicturesShown.address.in_(set(addresses)))
    return frozenset(await db.scalars(found))


async def show_of(db: Writer, agent_id: int, address: str) -> None:
    """They see them from now on."""
    row = {"agent_id": agent_id, "address": address}
    await db.execute(insert(PicturesShown).values(row).on_conflict_do_nothing())


async def hide_of(db: Writer, agent_id: int, address: str) -> None:
    """They are asked again."""
    mine = PicturesShown.agent_id == agent_id
    await db.execute(delete(PicturesShown).where(mine, PicturesShown.address == address))
