"""The job after every event: who is told of it, and their mails into the queue.

Two statements for any number of people: what happened, and the mails with their reply tokens; a
third where a mail waits already, to which something is added. Only for a new conversation of a
customer who has others it is asked whether they are about the same.
Running it again adds nothing: a mail's Message-ID follows from what it tells and its reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from inbox.auth.permissions import Permission, allowed_in, part_of
from inbox.clock import utcnow
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import EventName
from inbox.model.notices import Notices, after_quiet, read_quiet
from inbox.model.satisfaction import Rated
from inbox.notify.planning import More, Recent, Wanted, arranged
from inbox.notify.recipients import About, Happening, Person, Telling, tellings
from inbox.outbound.bundle import Addition, add_to_waiting
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.store.engine import Writer
from inbox.store.statement import Statement
from inbox.store.suggestions import suggestions


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
    waiting_since: datetime | None
    promised_until: datetime | None  # in the word of whoever has it
    message_id: int
    kind: str
    visibility: str
    author_kind: str
    author_id: int | None
    author_address: str
    mailbox_id: int
    address: str
    is_promised: bool  # the customer was told by when an answer comes
    may_belong: bool  # a new conversation, and the customer has others
    holder: str | None
    holder_id: int | None
    colleagues_answer: str  # of the mailbox
    shared: list[str]  # the names of further mailboxes that see the conversation
    people: list[list[Any]] | None
    author: list[Any] | None
    recent: list[list[Any]] | None


_OF_HELD: Final = (
    *("held", "reasons", "orders", "leaks", "changed", "undone"),
    *("guest", "holds"),  # what its reader may do; see notify.guests
)
# By the number that `_HAPPENED` gives them. A digest comes instead of notices, but for what is
# given to its reader or asks them: it says nothing of comments, nor of what waits for the customer.
_WISHES: Final = tuple(Notices)
_HAPPENED = Statement("""
select event.id as event_id, event.name, event.actor_kind, event.actor_id, event.actor_name,
       event.payload, conversation.id as conversation_id, conversation.status,
       conversation.waiting_since, conversation.promised_until, message.id as message_id,
       message.kind, message.visibility, message.author_kind,
       message.author_id, message.author_address,
       mailbox.id as mailbox_id, mailbox.address, mailbox.colleagues_answer,
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
                           'satisfaction.rated')
       then (select m.id from message m
              where m.conversation_id = conversation.id and m.kind in ('mail', 'reply')
                and m.visibility = 'public'
              order by m.kind = 'mail' desc, m.id desc limit 1)
       else event.message_id end
 where event.id = any(cast(:event_ids as bigint[])) and message.id is not null
 order by event.id
""")


@job("notify.fan_out", retry=INTAKE, gathers="event_id")
async def fan_out(db: Writer, context: Context, *, event_ids: Sequence[int]) -> None:
    """Ask for the mails that follow from events."""
    now, window = utcnow(), timedelta(seconds=context.settings.bundle_seconds)
    rows = await _HAPPENED.rows(db, event_ids=list(event_ids), since=now - window)
    events = [Event(**row) for row in rows]
    mails: list[NewMail] = []
    notices: list[Wanted] = []
    for event in events:
        told = tellings(_happening(event))
        # What one department alone may see is not told to all that have the conversation.
        may_tell = event.may_belong and not event.shared
        also = await _also(db, event) if told and may_tell else None
        for telling in told:
            person = telling.person
            mail = _mail(event, telling, context.secret, None if person.is_guest else also)
            if telling.about is None:  # of their own mail they are told at once
                mails.append(mail)
            elif telling.kind == "asked":
                at = after_quiet(now, read_quiet(person.quiet), ZoneInfo(person.zone))
                mails.append(replace(mail, run_at=at))
            else:
                notices.append(_wanted(mail, person))
    new, more = arranged(notices, _recent(events), now=now, window=window)
    added = await add_to_waiting(db, [_addition(one, context.secret) for one in more], now=now)
    late = [one.alone for one in more if one.header_id not in added]
    await enqueue_mails(db, [*mails, *new, *late], context.settings, now=now)


def _recent(events: Sequence[Event]) -> list[Recent]:
    return [
        Recent(
            agent_id=agent_id,
            conversation_id=event.conversation_id,
            header_id=header_id,
            leaves_at=datetime.fromisoformat(leaves_at),
            waits=waits,
            told=frozenset(told),
        )
        for event in events
        for agent_id, header_id, leaves_at, waits, told in event.recent or ()
    ]


def _addition(more: More, secret: bytes) -> Addition:
    return Addition(
        header_id=more.header_id,
        token_hash=hash_token(reply_token(secret, more.header_id)),
        then=more.then,
        facts=more.facts,
        shown_event_id=more.alone.shown_event_id,
    )


async def _also(db: Writer, event: Event) -> dict[str, Any] | None:
    """The likeliest conversation that a new one may belong to, as a notice says it."""
    found = await suggestions(db, event.conversation_id, [event.mailbox_id])
    if not found:
        return None
    one = found[0]
    at = one.wrote_at.isoformat() if one.wrote_at else None
    return {
        "id": one.id,
        "subject": one.subject,
        "customer": one.customer,
        "at": None if one.is_unsure else at,
    }


def _mail(
    event: Event, telling: Telling, secret: bytes, also: dict[str, Any] | None = None
) -> NewMail:
    # Of a mail that came, nobody is told twice, however many events say so.
    of_mail = telling.about is About.RECEIVED
    what = ("mail", event.message_id) if of_mail else (telling.kind, event.event_id)
    source = derived(secret, *what, telling.person.id)
    header_id = new_message_id(event.address.rpartition("@")[2], secret, source)
    return NewMail(
        kind=telling.kind,
        recipients=(telling.person.email,),
        header_id=header_id,
        token_hash=hash_token(reply_token(secret, header_id)),
        shown_event_id=event.event_id,
        sender=event.address,
        mailbox_id=event.mailbox_id,
        conversation_id=event.conversation_id,
        message_id=event.message_id,
        agent_id=telling.person.id,
        draft=_draft(event, telling) | ({"also": also} if also else {}),
    )


def _draft(event: Event, telling: Telling) -> dict[str, Any]:
    """What may be otherwise when the mail leaves, and what it is about; no more."""
    match telling.kind:
        case "held":
            return {name: event.payload[name] for name in _OF_HELD if name in event.payload}
        case "failure":
            told = {name: event.payload[name] for name in ("address", "reply")}
            return {**told, "event": event.name, "by": event.actor_name}
    draft: dict[str, Any] = {"about": str(telling.about), **_why_back(event)}
    if event.actor_kind == ActorKind.AGENT:
        draft["by"] = event.actor_name
    if telling.about is About.RATED:
        draft["said"] = event.payload["words"]
    if event.shared:
        draft["shared"] = event.shared
    return draft | _asking(event, telling.person) | _standing(event, telling.person)


def _standing(event: Event, person: Person) -> dict[str, Any]:
    """Who has the conversation, whether it has ended, and what is promised."""
    draft: dict[str, Any] = {}
    if event.holder_id is not None:
        draft["holder"] = "" if event.holder_id == person.id else event.holder
    if event.status in (Status.CLOSED, Status.SPAM):
        draft["ended"] = event.status
    if event.waiting_since is not None and event.is_promised:
        draft["since"] = event.waiting_since.isoformat()
    if event.promised_until is not None:
        draft["promised"] = event.promised_until.isoformat()
    return draft


def _asking(event: Event, person: Person) -> dict[str, Any]:
    """That somebody was drawn in, with what they may, and that it speaks to them."""
    about: dict[str, Any] = {}
    if person.id in event.payload.get("asked", ()):
        about["asked"] = event.actor_name
    if person.is_guest:
        part = part_of(is_member=False, holds=event.holder_id == person.id)
        may_answer = Permission.REPLY in allowed_in(part, event.colleagues_answer)
        about["guest"] = "answer" if may_answer else "comment"
    return about


def _why_back(event: Event) -> dict[str, Any]:
    """Since when nobody has answered, where that is why it comes back."""
    is_back = event.name == EventName.CONVERSATION_RETURNED
    return {"unanswered": event.payload.get("since")} if is_back else {}


def _happening(event: Event) -> Happening:
    return Happening(
        name=EventName(event.name),
        status=Status(event.status),
        holder_id=event.holder_id,
        actor_kind=ActorKind(event.actor_kind),
        actor_id=event.actor_id,
        kind=MessageKind(event.kind),
        is_asked=(event.kind, event.visibility) == ("mail", "internal"),
        author_kind=ActorKind(event.author_kind),
        author_id=event.author_id,
        author_address=event.author_address,
        given_to=event.payload.get("to") if event.name == "conversation.assigned" else None,
        failed_kind=event.payload.get("kind", ""),
        is_quiet=event.payload.get("quiet", False),
        is_bad=event.payload.get("rated") == Rated.BAD,
        author=_person(event.author) if event.author else None,
        people=tuple(map(_person, event.people or ())),
        asked=frozenset(event.payload.get("asked", ())),
    )


def _wanted(mail: NewMail, person: Person) -> Wanted:
    return Wanted(mail=mail, quiet=person.quiet, zone=person.zone, bundles=person.bundles)


def _person(found: list[Any]) -> Person:
    return Person(
        id=found[0],
        email=found[1],
        wants=_WISHES[found[2]],
        takes_part=found[3],
        quiet=found[4],
        zone=found[5],
        is_guest=found[6],
        speakers=frozenset(found[7]),
        bundles=found[8],
        is_manager=found[9],
    )
