"""An event → who is told of it by mail, and in which mail. Pure.

Never told: who did it, people without access, colleagues who were not drawn in, addresses of
mailboxes (which would write to themselves for ever). Nobody hears of automatic mail, nor of what
is in the spam.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from inbox.model.conversation import ActorKind, MessageKind, Status
from inbox.model.event import EventName
from inbox.model.notices import Notices


class About(StrEnum):
    """What a notice tells of."""

    RECEIVED = "received"  # the customer wrote
    REPLIED = "replied"  # a colleague answered the customer
    FORWARDED = "forwarded"  # a colleague passed a mail on to somebody outside
    NOTED = "noted"  # a colleague wrote a comment
    ASSIGNED = "assigned"  # a colleague gave the reader this conversation
    RETURNED = "returned"  # the time has passed that was set
    MOVED = "moved"  # it came to the reader's mailbox
    THANKED = "thanked"  # the customer says thanks, and it stays closed
    NOTIFIED = "notified"  # a rule wants the reader to hear of it
    NEAR = "near"  # it is due soon
    PASSED = "passed"  # it was due
    LATE = "late"  # and still is not done
    URGENT = "urgent"  # somebody says that it is
    RATED = "rated"  # the customer says that we have not helped


# About the conversation, not about words.
WORDLESS: Final = frozenset(
    {About.ASSIGNED, About.MOVED, About.RETURNED, About.RATED, About.NOTIFIED}
    | {About.NEAR, About.PASSED, About.LATE, About.URGENT}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of ours who has access to the conversation, and what they want to hear of it."""

    id: int
    email: str
    wants: Notices = Notices.ALL
    takes_part: bool = False  # said something in it; known of those who want theirs
    quiet: str = ""
    zone: str = "UTC"
    is_guest: bool = False  # drawn into this conversation; it is not in a mailbox of theirs
    speakers: frozenset[int] = frozenset()  # of a department: who of us answers for it
    bundles: bool = True
    is_manager: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event with what the decision needs of its message and conversation."""

    name: EventName
    status: Status
    actor_kind: ActorKind
    actor_id: int | None = None
    kind: MessageKind | None = None  # of the message that it is about
    is_asked: bool = False  # of somebody outside whom one of us has asked
    author_kind: ActorKind | None = None
    author_id: int | None = None
    author_address: str = ""
    holder_id: int | None = None  # who has the conversation now
    given_to: int | None = None  # of an assignment
    failed_kind: str = ""  # of the mail that was not delivered
    is_quiet: bool = False  # its writer has been told often enough
    is_bad: bool = False  # what the customer says of our help
    author: Person | None = None  # who of ours wrote the message, unless they left
    people: tuple[Person, ...] = ()
    asked: frozenset[int] = frozenset()  # of the people, whom a comment or answer speaks to
    told: frozenset[int] = frozenset()  # of the people, whom a deadline is for
    is_urgent: bool = False  # the conversation
    has_become_urgent: bool = False
    critical: frozenset[str] = frozenset()  # addresses of those whom what is urgent concerns


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A mail to one person; `kind` names its composer, `about` what a notice is of."""

    kind: str
    person: Person
    about: About | None = None
    at_once: bool = False  # it waits for nothing else to be told
    wakes: bool = False  # nor for the morning


def tellings(event: Happening) -> tuple[Telling, ...]:
    """The mails that follow from an event."""
    if event.name in _PRESSING:
        return _pressing(event, _PRESSING[event.name])
    match event.name:
        case (
            EventName.MESSAGE_HELD
            | EventName.DELIVERY_FAILED
            | EventName.DELIVERY_DELAYED
            | EventName.DELIVERY_DROPPED
        ):
            return _to_the_author(event)
        case EventName.CONVERSATION_ASSIGNED:
            given = (
                one
                for one in event.people
                if one.id == event.given_to and one.wants is not Notices.NONE
            )
            return _notices(event, given, About.ASSIGNED)
        case EventName.CONVERSATION_RETURNED:
            return _notices(event, _whose_turn(event), About.RETURNED)
        case (
            EventName.SATISFACTION_RATED
            | EventName.MESSAGE_THANKED
            | EventName.CONVERSATION_NOTIFIED
        ):
            return _to_some(event)
    about = _about(event)
    if about is None:
        return ()
    pages = _pressing(event, about) if event.is_urgent and about is About.RECEIVED else ()
    paged = [one.person for one in pages]
    others = [one for one in event.people if _wants(one, event) and one not in paged]
    return pages + _notices(event, others, about)


_PRESSING: Final = {
    EventName.DEADLINE_NEAR: About.NEAR,
    EventName.DEADLINE_PASSED: About.PASSED,
    EventName.DEADLINE_LATE: About.LATE,
    EventName.CONVERSATION_PRIORITY: About.URGENT,
}


def _pressing(event: Happening, about: About) -> tuple[Telling, ...]:
    """What waits for nothing: for whom a deadline is, and for whom what is urgent concerns."""
    if about in (About.URGENT, About.RECEIVED):
        is_theirs = event.has_become_urgent or about is About.RECEIVED
        people = [one for one in event.people if is_theirs and one.email in event.critical]
    else:
        people = [one for one in event.people if one.id in event.told]
    told = _notices(event, people, about)
    return tuple(replace(one, at_once=True, wakes=event.is_urgent) for one in told)


def _to_some(event: Happening) -> tuple[Telling, ...]:
    """What is told to those only whom it concerns."""
    match event.name:
        case EventName.SATISFACTION_RATED:
            return _notices(event, _responsible(event), About.RATED) if event.is_bad else ()
        case EventName.MESSAGE_THANKED:
            holder = (one for one in event.people if one.id == event.holder_id)
            return _notices(event, (one for one in holder if _wants(one, event)), About.THANKED)
    # Whatever else they hear of: that is what the rule is for.
    told = (one for one in event.people if one.id in event.asked)
    return _notices(event, told, About.NOTIFIED)


def _about(event: Happening) -> About | None:
    match event.name, event.kind:
        case (
            EventName.CONVERSATION_OPENED
            | EventName.CONVERSATION_SHARED
            | EventName.MESSAGE_RECEIVED,
            MessageKind.MAIL,
        ):
            return About.RECEIVED if event.status is not Status.SPAM else None
        case (
            EventName.CONVERSATION_OPENED | EventName.MESSAGE_REPLIED | EventName.MESSAGE_RELEASED,
            MessageKind.REPLY,
        ):
            return About.REPLIED
        case EventName.MESSAGE_FORWARDED, MessageKind.FORWARD:
            return About.FORWARDED
        case (
            EventName.CONVERSATION_OPENED | EventName.MESSAGE_NOTED | EventName.MESSAGE_RELEASED,
            MessageKind.NOTE,
        ):
            return About.NOTED
        case EventName.CONVERSATION_MOVED, _:
            return About.MOVED
    return None


def _whose_turn(event: Happening) -> Iterable[Person]:
    """Who has it; all who want to hear of it where nobody has."""
    holder = [one for one in event.people if one.id == event.holder_id]
    return (
        one
        for one in holder or event.people
        if one.wants is not Notices.NONE
        if holder or _wants(one, event)
    )


def _responsible(event: Happening) -> Iterable[Person]:
    """Who has it and who leads the department; all who want to hear of it where there are none."""
    wanting = [one for one in event.people if _wants(one, event)]
    leading = [one for one in wanting if one.is_manager and not one.is_guest]
    holders = [
        one
        for one in event.people
        if one.id == event.holder_id and one.wants is not Notices.NONE and one not in leading
    ]
    return [*holders, *leading] or wanting


def _wants(person: Person, event: Happening) -> bool:
    if person.id in event.asked:
        return person.wants is not Notices.NONE
    if person.wants is Notices.MINE:
        return person.takes_part or person.id == event.holder_id
    return person.wants is Notices.ALL


def _notices(event: Happening, people: Iterable[Person], about: About) -> tuple[Telling, ...]:
    # Never together with anything else: an answer to it goes elsewhere.
    kind = "asked" if event.is_asked and about is About.RECEIVED else "notice"
    return tuple(
        Telling(kind=kind, person=one, about=about)
        for one in people
        if not _knows(event, one, about)
    )


def _knows(event: Happening, person: Person, about: About) -> bool:
    """They did it themselves, or wrote what it is about."""
    theirs = {person.id, *person.speakers}
    if event.actor_kind is ActorKind.AGENT and event.actor_id in theirs:
        return True
    if about in WORDLESS:
        return False
    is_author = event.author_kind is ActorKind.AGENT and event.author_id in theirs
    return is_author or event.author_address == person.email


def _to_the_author(event: Happening) -> tuple[Telling, ...]:
    is_held = event.name is EventName.MESSAGE_HELD
    is_told = not event.is_quiet if is_held else event.failed_kind in ("reply", "forward")
    if not is_told or event.author is None:
        return ()
    # Their words are in it, so it goes to them alone, also when they have no access any more.
    return (Telling(kind="held" if is_held else "failure", person=event.author),)
