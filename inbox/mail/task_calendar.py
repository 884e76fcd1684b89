"""A task of one of us → an invitation for their calendar (RFC 5545, 5546, 6047). Pure.

An event and no VTODO, which Outlook does not read. It takes no time of its reader's (TRANSPARENT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from inbox.model.address import Address

Method = Literal["REQUEST", "CANCEL"]
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_OCTETS = 75  # of a line, RFC 5545 §3.1


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
    url: str
    organizer: Address  # where the answer goes
    attendee: Address


def task_calendar(task: Task) -> str:
    """The calendar object, in lines that end in CRLF."""
    lines = [line for name, value in _lines(task) for line in _folded(f"{name}:{value}")]
    return "\r\n".join(lines) + "\r\n"


def _lines(task: Task) -> Iterator[tuple[str, str]]:
    is_cancelled = task.method == "CANCEL"
    yield "BEGIN", "VCALENDAR"
    yield "VERSION", "2.0"
    yield "PRODID", "-//inbox//task//EN"
    yield "CALSCALE", "GREGORIAN"
    yield "METHOD", task.method
    yield "BEGIN", "VEVENT"
    yield "UID", _text(task.uid)
    yield "SEQUENCE", str(task.sequence)
    yield "DTSTAMP", _moment(task.stamp)
    yield "DTSTART", _moment(task.start)
    yield "DTEND", _moment(task.end)
    yield "SUMMARY", _text(task.summary)
    yield "DESCRIPTION", _text(task.description)
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


def _text(value: str) -> str:
    """RFC 5545 §3.3.11."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return _CONTROLS.sub("", value)


def _named(person: Address) -> str:
    """The name as a parameter; what a quoted one cannot hold is left out (§3.2)."""
    name = _CONTROLS.sub("", person.name.replace('"', "'")).strip()
    return f';CN="{name}"' if name else ""


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, none of which cuts a character (§3.1)."""
    piece, room = "", _OCTETS
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if size > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += character
        room -= size
    yield piece
