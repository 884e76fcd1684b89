"""Which mails can be passed on: those of customers, and answers of ours that have left.

A comment, an answer that is held or waits, and what somebody said whom we asked are for us alone.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, exists, select

from inbox.model.conversation import MessageKind, Visibility
from inbox.store.arrived import NEWEST_FIRST
from inbox.store.engine import Reader, Writer
from inbox.store.tables import Message, Outbound

_ON_ITS_WAY: Final = ("waiting", "sending", "cancelled")  # it can be taken back, or never was


async def is_passable(db: Reader | Writer, mail: Message) -> bool:
    """Whether this entry of a conversation can be shown to somebody outside as it is."""
    found = select(Message.id).where(Message.id == mail.id, _passable())
    return await db.scalar(found) is not None


async def newest_passable(db: Reader | Writer, conversation_id: int) -> Message | None:
    """The newest mail of the customer's side; where they have not written, of ours."""
    found = (
        select(Message)
        .where(Message.conversation_id == conversation_id, _passable())
        .order_by(Message.kind == MessageKind.REPLY, *NEWEST_FIRST)
        .limit(1)
    )
    return (await db.scalars(found)).one_or_none()


def _passable() -> ColumnElement[bool]:
    on_its_way = exists().where(
        Outbound.message_id == Message.id,
        Outbound.kind == MessageKind.REPLY,
        Outbound.state.in_(_ON_ITS_WAY),
    )
    has_left = (Message.kind == MessageKind.REPLY) & ~on_its_way
    is_mail = (Message.kind == MessageKind.MAIL) | has_left
    return is_mail & (Message.visibility == Visibility.PUBLIC)
