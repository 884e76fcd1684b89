"""When the notices of a moment leave, and which of them leave together. Pure.

The first notice of a conversation leaves at once. What follows for the same reader within the
window waits until it is over and is one mail; so does what falls into their quiet hours. However
much happens, nobody gets more than one notice of a conversation in a window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.model.notices import after_quiet, read_quiet
from inbox.model.zones import zone_called
from inbox.notify.items import SAID
from inbox.notify.recipients import About
from inbox.outbound.queue import NewMail

# What a notice says of the conversation: of all that leaves together, the newest counts.
_FACTS: Final = ("holder", "answer_by", "promised", "shared", "guest", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A notice that follows from an event, and when its reader does not want any."""

    mail: NewMail
    quiet: str = ""
    zone: str = "UTC"
    bundles: bool = True  # its reader wants what follows soon in one mail
    at_once: bool = False  # not after what was told a moment ago


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """A notice of the conversation that this person got a moment ago, or is to get."""

    agent_id: int
    conversation_id: int
    header_id: str
    leaves_at: datetime
    waits: bool = False
    told: frozenset[int] = frozenset()  # the mails that it tells of besides its own


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What is to be told together with what waits already; `alone` if that has just left."""

    header_id: str
    alone: NewMail

    @property
    def then(self) -> list[dict[str, Any]]:
        """The items to add."""
        return [_item(self.alone), *self.alone.draft.get("then", ())]

    @property
    def facts(self) -> dict[str, Any]:
        """What holds now."""
        return _facts(self.alone)


@dataclass(slots=True)
class _Bundle:
    """What one reader gets of one conversation; `into` names the mail that waits already."""

    leaves_at: datetime
    into: str | None
    mail: NewMail


def arranged(
    wanted: Iterable[Wanted], recent: Sequence[Recent], *, now: datetime, window: timedelta
) -> tuple[list[NewMail], list[More]]:
    """The mails to ask for, and what is to be added to mails that wait."""
    bundles: dict[tuple[int | None, ...], _Bundle] = {}
    for number, one in enumerate(sorted(wanted, key=lambda each: not each.at_once)):
        mail = one.mail
        known = [each for each in recent if _is_for(each, mail)]
        if _is_told(mail, known):
            continue
        # Without a window each is a mail by itself, but for what waits for the morning.
        span = window if one.bundles else timedelta()
        is_alone = not span and not _waiting(known, now)
        key = (mail.conversation_id, mail.agent_id, number if is_alone else None)
        if key in bundles:
            bundles[key].mail = together(bundles[key].mail, mail)
        else:
            bundles[key] = _bundle(one, known, now, span)
    new = [one.mail for one in bundles.values() if one.into is None]
    more = [
        More(header_id=one.into, alone=one.mail) for one in bundles.values() if one.into is not None
    ]
    return new, more


def _bundle(one: Wanted, known: Sequence[Recent], now: datetime, window: timedelta) -> _Bundle:
    quiet, zone = read_quiet(one.quiet), zone_called(one.zone)
    waiting = [] if one.at_once else _waiting(known, now)
    if one.at_once:
        known = ()
    last = max((each.leaves_at for each in waiting or known), default=None)
    at = now if last is None else max(now, last + window)
    at = after_quiet(at, quiet, zone)
    into = waiting[0].header_id if waiting else None
    return _Bundle(leaves_at=at, into=into, mail=replace(one.mail, run_at=at))


def _waiting(known: Iterable[Recent], now: datetime) -> list[Recent]:
    return [one for one in known if one.waits and one.leaves_at > now]


def _is_for(recent: Recent, mail: NewMail) -> bool:
    return (recent.agent_id, recent.conversation_id) == (mail.agent_id, mail.conversation_id)


def _is_told(mail: NewMail, known: Iterable[Recent]) -> bool:
    """Of a mail that came nobody is told twice, however many events say so."""
    is_of_mail = mail.draft["about"] == About.RECEIVED
    return any(
        one.header_id == mail.header_id or (is_of_mail and mail.message_id in one.told)
        for one in known
    )


def together(first: NewMail, then: NewMail) -> NewMail:
    """One mail of two, with the id of the first and the facts of the second."""
    items = [*first.draft.get("then", ()), _item(then), *then.draft.get("then", ())]
    return replace(
        first,
        draft={**first.draft, **_facts(then), "then": items},
        shown_event_id=max(first.shown_event_id, then.shown_event_id),
    )


def _item(mail: NewMail) -> dict[str, Any]:
    kept = {name: mail.draft[name] for name in ("about", *SAID) if name in mail.draft}
    return {**kept, "message": mail.message_id}


def _facts(mail: NewMail) -> dict[str, Any]:
    asked = {"asked": mail.draft["asked"]} if "asked" in mail.draft else {}
    return {name: mail.draft.get(name) for name in _FACTS} | asked
