"""The job after every event: who is told of it, and their mails into the queue.

Two statements for any number of people: what happened, and the mails with their reply tokens; a
third where a mail waits already, to which something is added. Only for a new conversation of a
customer who has others it is asked whether they are about the same.
Running it again adds nothing: a mail's Message-ID follows from what it tells and its reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.auth.permissions import Permission, allowed_in, part_of
from inbox.clock import utcnow
from inbox.jobs.registry import Context, job
from inbox.jobs.retry import INTAKE
from inbox.mail.ids import new_message_id
from inbox.mail.tokens import hash_token
from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import ALARMS, EventName
from inbox.model.marks import Urgency
from inbox.model.notices import Notices, after_quiet, read_quiet
from inbox.model.satisfaction import Rated
from inbox.model.zones import zone_called
from inbox.notify.happened import Event, events_of
from inbox.notify.planning import More, Recent, Wanted, arranged
from inbox.notify.recipients import About, Happening, Person, Telling, tellings
from inbox.outbound.bundle import Addition, add_to_waiting
from inbox.outbound.keyed import derived, reply_token
from inbox.outbound.queue import NewMail, enqueue_mails
from inbox.sla.deadlines import Timer
from inbox.store.engine import Writer
from inbox.store.suggestions import suggestions

_OF_HELD: Final = (
    *("held", "reasons", "orders", "leaks", "changed", "undone"),
    *("guest", "holds"),  # what its reader may do; see notify.guests
)
# By the number that `happened` gives them. A digest comes instead of notices, but for what is
# given to its reader or asks them: it says nothing of comments, nor of what waits for the customer.
_WISHES: Final = tuple(Notices)


@job("notify.fan_out", retry=INTAKE, gathers="event_id")
async def fan_out(db: Writer, context: Context, *, event_ids: Sequence[int]) -> None:
    """Ask for the mails that follow from events."""
    now, window = utcnow(), timedelta(seconds=context.settings.bundle_seconds)
    events = await events_of(db, event_ids, since=now - window)
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
                at = after_quiet(now, read_quiet(person.quiet), zone_called(person.zone))
                mails.append(replace(mail, run_at=at))
            else:
                notices.append(_wanted(mail, telling))
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


def _moves(event: Event) -> list[dict[str, Any]]:
    """From where to where; by the time it is told it may be elsewhere again."""
    if event.name == EventName.CONVERSATION_MOVED:
        return [{"names": event.payload["names"]}]
    return event.payload.get("moves") or []


def _draft(event: Event, telling: Telling) -> dict[str, Any]:
    """What may be otherwise when the mail leaves, and what it is about; no more."""
    match telling.kind:
        case "held":
            return {name: event.payload[name] for name in _OF_HELD if name in event.payload}
        case "failure":
            told = {name: event.payload[name] for name in ("address", "reply")}
            return {**told, "event": event.name, "by": event.actor_name}
    draft: dict[str, Any] = {"about": str(telling.about), **_why_back(event)}
    if event.actor_kind in (ActorKind.AGENT, ActorKind.RULE):
        draft["by"] = event.actor_name
    if event.actor_kind == ActorKind.RULE:
        draft["ruled"] = True
    if moves := _moves(event):
        draft["moves"] = moves
    if telling.about is About.RATED:
        draft["said"] = event.payload["words"]
    if event.shared:
        draft["shared"] = event.shared
    return (
        draft | _pressing(event) | _asking(event, telling.person) | _standing(event, telling.person)
    )


def _pressing(event: Event) -> dict[str, Any]:
    """What is due, and by when, where that is what is told."""
    is_alarm = event.name in ALARMS
    return {name: event.payload[name] for name in ("timer", "due")} if is_alarm else {}


def _standing(event: Event, person: Person) -> dict[str, Any]:
    """Who has the conversation, whether it has ended, and what is promised."""
    draft: dict[str, Any] = {}
    if event.holder_id is not None:
        draft["holder"] = "" if event.holder_id == person.id else event.holder
    if event.status in (Status.CLOSED, Status.SPAM):
        draft["ended"] = event.status
    if event.due_at is not None and event.is_promised and event.due == Timer.FIRST_ANSWER:
        draft["answer_by"] = event.due_at.isoformat()
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
        told=frozenset(event.payload.get("told", ())),
        is_urgent=event.priority == Urgency.URGENT,
        has_become_urgent=event.payload.get("priority") == Urgency.URGENT.word,
        critical=frozenset(event.critical),
    )


def _wanted(mail: NewMail, telling: Telling) -> Wanted:
    person = telling.person
    return Wanted(
        mail=mail,
        quiet="" if telling.wakes else person.quiet,
        zone=person.zone,
        bundles=person.bundles,
        at_once=telling.at_once,
    )


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
