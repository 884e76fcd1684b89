"""What one of us may do in one conversation at this moment."""

from __future__ import annotations

from typing import Any

from inbox.auth.permissions import Permission, allowed_in, part_of
from inbox.store.engine import Reader, Writer
from inbox.store.rights import part_there


async def allowed_there(
    db: Reader | Writer, agent_id: int, conversation_id: int
) -> frozenset[Permission]:
    """By the table of permissions; whether they have access at all is asked before."""
    is_member, holds, colleagues_answer = await part_there(db, agent_id, conversation_id)
    return allowed_in(part_of(is_member=is_member, holds=holds), colleagues_answer)


async def guest_facts(db: Reader | Writer, agent_id: int, conversation_id: int) -> dict[str, Any]:
    """What a mail to a guest keeps of what they may do; see `notify.guests`. Empty for members."""
    allowed = await allowed_there(db, agent_id, conversation_id)
    if Permission.ASSIGN in allowed:
        return {}
    lets_answer = Permission.REPLY in allowed
    return {
        "guest": "answer" if lets_answer else "comment",
        "holds": Permission.HAND_ON in allowed,
    }
