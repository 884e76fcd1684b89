"""An invitation or its answer (RFC 5545, RFC 5546) → values, and readable lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import get_global

from inbox.model.address import Address
from inbox.model.mail import Answered, Invitation, Moment

_MAX_BYTES = 256 * 1024
_MAX_LINES = 5000
_MAX_ANSWERS = 100
_LINE = re.compile(r"([A-Za-z-]{1,40})((?:;[^:\"]*(?:\"[^\"]*\")?)*):(.*)")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PERIOD = re.compile(r"\+?P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?")
_FREQUENCY = re.compile(r"(?i)(?:^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b")
# What somebody writes to their answer, whatever the language of the sentence in the mail.
_GOOGLES_NOTE = re.compile(r'(?i);X-RESPONSE-COMMENT="?([^"]{1,2000})')
_TEXTS = ("SUMMARY", "LOCATION", "DESCRIPTION", "UID", "COMMENT")
_EVENTS = ("VEVENT", "VTODO")
_NESTED = ("VALARM", "VTIMEZONE", "STANDARD", "DAYLIGHT")


@dataclass(slots=True)
class _Fields:
    """What was found of the first event."""

    method: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    moments: dict[str, Moment] = field(default_factory=dict)
    duration: str = ""
    recurs: str = ""
    organizer: Address | None = None
    answers: list[Answered] = field(default_factory=list)


def read_invitation(calendar: str) -> Invitation | None:
    """The first event of a calendar; None where there is none. Bounded, never raises."""
    found = _Fields()
    inside = False
    for name, params, value in _top_lines(calendar[:_MAX_BYTES]):
        if name == "BEGIN":
            inside = inside or value.upper() in _EVENTS
        elif name == "END" and inside:
            break
        elif inside:
            _keep(found, name, params, value)
        elif name == "METHOD":
            found.method = value.lower()[:20]
    return _invitation(found) if inside else None


def invite_text(calendar: str) -> str:
    """What the first event of a calendar says: summary, time, place, text; empty for none."""
    found = read_invitation(calendar)
    if found is None:
        return ""
    text, described = facts_text(found), found.description
    return f"{text}\n\n{described}" if text and described else text or described


def facts_text(found: Invitation) -> str:
    """Summary, time, place and answers of an invitation, as they stand above what it describes."""
    start, end = _shown(found.start), _shown(found.end)
    lines = [
        found.summary,
        " ".join(filter(None, (f"{start} – {end}" if start and end else start, found.recurs))),
        found.location,
        found.organizer.address if found.organizer else "",
        *_replies(found),
    ]
    return "\n".join(line for line in lines if line)


def words_beside(text: str, found: Invitation | Mapping[str, Any] | None) -> str:
    """What a mail says that its invitation does not: the lines made of a bare calendar go."""
    invitation = invitation_of(found) if isinstance(found, Mapping) else found
    said = facts_text(invitation) if invitation else ""
    return text.strip().removeprefix(said).strip("\n") if said else text


def invitation_dict(found: Invitation | None) -> dict[str, Any] | None:
    """The invitation as plain data that JSON can hold."""
    return asdict(found) if found else None


def invitation_of(data: Mapping[str, Any]) -> Invitation:
    """The invitation that `invitation_dict` made plain data of."""
    organizer = data["organizer"]
    return Invitation(
        **{name: data[name] for name in ("method", "summary", "location", "description")},
        start=Moment(**data["start"]) if data["start"] else None,
        end=Moment(**data["end"]) if data["end"] else None,
        recurs=data.get("recurs", ""),
        uid=data.get("uid", ""),
        comment=data.get("comment", ""),
        organizer=Address(**organizer) if organizer else None,
        answers=tuple(
            Answered(person=Address(**one["person"]), status=one["status"])
            for one in data["answers"]
        ),
    )


def _replies(found: Invitation) -> Iterator[str]:
    """Who has answered; whoever is only asked says nothing yet."""
    for one in found.answers[:10]:
        if found.method == "reply" or one.status != "needs-action":
            yield f"{one.person.address or one.person.name}: {one.status}"


def _top_lines(calendar: str) -> Iterator[tuple[str, str, str]]:
    """Name, parameters and value of each line, but for those of reminders within an event."""
    depth = 0
    # RFC 5545 §3.1: a line that begins with a space goes on with the one above.
    for line in re.sub(r"\n[ \t]", "", calendar.replace("\r", "")).split("\n")[:_MAX_LINES]:
        match = _LINE.match(line[:20_000])
        if match is None:
            continue
        name, value = match[1].upper(), match[3].strip()
        is_nested = value.upper() in _NESTED
        depth += (name == "BEGIN") and is_nested
        if not depth:
            yield name, match[2], value
        depth -= (name == "END") and is_nested and depth > 0


def _keep(found: _Fields, name: str, params: str, value: str) -> None:
    if name in _TEXTS:
        found.texts.setdefault(name, _unescaped(value))
    elif name in ("DTSTART", "DTEND", "DUE"):
        found.moments.setdefault(name, _moment(value, _param(params, "TZID")))
    elif name == "DURATION":
        found.duration = value
    elif name == "RRULE":
        frequency = _FREQUENCY.search(value)
        found.recurs = frequency[1].lower() if frequency else ""
    elif name == "ORGANIZER":
        found.organizer = found.organizer or _person(params, value)
    elif name == "ATTENDEE" and len(found.answers) < _MAX_ANSWERS:
        _keep_answer(found, params, value)


def _keep_answer(found: _Fields, params: str, value: str) -> None:
    if status := _param(params, "PARTSTAT").lower()[:20]:
        found.answers.append(Answered(person=_person(params, value), status=status))
    if found.method == "reply" and (said := _GOOGLES_NOTE.search(params)):
        found.texts.setdefault("COMMENT", _plain(said[1]))


def _invitation(found: _Fields) -> Invitation:
    start = found.moments.get("DTSTART")
    end = found.moments.get("DTEND") or found.moments.get("DUE")
    return Invitation(
        method=found.method,
        summary=found.texts.get("SUMMARY", ""),
        start=start,
        end=end or (_after(start, found.duration) if start else None),
        recurs=found.recurs,
        location=found.texts.get("LOCATION", ""),
        organizer=found.organizer,
        answers=tuple(found.answers),
        description=found.texts.get("DESCRIPTION", ""),
        uid=found.texts.get("UID", "")[:255],
        comment=found.texts.get("COMMENT", ""),
    )


def _moment(value: str, zone: str) -> Moment:
    match = _STAMP.match(value)
    if match is None:
        return Moment(at=value[:40])
    year, month, day, hour, minute, second, is_utc = match.groups()
    try:
        if not hour:
            return Moment(at=date(int(year), int(month), int(day)).isoformat())
        there = datetime.fromisoformat(f"{year}-{month}-{day}T{hour}:{minute}:{second}")
    except ValueError:  # no such day
        return Moment(at=value[:40])
    if is_utc:
        return Moment(at=there.replace(tzinfo=UTC).isoformat(), zone="UTC")
    # Outlook names zones in its own way.
    name = get_global("windows_zone_mapping").get(zone, zone)
    try:
        there = there.replace(tzinfo=ZoneInfo(name))
    except (ValueError, KeyError, OSError):  # no such zone
        return Moment(at=there.isoformat(), zone=zone)
    return Moment(at=there.isoformat(), zone=zone)


def _after(start: Moment, duration: str) -> Moment | None:
    match = _PERIOD.fullmatch(duration)
    if match is None or not _TIME.match(start.at):
        return None
    weeks, days, hours, minutes = (int(one or 0) for one in match.groups())
    try:
        end = datetime.fromisoformat(start.at) + timedelta(
            weeks=weeks, days=days, hours=hours, minutes=minutes
        )
    except (ValueError, OverflowError):
        return None
    return Moment(at=end.isoformat(), zone=start.zone)


def _shown(moment: Moment | None) -> str:
    if moment is None:
        return ""
    if not _TIME.match(moment.at):
        return moment.at if _DAY.fullmatch(moment.at) else ""
    return f"{moment.at[:10]} {moment.at[11:16]} {moment.zone}".rstrip()


def _person(params: str, value: str) -> Address:
    return Address(
        name=_param(params, "CN")[:200], address=re.sub(r"(?i)^mailto:", "", value.strip())[:200]
    )


def _param(params: str, name: str) -> str:
    found = re.search(rf"(?i);{name}=(?:\"([^\"]{{0,200}})\"|([^;:\"]{{0,200}}))", params)
    return (found[1] or found[2] or "").strip() if found else ""


def _plain(value: str) -> str:
    """A parameter's value (RFC 6868 §3.2)."""
    return re.sub(r"\^([n^'])", lambda m: {"n": "\n", "^": "^", "'": '"'}[m[1]], value).strip()


def _unescaped(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
