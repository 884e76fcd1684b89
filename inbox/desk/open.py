"""The verb that begins a conversation with a mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from inbox.desk.letter import Kept, Letter
from inbox.desk.message_rows import MESSAGE
from inbox.desk.record import record
from inbox.desk.subjects import indexed
from inbox.desk.timers import STANDING
from inbox.mail.thread_index import new_root, root_of
from inbox.model.actor import SYSTEM, Actor
from inbox.model.address import Address
from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import EventName
from inbox.store.customers import CUSTOMER
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.threading.participants import organisation

_OPEN = Statement(f"""
with {CUSTOMER}
, home as (
    insert into conversation (
        mailbox_id, customer_id, subject, base_subject, status, snippet, message_count, has_files,
        last_message_at, waiting_since, closed_at, thread_root, thread_index, refers_to, created_at)
    select :mailbox_id, customer.id, :subject, :base_subject, :status, :snippet, 1, :has_files,
           :received_at, cast(:waiting_since as timestamptz), cast(:closed_at as timestamptz),
           :thread_root, :thread_root, cast(:refers_to as bigint), :now
      from customer
    returning id as conversation_id, customer_id,
              array[cast(:customer_address as text)] as customer_addresses,
              customer_id as author_id, false as is_asked, {STANDING}
){MESSAGE}""")  # noqa: S608 - both parts are constants


async def open_conversation(
    db: Writer,
    letter: Letter,
    *,
    now: datetime,
    rng: Callable[[int], bytes],
    customer: Address | None = None,
    by: Actor | None = None,
) -> Kept:
    """Begin a conversation of the mail's author, or of the `customer` that it is for.

    What a machine sent about nothing we know is kept in a closed one: to be seen, not to be told.
    """
    person = customer or letter.author
    row = letter.row() | _conversation(letter, now, rng) | {"now": now}
    row |= {"customer_address": person.address, "customer_name": person.name}
    row |= {"customer_organisation": organisation(person.address)}
    [kept] = await _OPEN.rows(db, **row)
    actor = by or (
        SYSTEM if letter.is_automatic else Actor.customer(kept["customer_id"], str(person))
    )
    await record(
        db,
        kept["conversation_id"],
        EventName.MESSAGE_AUTOMATIC if letter.is_automatic else EventName.CONVERSATION_OPENED,
        by=actor,
        now=now,
        message_id=kept["message_id"],
        standing=kept,
    )
    return Kept(
        conversation_id=kept["conversation_id"],
        message_id=kept["message_id"],
        customer_id=kept["customer_id"],
        is_new=True,
    )


def _conversation(letter: Letter, now: datetime, rng: Callable[[int], bytes]) -> dict[str, object]:
    status = _status(letter)
    return {
        "mailbox_id": letter.mailboxes[0],
        "subject": letter.subject,
        "base_subject": indexed(letter.clues.subject.text),
        "status": status.value,
        "snippet": letter.snippet,
        "has_files": letter.has_files,
        "waiting_since": letter.received_at if status is Status.OPEN else None,
        "closed_at": now if status is Status.CLOSED else None,
        # Exchange finds an answer again by the root that it made itself.
        "thread_root": root_of(letter.mail.thread_index or b"") or new_root(now, rng(16)),
        "refers_to": letter.match.refers_to,
    }


def _status(letter: Letter) -> Status:
    if letter.is_automatic:
        return Status.CLOSED
    if letter.kind is MessageKind.REPLY and letter.author_kind is ActorKind.AGENT:
        return Status.WAITING
    return Status.OPEN
