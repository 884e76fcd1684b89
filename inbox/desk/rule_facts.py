"""A mail and its conversation → what rules can ask about them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from inbox.desk.answered import is_proved
from inbox.desk.letter import Letter
from inbox.mail.language import language_of
from inbox.mail.parse import parse
from inbox.model.address import Address, normalize
from inbox.model.mail import ParsedMail
from inbox.model.marks import Urgency
from inbox.rules.engine import Kept
from inbox.rules.facts import Facts
from inbox.rules.schema import Header
from inbox.sla.calendar import Hours, between, is_open
from inbox.store.ruled import Stands
from inbox.threading.participants import organisation

_LEAST_WORDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of a mail any of the rules asks about: only that is found out."""

    about: frozenset[str]
    headers: frozenset[str]

    @classmethod
    def by(cls, rules: Iterable[Kept]) -> Asked:
        """All that these rules ask."""
        conditions = [one for kept in rules if kept.rule for one in kept.rule.conditions]
        return cls(
            about=frozenset(one.about for one in conditions),
            headers=frozenset(one.name.lower() for one in conditions if isinstance(one, Header)),
        )

    @property
    def needs_hours(self) -> bool:
        """Whether it matters when the department is there."""
        return bool(self.about & {"open_hours", "waiting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The department that a conversation is in, and the moment at which is asked."""

    address: str
    hours: Hours | None
    now: datetime


def facts_of_letter(
    letter: Letter, stands: Stands, place: Place, asked: Asked, *, is_new: bool
) -> Facts:
    """Of a mail that has just been kept."""
    mail = letter.mail
    proof = "pass" if letter.proof.is_proved else "fail" if letter.proof.is_failed else "none"
    text = letter.trimmed.new_text
    said = _language(mail, text) if "language" in asked.about else ""
    return Facts(
        **_standing(stands, place),
        organisation=organisation(letter.author.address),
        language=said,
        is_new=is_new,
        recipients=_everybody(letter.recipients, (*mail.to, *mail.cc)),
        sender=letter.author.address,
        sender_name=letter.author.name,
        subject=mail.subject,
        text=text,
        files=tuple(one.filename for one in mail.attachments if not one.inline),
        headers=_headers(mail, asked.headers),
        proof=proof,
    )


def facts_of_row(row: Mapping[str, Any], stands: Stands, place: Place, asked: Asked) -> Facts:
    """Of a mail that came some time ago; its conversation is asked as it stands now."""
    head = row["head"] if asked.headers else None
    proof = row["proof"] or {}
    failed = "fail" if proof.get("dmarc") == "fail" else "none"
    named = [one.get("address", "") for one in (*row["to"], *row["cc"])]
    return Facts(
        **_standing(stands, place),
        organisation=organisation(row["author_address"]),
        language=(row["language"] or "").partition("-")[0],
        is_new=row["is_new"],
        recipients=_everybody((*(row["recipients"] or ()), *named), ()),
        sender=row["author_address"],
        sender_name=row["author_name"],
        subject=row["subject"],
        text=row["text"],
        files=tuple(row["files"]),
        headers=_headers(parse(bytes(head)), asked.headers) if head else {},
        proof="pass" if is_proved(proof) else failed,
    )


def stands_of(row: Mapping[str, Any]) -> Stands:
    """How a conversation stands, by a row of `store.rule_trials`."""
    return Stands(
        id=row["conversation_id"],
        mailbox_id=row["mailbox_id"],
        status=row["status"],
        priority=row["priority"],
        category=row["category"],
        tags=frozenset(row["tags"]),
        is_assigned=row["assignee_id"] is not None,
        waiting_since=row["waiting_since"],
        hours_key="",
        is_public=True,
    )


def facts_of_waiting(stands: Stands, place: Place, customer: str) -> Facts:
    """Of a conversation that waits, where no mail has come."""
    return Facts(**_standing(stands, place), organisation=organisation(customer))


def _standing(stands: Stands, place: Place) -> dict[str, Any]:
    return {
        "mailbox": place.address,
        "status": stands.status,
        "priority": Urgency(stands.priority).word,
        "category": stands.category,
        "tags": stands.tags,
        "is_assigned": stands.is_assigned,
        "is_open_hours": place.hours is None or is_open(place.hours, place.now),
        "waiting": _waited(stands.waiting_since, place),
    }


def _waited(since: datetime | None, place: Place) -> timedelta | None:
    if since is None:
        return None
    return between(place.hours, since, place.now) if place.hours else place.now - since


def _everybody(recipients: Iterable[str], named: Iterable[Address]) -> tuple[str, ...]:
    found = (*recipients, *(one.address for one in named))
    return tuple(dict.fromkeys(filter(None, map(normalize, found))))


def _headers(mail: ParsedMail, wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, value in mail.headers if wanted else ():
        if name.lower() in wanted:
            found.setdefault(name.lower(), []).append(value)
    return {name: tuple(values) for name, values in found.items()}


def _language(mail: ParsedMail, text: str) -> str:
    """What its words are in; what its writer's program says where there are too few of them."""
    found = language_of(text) if len(text.split()) >= _LEAST_WORDS or not text.isascii() else None
    return (found or mail.header("Content-Language").strip().lower()).partition("-")[0]
