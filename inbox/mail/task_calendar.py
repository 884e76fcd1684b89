"""A task of one of us → an invitation for their calendar (RFC 5545, 5546, 6047). Pure.

An event and no VTODO, which Outlook does not read. It takes no time of its reader's (TRANSPARENT).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from inbox.mail.content_lines import escaped, quoted, written
from inbox.model.address import Address

Method = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What somebody is asked to do, by when. `uid` and `sequence` tell its later versions."""

    method: Method
    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    summary: str
    description: str
    url: str  # of its page; empty for who has no pages
    organizer: Address  # where the answer goes
    attendee: Address


def task_calendar(task: Task) -> str:
    """The calendar object, in lines that end in CRLF."""
    return written(_lines(task))


def _lines(task: Task) -> Iterator[tuple[str, str]]:
    is_cancelled = task.method == "CANCEL"
    yield "BEGIN", "VCALENDAR"
    yield "VERSION", "2.0"
    yield "PRODID", "-//inbox//task//EN"
    yield "CALSCALE", "GREGORIAN"
    yield "METHOD", task.method
    yield "BEGIN", "VEVENT"
    yield "UID", escaped(task.uid)
    yield "SEQUENCE", str(task.sequence)
    yield "DTSTAMP", _moment(task.stamp)
    yield "DTSTART", _moment(task.start)
    yield "DTEND", _moment(task.end)
    yield "SUMMARY", escaped(task.summary)
    yield "DESCRIPTION", escaped(task.description)
    if task.url:
        yield "URL", task.url
    yield f"ORGANIZER{_named(task.organizer)}", f"mailto:{task.organizer.address}"
    asked = "" if is_cancelled else ";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE"
    yield f"ATTENDEE{_named(task.attendee)}{asked}", f"mailto:{task.attendee.address}"
    yield "STATUS", "CANCELLED" if is_cancelled else "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"
    yield "END", "VCALENDAR"


def _moment(when: datetime) -> str:
    # In UTC: a time zone would have to be described, and each program names them otherwise.
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _named(person: Address) -> str:
    return f";CN={quoted(person.name)}" if person.name.strip() else ""
