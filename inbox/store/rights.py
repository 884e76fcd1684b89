"""Who holds a reply token, who one of us is, and what they may at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, text

from inbox.store.engine import Reader, Writer
from inbox.store.followers import FOLLOWING, HOLDING, MEMBERSHIP, WHOLE
from inbox.store.statement import Statement

# Colleagues have no part in a mailbox, whatever their memberships say.
_MEMBER = """
exists (select from membership m
         where m.agent_id = agent.id and agent.role <> 'colleague'
           and (m.mailbox_id = mailbox.id
                or m.mailbox_id in (select v.mailbox_id from conversation_mailbox v
                                     where v.conversation_id = c.id)))
"""
_STANDING = f"""
       agent.id as agent_id, agent.disabled_at is null as is_enabled, agent.is_list,
       {_MEMBER} or {FOLLOWING} as is_member, not {_MEMBER} as is_guest,
       {HOLDING} as holds, mailbox.colleagues_answer,
       a.address is not null as is_registered, a.proved_at, mailbox.proof as strictness
"""
_BY_TOKEN = text(f"""
select t.purpose, t.held_id, t.token_hash, t.shown_event_id, c.id as conversation_id,
       coalesce((select 'newcomer' = any(held.reasons) from held where held.id = t.held_id), false)
       as is_about_newcomer, agent.role = 'admin' as is_admin, t.agent_id as reader_id,
       (select is_list and disabled_at is null from agent reader where reader.id = t.agent_id)
       as is_for_list,
       exists (select from follower f
                where f.agent_id = t.agent_id and f.conversation_id in {WHOLE}) as reader_follows,
       t.revoked_at is null and t.expires_at > :now as is_valid,
       exists (select from participant p
                where p.conversation_id = c.id and p.address = :author)
       or exists (select from customer_address own
                   where own.customer_id = c.customer_id and own.address = :author)
       as is_of_customer, {_STANDING}
  from reply_token t
  join agent on agent.id = coalesce(cast(:submitter as bigint), t.agent_id)
  join conversation was on was.id = t.conversation_id
  join conversation c on c.id = coalesce(was.merged_into, was.id)
  join mailbox on mailbox.id = c.mailbox_id
  left join agent_address a on a.agent_id = agent.id and a.address = :author
 where t.token_hash = any(cast(:tokens as bytea[])) and t.purpose in ('notice', 'release')
 order by t.token_hash
""")  # noqa: S608 - constants
_BY_ADDRESS = text(f"""
select {_STANDING},
       exists (select from customer_address own
                where own.customer_id = c.customer_id and own.address = :author) as is_customer,
       exists (select from customer_address own
                where own.customer_id = c.customer_id
                  and own.address = any(cast(:told as text[]))) as is_told
  from agent_address a
  join agent on agent.id = a.agent_id
  join mailbox on mailbox.id = :mailbox_id
  left join conversation c on c.id = cast(:conversation_id as bigint)
 where a.address = :author
""")  # noqa: S608 - constants
_OTHER = text(f"""
select {_STANDING},
       (select one.removed_at is null from list_member one
         where one.list_id = :list_id and one.agent_id = agent.id) as speaks_for_list
  from agent_address a
  join agent on agent.id = a.agent_id
  join conversation c on c.id = :conversation_id
  join mailbox on mailbox.id = c.mailbox_id
 where a.address = :author
""")  # noqa: S608 - constants
_PART = Statement(f"""
select ({MEMBERSHIP}) as is_member, {HOLDING} as holds, mailbox.colleagues_answer
  from conversation c join mailbox on mailbox.id = c.mailbox_id
  join agent on agent.id = :agent_id
 where c.id = :conversation_id
""")  # noqa: S608 - constants
_LEARN = text("""
update agent_address set proved_at = :now where address = :author and proved_at is null
""")
_FORGET = text("update agent_address set proved_at = null where agent_id = :agent_id")
_PROVED = text("""
select address from agent_address where agent_id = :agent_id and proved_at is not null
 order by address
""")
_OURS = text("""
select token_hash from reply_token
 where token_hash = any(cast(:keys as bytea[])) and revoked_at is null
 union
select token_hash from digest where token_hash = any(cast(:keys as bytea[]))
""")
_SAME_FILES = text("""
select distinct f.sha256 from file f join message m on m.id = f.message_id
 where m.conversation_id = :conversation_id and f.sha256 = any(cast(:keys as bytea[]))
""")


async def by_tokens(
    db: Reader | Writer,
    tokens: Sequence[bytes],
    author: str,
    now: datetime,
    *,
    submitter: int | None = None,
) -> list[Row[Any]]:
    """Our people's rights behind these token hashes, with the standing of each person.

    Where one of us has signed in it is all theirs, whoever the tokens were given to.
    """
    values = {"tokens": list(tokens), "author": author, "now": now, "submitter": submitter}
    return list((await db.execute(_BY_TOKEN, values)).all())


async def other_by_address(
    db: Reader | Writer, author: str, *, conversation_id: int, list_id: int
) -> Row[Any] | None:
    """The standing of one of us who answers with the token of somebody else of ours."""
    values = {"author": author, "conversation_id": conversation_id, "list_id": list_id}
    return (await db.execute(_OTHER, values)).one_or_none()


async def by_address(
    db: Reader | Writer,
    author: str,
    *,
    mailbox_id: int,
    conversation_id: int | None,
    told: Sequence[str],
) -> Row[Any] | None:
    """The standing of one of us by address; `told`: those to whom their mail went as well."""
    values = {
        "author": author,
        "mailbox_id": mailbox_id,
        "conversation_id": conversation_id,
        "told": list(told),
    }
    return (await db.execute(_BY_ADDRESS, values)).one_or_none()


async def part_there(
    db: Reader | Writer, agent_id: int, conversation_id: int
) -> tuple[bool, bool, str]:
    """Whether one of us is a member of its mailboxes, has it, and what colleagues may do there."""
    [row] = await _PART.rows(db, agent_id=agent_id, conversation_id=conversation_id)
    return row["is_member"], row["holds"], row["colleagues_answer"]


async def learn_proof(db: Writer, author: str, now: datetime) -> None:
    """From now on mail from this address of ours must be proved."""
    await db.execute(_LEARN, {"author": author, "now": now})


async def forget_proof(db: Writer, agent_id: int) -> None:
    """Mail from this person's addresses may come without proof again, until one has it."""
    await db.execute(_FORGET, {"agent_id": agent_id})


async def proved_addresses(db: Reader | Writer, agent_id: int) -> list[str]:
    """The addresses of this person whose mail must be proved, because it has been once."""
    return list(await db.scalars(_PROVED, {"agent_id": agent_id}))


async def known_files(
    db: Reader | Writer, conversation_id: int, keys: Sequence[bytes]
) -> frozenset[bytes]:
    """Those of the SHA-256 that files of the conversation have already."""
    values = {"conversation_id": conversation_id, "keys": list(keys)}
    return frozenset(await db.scalars(_SAME_FILES, values))


async def tokens_of_ours(db: Reader | Writer, keys: Sequence[bytes]) -> frozenset[bytes]:
    """Those of the hashes that are of tokens with which somebody may speak."""
    return frozenset(await db.scalars(_OURS, {"keys": list(keys)}))
