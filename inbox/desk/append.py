"""The verb that adds a mail to its conversation."""

from __future__ import annotations

from datetime import datetime

from inbox.desk.letter import Kept, Letter
from inbox.desk.message_rows import MESSAGE
from inbox.desk.record import record
from inbox.desk.timers import STANDING
from inbox.errors import NotFound
from inbox.model.actor import SYSTEM, Actor
from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import EventName
from inbox.refusals import Refusal
from inbox.store.engine import Writer
from inbox.store.locks import lock
from inbox.store.statement import Statement
from inbox.threading.participants import organisation

_EVENTS = {
    MessageKind.AUTO: EventName.MESSAGE_AUTOMATIC,
    MessageKind.NOTE: EventName.MESSAGE_NOTED,
    MessageKind.REPLY: EventName.MESSAGE_REPLIED,
}

# An answer of ours after which somebody had spoken before it was taken in.
_IS_OVERTAKEN = "(:by_us and (select is_overtaken from later))"
# Whose turn it is does not change by it.
_STAYS = f"""(status = 'spam' or not :turns or :thanks and status = 'closed'
                          or {_IS_OVERTAKEN})"""
# Whom one of us has asked, or who answers what went to them: not the customer, nor who takes part
# with the customer.
_APPEND = Statement(f"""
with asked as materialized (
    select :kind = 'mail' and exists (
               select from participant p
                where p.conversation_id = :conversation_id and p.part = 'asked'
                  and (p.address = :author or exists (
                       select from message_ref r join message m on m.id = r.message_id
                        where r.id_hash = any(cast(:answers as bytea[]))
                          and r.conversation_id = :conversation_id
                          and (m.kind = 'forward' or m.kind = 'mail' and m.visibility = 'internal')
                       )))
           and not exists (
               select from participant p
                where p.conversation_id = :conversation_id and p.address = :author
                  and p.part <> 'asked')
           and not exists (
               select from customer_address a join conversation c on c.customer_id = a.customer_id
                where c.id = :conversation_id and a.address = :author) as yes
), later as materialized (
    -- What arrived after it, and was taken in before: workers take in mails side by side.
    select count(*) > 0 as is_overtaken,
           min(received_at) filter (where kind = 'mail') as asked_at
      from message
     where conversation_id = :conversation_id and received_at > :received_at
       and kind in ('mail', 'reply')
), home as (
    update conversation set
        status = case when {_STAYS} then status
                      when :by_us then 'waiting' else 'open' end,
        -- An answer that is overtaken answers those that arrived before it. Of a mail nobody knew
        -- when we answered since: they wait for an answer to it.
        waiting_since = case when {_IS_OVERTAKEN} and waiting_since is not null
                             then greatest(waiting_since, (select asked_at from later))
                             when {_STAYS} then waiting_since
                             when :by_us then null
                             when status in ('open', 'snoozed')
                             then least(waiting_since, :received_at)
                             else :received_at end,
        closed_at = case when {_STAYS} then closed_at end,
        returns_at = case when {_STAYS} then returns_at end,
        last_message_at = case when :speaks then greatest(last_message_at, :received_at)
                               else last_message_at end,
        snippet = case when :speaks and not (select is_overtaken from later)
                       then :snippet else snippet end,
        message_count = message_count + 1,
        has_files = has_files or :has_files
     where id = :conversation_id and merged_into is null
    returning id as conversation_id, customer_id,
              array(select address from customer_address a
                     where a.customer_id = conversation.customer_id) as customer_addresses,
              (select a.customer_id from customer_address a where a.address = :author) as author_id,
              (select yes from asked) as is_asked, {STANDING}
), asked_for as (
    -- The customer has asked for answers there, under this name, and nowhere else.
    select m.id from home join message m on m.conversation_id = home.conversation_id
     where :has_our_mail and home.author_id is null and :author_name <> '' and not home.is_asked
       and m.reply_to = :author and m.author_address = any(home.customer_addresses)
       and m.kind = 'mail' and m.proof ->> 'dmarc' = 'pass'
       and lower(m.author_name) = lower(:author_name)
       and not exists (
           select from conversation c join message other on other.conversation_id = c.id
            where c.customer_id = home.customer_id and other.author_address = m.author_address
              and other.reply_to not in ('', :author))
     order by m.id limit 1
), learned as (
    insert into customer_address (address, customer_id, evidence, organisation, message_id,
                                  created_at)
    select :author, home.customer_id,
           case when asked_for.id is null then 'same_name' else 'answered' end,
           :author_organisation, asked_for.id, :now
      from home join customer on customer.id = home.customer_id left join asked_for on true
     where :has_our_mail and home.author_id is null and not home.is_asked
       and (asked_for.id is not null
            or :names_itself and :author_organisation <> ''
               and lower(customer.name) = lower(:author_name)
               and exists (select from customer_address a where a.customer_id = home.customer_id
                                  and a.organisation = :author_organisation))
       and not exists (select from address_refused r
                        where r.customer_id = home.customer_id and r.address = :author)
        on conflict do nothing
){MESSAGE}""")  # noqa: S608 - constants


async def append_mail(
    db: Writer,
    conversation_id: int,
    letter: Letter,
    *,
    now: datetime,
    by: Actor | None = None,
    thanks: bool = False,
) -> Kept:
    """Add the mail; a person's reopens the conversation, a machine's changes nothing but its list.

    One that only says `thanks` leaves a closed one closed. Merges are followed. Raises NotFound.
    """
    turns = letter.kind in {MessageKind.MAIL, MessageKind.REPLY}
    row = letter.row() | {
        "conversation_id": conversation_id,
        "turns": turns,
        "thanks": thanks,
        "speaks": turns or letter.kind is MessageKind.NOTE,
        "by_us": letter.author_kind is ActorKind.AGENT,
        "snippet": letter.snippet,
        "has_files": letter.has_files,
        "now": now,
        "answers": [one.key for one in letter.clues.answers],
        "has_our_mail": letter.has_our_mail,
        "names_itself": letter.names_itself,
        "author_organisation": organisation(letter.author.address),
    }
    found = await _APPEND.rows(db, **row)
    if not found:  # merged since it was looked up
        row["conversation_id"] = (await lock(db, conversation_id)).id
        found = await _APPEND.rows(db, **row)
    if not found:
        raise NotFound(Refusal.NO_SUCH_CONVERSATION)
    kept = found[0]
    name = _EVENTS.get(letter.kind, EventName.MESSAGE_RECEIVED)
    if thanks and kept["status"] == Status.CLOSED:
        name = EventName.MESSAGE_THANKED
    await record(
        db,
        kept["conversation_id"],
        name,
        by=by or _actor(letter, kept["author_id"]),
        now=now,
        message_id=kept["message_id"],
        standing=kept,
    )
    return Kept(
        conversation_id=kept["conversation_id"],
        message_id=kept["message_id"],
        customer_id=kept["customer_id"],
    )


def _actor(letter: Letter, customer_id: int | None) -> Actor:
    if letter.is_automatic:
        return SYSTEM
    return Actor(kind=ActorKind.CUSTOMER, id=customer_id, name=str(letter.author))
