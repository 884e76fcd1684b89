"""Rights to answer by mail, granted: only the hash of a token is ever stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from inbox.mail.tokens import hash_token
from inbox.outbound.keyed import TOKEN_LIFE, reply_token
from inbox.store.engine import Writer
from inbox.store.tables import Message, ReplyToken


async def grant_customer(
    db: Writer, secret: bytes, message: Message, *, address: str, now: datetime
) -> None:
    """Let the reader of this answer of ours write back to its Reply-To."""
    token = reply_token(secret, message.message_id)
    await db.execute(
        insert(ReplyToken)
        .values(
            token_hash=hash_token(token),
            conversation_id=message.conversation_id,
            address=address,
            purpose="customer",
            created_at=now,
            expires_at=now + TOKEN_LIFE,
        )
        .on_conflict_do_nothing()
    )
