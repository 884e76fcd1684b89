"""What calendars answer to an invitation (RFC 5546, 6047): accept, decline, propose another time.

Exchange answers for everything that reads its mail, and Google for its own; Apple's sends nothing
but the calendar; Thunderbird writes the mail by hand, has no place for a reason and proposes
nothing; the rest attach a calendar to a sentence. K-9 has no calendar at all.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.clients.notice import Seen

_LENGTH = timedelta(minutes=30)
_SAID = {"ACCEPTED": "Accepted", "DECLINED": "Declined", "TENTATIVE": "New Time Proposed"}
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Rome
X-LIC-LOCATION:Europe/Rome
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What one says to an invitation; `end` is another time that is proposed."""

    seen: Seen
    name: str
    address: str
    status: str
    reason: str = ""
    end: datetime | None = None

    @property
    def method(self) -> str:
        """A proposal is no answer for the organizer's calendar."""
        return "COUNTER" if self.end else "REPLY"

    def line(self, name: str) -> str:
        """A line of the invitation, as it came."""
        return next(one for one in self.seen.calendar.split("\n") if re.match(rf"{name}[;:]", one))

    @property
    def summary(self) -> str:
        """What is to be done."""
        return self.line("SUMMARY").partition(":")[2].replace("\\,", ",")

    @property
    def organizer(self) -> str:
        """Where the answer goes."""
        return self.line("ORGANIZER").rpartition("mailto:")[2]

    @property
    def times(self) -> tuple[str, str]:
        """When, as it stands there or as it is proposed."""
        if self.end is None:
            return self.line("DTSTART"), self.line("DTEND")
        begin, end = (f"{one:%Y%m%dT%H%M%SZ}" for one in (self.end - _LENGTH, self.end))
        return f"DTSTART:{begin}", f"DTEND:{end}"

    def calendar(self, prodid: str, *more: str, said: str = "", zone: str = "") -> str:
        """The calendar with what the program adds; `said` are parameters of who answers."""
        attendee = f"ATTENDEE;PARTSTAT={self.status};CN={self.name}{said}:mailto:{self.address}"
        kept = [self.line(one) for one in ("UID", "SUMMARY", "SEQUENCE", "DTSTAMP", "ORGANIZER")]
        lines = [
            "BEGIN:VCALENDAR",
            f"PRODID:{prodid}",
            "VERSION:2.0",
            f"METHOD:{self.method}",
            *filter(None, [zone]),
            "BEGIN:VEVENT",
            *kept,
            *self.times,
            attendee,
            *more,
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
        return "\r\n".join(map(_folded, "\n".join(lines).split("\n")))

    def mail(self, kind: str, body: str, *more: str, subject: str = "") -> bytes:
        """The whole, with whatever headers the program adds."""
        subject = subject or f"{_SAID[self.status]}: {self.summary}"
        encoded = base64.b64encode(subject.encode()).decode()
        head = [
            f"From: {self.name} <{self.address}>",
            f"To: {self.organizer}",
            f"Subject: =?UTF-8?B?{encoded}?=",
            f"Message-ID: <{self.status.lower()}.{self.seen.id.strip('<>')}>",
            "Date: Sun, 22 Nov 2026 10:30:00 +0000",
            "MIME-Version: 1.0",
            *more,
            f"Content-Type: {kind}",
        ]
        return "\r\n".join([*head, body]).encode()


def _folded(line: str) -> str:
    return "\r\n ".join(line[at : at + 60] for at in range(0, len(line), 60)) or line


def _exchange(answer: Response) -> bytes:
    """An alternative in base64; the reason stands in COMMENT and as the text of the mail."""
    said = [f"COMMENT;LANGUAGE=en-US:{answer.reason}"] if answer.reason else []
    moved = ["X-MS-OLK-ORIGINALEND:20301204T150000Z"] if answer.end else []
    busy = ["X-MICROSOFT-CDO-APPT-SEQUENCE:0", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]
    calendar = answer.calendar("Microsoft Exchange Server 2010", *said, *moved, *busy)
    coded = base64.encodebytes(calendar.encode()).decode().replace("\n", "\r\n")
    body = (
        f"\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{answer.reason}\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{answer.reason}</p>\r\n"
        f'--b\r\nContent-Type: text/calendar; charset="utf-8"; method={answer.method}\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{coded}\r\n--b--\r\n"
    )
    own = ("X-MS-Exchange-Calendar-Originator-Id: x", "X-MS-Has-Attach:", "X-MS-TNEF-Correlator:")
    return answer.mail('multipart/alternative; boundary="b"', body, *own)


def _google(answer: Response) -> bytes:
    """A sentence of its own around the note, the note as a parameter, the calendar twice."""
    noted = f' with this note:\r\n\r\n"{answer.reason}"\r\n' if answer.reason else ".\r\n"
    said = f';X-NUM-GUESTS=0;X-RESPONSE-COMMENT="{answer.reason}"' if answer.reason else ""
    calendar = answer.calendar("-//Google Inc//Google Calendar 70.9054//EN", said=said)
    does = "proposed a new time for" if answer.end else f"{answer.status.lower()}"
    body = (
        '\r\n--m\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
        '--b\r\nContent-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes\r\n\r\n'
        f"{answer.name} has {does} this invitation{noted}\r\n{answer.summary}\r\n\r\n"
        "Invitation from Google Calendar: https://calendar.google.com/calendar/\r\n"
        f'--b\r\nContent-Type: text/calendar; charset="UTF-8"; method={answer.method}\r\n'
        f"Content-Transfer-Encoding: 7bit\r\n\r\n{calendar}\r\n--b--\r\n"
        '--m\r\nContent-Type: application/ics; name="invite.ics"\r\n'
        f'Content-Disposition: attachment; filename="invite.ics"\r\n\r\n{calendar}\r\n--m--\r\n'
    )
    own = (
        "Sender: Google Calendar <calendar-notification@google.example>",
        "Auto-Submitted: auto-generated",
    )
    return answer.mail('multipart/mixed; boundary="m"', body, *own)


def _apple(answer: Response) -> bytes:
    """Nothing but the calendar."""
    said = [f"COMMENT:{answer.reason}"] if answer.reason else []
    calendar = answer.calendar("-//Apple Inc.//macOS 15.6//EN", *said)
    kind = f"text/calendar; charset=utf-8; method={answer.method}"
    return answer.mail(kind, f"Content-Transfer-Encoding: 8bit\r\n\r\n{calendar}")


def _thunderbird(answer: Response) -> bytes:
    """Two boundaries that are always the same, what it got in properties of its own."""
    does = "declined" if answer.status == "DECLINED" else "accepted"
    got = ["X-MOZ-RECEIVED-SEQUENCE:0", "X-MOZ-RECEIVED-DTSTAMP:20261122T100000Z"]
    own = "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN"
    calendar = answer.calendar(own, *got, zone=_ZONE)
    outer, inner = "Boundary_(ID_qyG4ZdjoAsiZ+Jo19dCbWQ)", "Boundary_(ID_ryU4ZdJoASiZ+Jo21dCbwA)"
    plain, eight = "Content-type: text/plain; charset=UTF-8", "Content-transfer-encoding: 8BIT"
    body = (
        f'\r\n\r\n--{outer}\r\nContent-type: multipart/alternative;\r\n boundary="{inner}"\r\n\r\n'
        f"\r\n--{inner}\r\n{plain}\r\n{eight}\r\n\r\n"
        f"{answer.name} <{answer.address}> has {does} your event invitation.\r\n\r\n\r\n"
        f"--{inner}\r\nContent-type: text/calendar; method={answer.method}; charset=UTF-8\r\n"
        f"{eight}\r\n\r\n{calendar}\r\n\r\n--{inner}--\r\n\r\n"
        f"--{outer}\r\nContent-type: application/ics; name=invite.ics\r\n{eight}\r\n"
        "Content-disposition: attachment; filename=invite.ics\r\n\r\n"
        f"{calendar}\r\n\r\n--{outer}--\r\n"
    )
    return answer.mail(
        f'multipart/mixed; boundary="{outer}"', body, "User-Agent: Mozilla Thunderbird"
    )


def _attached(answer: Response) -> bytes:
    """A sentence, and the calendar as a file."""
    said = [f"COMMENT:{answer.reason}"] if answer.reason else []
    calendar = answer.calendar("-//Calendar//EN", *said)
    kind = f'text/calendar; charset=utf-8; method={answer.method}; name="invite.ics"'
    body = (
        "\r\n--m\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{answer.name} has {answer.status.lower()} your invitation to {answer.summary}\r\n"
        f"--m\r\nContent-Type: {kind}\r\n"
        f'Content-Disposition: attachment; filename="invite.ics"\r\n\r\n{calendar}\r\n--m--\r\n'
    )
    return answer.mail('multipart/mixed; boundary="m"', body)


CALENDARS: Mapping[str, Callable[[Response], bytes]] = {
    **dict.fromkeys(("outlook", "outlook-new", "outlook-web", "outlook-mobile"), _exchange),
    **dict.fromkeys(("samsung", "blackberry"), _exchange),  # by ActiveSync
    "gmail": _google,
    **dict.fromkeys(("apple", "iphone"), _apple),
    "thunderbird": _thunderbird,
    **dict.fromkeys(("yahoo", "mail.ru", "yandex", "proton", "zoho"), _attached),
}
GIVE_NO_REASON = frozenset({"thunderbird"})
PROPOSE_NOTHING = frozenset({"thunderbird"})
