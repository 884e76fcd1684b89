"""A letter with its decision -> rows. Everything in the caller's transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import text

from inbox.desk.append import append_mail
from inbox.desk.letter import Kept, Letter
from inbox.desk.merge import merge
from inbox.desk.open import open_conversation
from inbox.desk.record import record
from inbox.intake.only_thanks import only_thanks
from inbox.model.actor import SYSTEM
from inbox.model.event import EventName
from inbox.store.barred import are_apart
from inbox.store.engine import Writer

# The mail is there already: only where else it came to is new.
_AGAIN = text("""
with again as (
    update message set also_to = array(
        select distinct address from unnest(also_to || cast(:recipients as text[])) as address
         order by address)
     where identity = :identity
    returning id, conversation_id
), seen_by as (
    insert into conversation_mailbox (conversation_id, mailbox_id)
    select c.id, mailbox
      from again join conversation c on c.id = again.conversation_id,
           unnest(cast(:mailboxes as bigint[])) as mailbox
     where mailbox <> c.mailbox_id
       and not exists (select from event
                        where event.conversation_id = c.id and event.name = 'conversation.moved'
                          and event.payload ->> 'from' = mailbox::text)
        on conflict do nothing
    returning mailbox_id
), spooled as (
    update spool set state = 'done', error = null where id = :spool_id
)
select id, conversation_id, array(select mailbox_id from seen_by order by mailbox_id) as mailboxes
  from again
""")


async def keep(db: Writer, letter: Letter, *, now: datetime, rng: Callable[[int], bytes]) -> Kept:
    """Store the mail where it belongs, with the event of it; the place."""
    home = letter.match.conversation_id
    if home is None:
        return await open_conversation(db, letter, now=now, rng=rng)
    # What all of them answer has come at last: they have been one matter all the time.
    for other in letter.match.also:
        if await are_apart(db, home, other):
            continue  # a person has said that they are two
        home = (await merge(db, home, other, by=SYSTEM, now=now)).id
    thanks = await only_thanks(db, home, letter)
    return await append_mail(db, home, letter, now=now, thanks=thanks)


async def keep_again(db: Writer, letter: Letter, *, now: datetime) -> Kept:
    """Note a further arrival of a mail that is stored: the other addresses, the other mailbox.

    Only a mailbox that could not see it before makes an event, so that its people are told.
    """
    again = await db.execute(
        _AGAIN,
        {
            "identity": letter.clues.identity,
            "recipients": list(letter.recipients),
            "mailboxes": list(letter.mailboxes),
            "spool_id": letter.spool_id,
        },
    )
    message_id, conversation_id, mailboxes = again.one()
    if mailboxes:
        await record(
            db,
            conversation_id,
            EventName.CONVERSATION_SHARED,
            by=SYSTEM,
            now=now,
            message_id=message_id,
            payload={"mailboxes": mailboxes},
        )
    return Kept(conversation_id=conversation_id, message_id=message_id)
