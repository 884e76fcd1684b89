"""A mail as rows: the second half of the statements that keep it, with all that hangs on it."""

from __future__ import annotations

from typing import Final

# The second half of the statements that keep a mail, after a `home` with the columns
# conversation_id, mailbox_id, customer_id, customer_addresses, author_id, status and is_asked (one
# of us asked its author: it is for us alone). One statement: each round trip counts on this way.
MESSAGE: Final = """
, said as (
    insert into message (
        conversation_id, kind, visibility, author_kind, author_id, author_name, author_address,
        "to", cc, reply_to, subject, message_id, in_reply_to, "references", date, received_at,
        language, text, quoted, has_html, protection, program, invitation, proof, verdict, match,
        defects, identity, spool_id, created_at)
    select conversation_id, :kind, case when is_asked then 'internal' else :visibility end,
           :author_kind, coalesce(:agent_id, author_id),
           :author_name, :author, cast(:to as jsonb), cast(:cc as jsonb), :reply_to, :subject,
           :header_id, :in_reply_to, cast(:references as text[]), :date, :received_at,
           :language, :text, :quoted, :has_html, :protection, :program, cast(:invitation as jsonb),
           cast(:proof as jsonb),
           cast(:verdict as jsonb), cast(:match as jsonb), cast(:defects as jsonb), :identity,
           :spool_id, :now
      from home
    returning id, conversation_id
), referred as (
    insert into message_ref (id_hash, conversation_id, how, message_id)
    select key, conversation_id, how, case when how <> 'sibling' then said.id end
      from said, unnest(cast(:ref_keys as bytea[]), cast(:ref_hows as text[])) as ref(key, how)
        on conflict (id_hash, conversation_id) do update
       set how = excluded.how, message_id = excluded.message_id
     where message_ref.how = 'sibling' and excluded.how <> 'sibling'
), filed as (
    insert into file (message_id, part, filename, content_type, size, sha256, content_id, inline,
                      aside)
    select said.id, part, filename, content_type, size, decode(sha256, 'hex'), content_id, inline,
           aside
      from said, jsonb_to_recordset(cast(:files as jsonb)) as file(
           part integer, filename text, content_type text, size bigint, sha256 text,
           content_id text, inline boolean, aside boolean)
), took_part as (
    insert into participant (conversation_id, address, name, part)
    select conversation_id, address, name, case when is_asked then 'asked' else part end
      from home, unnest(cast(:people as text[]), cast(:people_names as text[]),
                        cast(:people_parts as text[])) as p(address, name, part)
     where p.address <> all(home.customer_addresses)
        on conflict do nothing
), seen_by as (
    insert into conversation_mailbox (conversation_id, mailbox_id)
    select conversation_id, mailbox from home, unnest(cast(:mailboxes as bigint[])) as mailbox
     where mailbox <> home.mailbox_id
       -- Somebody has moved it out of there; customers keep writing to where they wrote first.
       and not exists (select from event
                        where event.conversation_id = home.conversation_id
                          and event.name = 'conversation.moved'
                          and event.payload ->> 'from' = mailbox::text)
        on conflict do nothing
), also_theirs as (
    insert into customer_address (address, customer_id, evidence, organisation, message_id,
                                  created_at)
    select cast(:own as text), home.customer_id, 'reply_to', :own_organisation, said.id, :now
      from home, said
     where :own <> '' and :author = any(home.customer_addresses)
       and not exists (select from address_refused r
                        where r.customer_id = home.customer_id and r.address = :own)
        on conflict do nothing
), spooled as (
    update spool set state = 'done', error = null where id = :spool_id
)
select home.*, said.id as message_id
  from home, said
"""
