"""An invitation or its answer (iCalendar, RFC 5545) → a few readable lines."""

from __future__ import annotations

import re

_MAX_BYTES = 256 * 1024
_LINE = re.compile(r"([A-Za-z-]{1,40})((?:;[^:\"]*(?:\"[^\"]*\")?)*):(.*)")
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
_SHOWN = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "ORGANIZER", "DESCRIPTION")


def invite_text(calendar: str) -> str:
    """What the first event of a calendar says: summary, time, place, text; empty for none."""
    fields = _first_event(calendar[:_MAX_BYTES])
    lines = [fields.get("SUMMARY", "")]
    if start := fields.get("DTSTART"):
        end = fields.get("DTEND", "")
        lines.append(f"{start} – {end}" if end else start)
    lines += [fields.get("LOCATION", ""), fields.get("ORGANIZER", "")]
    if answer := fields.get("PARTSTAT"):
        lines.append(answer)
    text = "\n".join(line for line in lines if line)
    described = fields.get("DESCRIPTION", "").strip()
    return f"{text}\n\n{described}" if text and described else text or described


def _first_event(calendar: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    inside = False
    # RFC 5545 §3.1: a line that begins with a space goes on with the one above.
    for line in re.sub(r"\n[ \t]", "", calendar.replace("\r", "")).split("\n")[:5000]:
        if line.startswith("BEGIN:VEVENT"):
            inside = True
        elif line.startswith("END:VEVENT"):
            break
        elif inside and (match := _LINE.match(line[:20_000])):
            _keep(fields, match[1].upper(), match[2], match[3])
    return fields


def _keep(fields: dict[str, str], name: str, params: str, value: str) -> None:
    if name == "ATTENDEE" and (status := re.search(r"(?i)PARTSTAT=(\w+)", params)):
        fields.setdefault("PARTSTAT", f"{_person(value)}: {status[1].lower()}")
    elif name in ("DTSTART", "DTEND"):
        zone = re.search(r"(?i)TZID=\"?([^;:\"]{1,60})", params)
        fields.setdefault(name, _when(value, zone[1] if zone else ""))
    elif name in _SHOWN:
        text = _person(value) if name == "ORGANIZER" else _unescaped(value)
        fields.setdefault(name, text)


def _when(value: str, zone: str) -> str:
    match = _STAMP.match(value)
    if match is None:
        return value[:40]
    day = f"{match[1]}-{match[2]}-{match[3]}"
    if not match[4]:
        return day
    return f"{day} {match[4]}:{match[5]} {'UTC' if match[6] else zone}".rstrip()


def _person(value: str) -> str:
    return re.sub(r"(?i)^mailto:", "", value.strip())[:200]


def _unescaped(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()
