"""What happened, with all that is needed to know who is told: one statement for many events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inbox.store.engine import Writer
from inbox.store.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """The columns of `_HAPPENED`."""

    event_id: int
    name: str
    actor_kind: str
    actor_id: int | None
    actor_name: str
    payload: dict[str, Any]
    conversation_id: int
    status: str
    due_at: datetime | None
    due: str
    promised_until: datetime | None  # in the word of whoever has it
    message_id: int
    kind: str
    visibility: str
    author_kind: str
    author_id: int | None
    author_address: str
    mailbox_id: int
    address: str
    critical: list[str]  # whom what is urgent concerns, by address
    priority: int
    is_promised: bool  # the customer was told by when an answer comes
    may_belong: bool  # a new conversation, and the customer has others
    holder: str | None
    holder_id: int | None
    colleagues_answer: str  # of the mailbox
    shared: list[str]  # the names of further mailboxes that see the conversation
    people: list[list[Any]] | None
    author: list[Any] | None
    recent: list[list[Any]] | None


_HAPPENED = Statement("""
select event.id as event_id, event.name, event.actor_kind, event.actor_id, event.actor_name,
       event.payload, conversation.id as conversation_id, conversation.status,
       conversation.due_at, conversation.due, conversation.promised_until, message.id as message_id,
       message.kind, message.visibility, message.author_kind,
       message.author_id, message.author_address,
       mailbox.id as mailbox_id, mailbox.address, mailbox.colleagues_answer, mailbox.critical,
       conversation.priority,
       exists (select from outbound
                where outbound.conversation_id = conversation.id and outbound.kind = 'confirmation'
                  and outbound.state not in ('cancelled', 'failed')) as is_promised,
       event.name = 'conversation.opened' and message.kind = 'mail'
       and (coalesce(message.match -> 'suggestions', '[]') <> '[]'
            or exists (select from conversation other
                        where other.customer_id = conversation.customer_id
                          and other.id <> conversation.id and other.merged_into is null
                          and other.last_message_at > conversation.last_message_at
                              - interval '30 days')) as may_belong,
       (select name from agent where agent.id = conversation.assignee_id) as holder,
       conversation.assignee_id as holder_id,
       array(select other.name from conversation_mailbox seen
               join mailbox other on other.id = seen.mailbox_id
              where seen.conversation_id = conversation.id order by other.name) as shared,
       (select jsonb_agg(jsonb_build_array(agent.id, agent.email, hearing.wants,
                         hearing.wants = 2 and exists (
                             select from message said
                              where said.conversation_id = conversation.id
                                and said.author_kind = 'agent' and said.author_id = agent.id),
                         agent.quiet, coalesce(agent.time_zone, mailbox.time_zone),
                         hearing.is_guest,
                         array(select one.agent_id from list_member one
                                where one.list_id = agent.id and one.removed_at is null),
                         agent.bundles, agent.role = 'manager') order by agent.id)
          from (select agent_id, max(wants) as wants, bool_and(is_guest) as is_guest
                  from (select agent_id, false as is_guest, (case when exists (
                                            select from following f
                                             where f.agent_id = membership.agent_id
                                               and f.conversation_id in (
                                                   select conversation.id union all
                                                   select id from conversation part
                                                    where part.merged_into = conversation.id))
                                          then 3
                                     when notices = 'none' then 0
                                     when digest <> 'off' then 1
                                     when notices = 'all' then 3
                                     when notices = 'mine' then 2
                                     else 1 end) as wants
                          from membership join agent own on own.id = agent_id
                         where own.role <> 'colleague'
                           and (mailbox_id = conversation.mailbox_id
                                or mailbox_id in (select mailbox_id from conversation_mailbox
                                                   where conversation_id = conversation.id))
                        union all
                        select agent_id, true, 3 from follower
                         where conversation_id = conversation.id
                            or conversation_id in (select id from conversation part
                                                    where part.merged_into = conversation.id)
                       ) as heard
                 group by agent_id) as hearing
          join agent on agent.id = hearing.agent_id and agent.disabled_at is null
         where not exists (select 1 from mailbox_address where address = agent.email)) as people,
       (select jsonb_build_array(agent.id, agent.email, 0, false, '', mailbox.time_zone,
                                  false, '{}'::bigint[], agent.bundles, false) from agent
         where message.author_kind = 'agent' and agent.id = message.author_id
           and (disabled_at is null or event.name = 'message.held')) as author,
       (select jsonb_agg(jsonb_build_array(agent_id, header_id, run_at, state = 'waiting',
                         jsonb_path_query_array(draft, '$.then[*].message')))
          from outbound
         where outbound.conversation_id = conversation.id and kind = 'notice'
           and (run_at > :since or event.name = 'conversation.shared')) as recent
  from event
  join conversation on conversation.id = event.conversation_id
  join mailbox on mailbox.id = conversation.mailbox_id
  left join message on message.id = case
       when event.name in ('conversation.assigned', 'conversation.returned', 'conversation.moved',
                           'conversation.priority', 'satisfaction.rated',
                           'deadline.near', 'deadline.passed', 'deadline.late')
       then (select m.id from message m
              where m.conversation_id = conversation.id and m.kind in ('mail', 'reply')
                and m.visibility = 'public'
              order by m.kind = 'mail' desc, m.received_at desc, m.id desc limit 1)
       else event.message_id end
 where event.id = any(cast(:event_ids as bigint[])) and message.id is not null
 order by event.id
""")


async def events_of(db: Writer, ids: Sequence[int], *, since: datetime) -> list[Event]:
    """The events of these ids that are about a message, with the notices sent after `since`."""
    return [Event(**row) for row in await _HAPPENED.rows(db, event_ids=list(ids), since=since)]
