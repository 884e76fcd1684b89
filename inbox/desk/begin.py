"""The verb that makes room for a conversation which one of us begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from inbox.desk.subjects import indexed
from inbox.mail.thread_index import new_root
from inbox.model.address import Address, normalize
from inbox.model.conversation import Status
from inbox.store.customers import CUSTOMER
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.participants import organisation
from inbox.threading.subject import base_subject

_BEGIN = Statement(f"""
with {CUSTOMER}
insert into conversation (
    mailbox_id, customer_id, subject, base_subject, status, snippet, message_count, has_files,
    last_message_at, closed_at, thread_root, thread_index, created_at)
select :mailbox_id, customer.id, :subject, :base_subject, :status, '', 0, false,
       :now, cast(:closed_at as timestamptz), :root, :root, :now
  from customer
returning id
""")  # noqa: S608 - a constant
_KEEP = Statement("""
update conversation set assignee_id = :agent_id where id = :id and assignee_id is null
""")


async def begin(
    db: Writer,
    mailbox_id: int,
    customer: Address,
    subject: str,
    *,
    now: datetime,
    rng: Callable[[int], bytes],
    is_open: bool = False,
) -> int:
    """A conversation with nothing in it yet, and its id; closed until its first mail is said.

    So one whose first mail is taken back asks nobody for anything.
    """
    status = Status.OPEN if is_open else Status.CLOSED
    rows = await _BEGIN.rows(
        db,
        mailbox_id=mailbox_id,
        customer_address=normalize(customer.address),
        customer_name=customer.name,
        customer_organisation=organisation(normalize(customer.address)),
        subject=subject,
        base_subject=indexed(base_subject(subject).text),
        status=status.value,
        closed_at=None if is_open else now,
        root=new_root(now, rng(16)),
        now=now,
    )
    return int(rows[0]["id"])


async def keep_for(db: Writer, conversation_id: int, agent_id: int) -> None:
    """Who has told the customer something has the conversation, unless somebody has it."""
    await _KEEP.rows(db, id=conversation_id, agent_id=agent_id)
