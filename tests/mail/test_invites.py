"""Invitations in words."""

from __future__ import annotations

import json

import pytest

from inbox.mail.inspection import inspect
from inbox.mail.invites import invite_text, read_invitation
from inbox.mail.parse import parse
from inbox.model.address import Address
from inbox.model.mail import Moment

CALENDAR = (
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Boots\\, a talk\r\n"
    "DTSTART;TZID=Europe/Berlin:20261110T103000\r\nDTEND:20261110T110000Z\r\nLOCATION:Room 4\r\n"
    "ORGANIZER;CN=Ann:mailto:ann@desk.example\r\nDESCRIPTION:Bring\r\n  boots\\nand socks\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_summary_time_place_and_text() -> None:
    assert invite_text(CALENDAR) == (
        "Boots, a talk\n2026-11-10 10:30 Europe/Berlin – 2026-11-10 11:00 UTC\nRoom 4\n"
        "ann@desk.example\n\nBring boots\nand socks"
    )


def test_an_answer_names_who_and_what() -> None:
    answer = CALENDAR.replace("LOCATION:Room 4", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:j@x.example")
    assert "j@x.example: accepted" in invite_text(answer)


def test_a_mail_that_is_only_an_invitation_has_a_text() -> None:
    mail = parse(b"From: a@b.example\r\nContent-Type: text/calendar\r\n\r\n" + CALENDAR.encode())
    assert mail.text.startswith("Boots, a talk")
    assert mail.attachments[0].filename == "invite.ics"


def test_what_is_no_calendar_says_nothing() -> None:
    assert invite_text("hello: you\nBEGIN:VEVENT") == ""


def test_an_invitation_as_values() -> None:
    invitation = read_invitation(CALENDAR)
    assert invitation is not None
    assert invitation.method == "request"
    assert invitation.summary == "Boots, a talk"
    assert invitation.start == Moment(at="2026-11-10T10:30:00+01:00", zone="Europe/Berlin")
    assert invitation.end == Moment(at="2026-11-10T11:00:00+00:00", zone="UTC")
    assert invitation.organizer == Address(name="Ann", address="ann@desk.example")


@pytest.mark.parametrize(
    ("start", "at"),
    [
        (";TZID=W. Europe Standard Time:20260710T090000", "2026-07-10T09:00:00+02:00"),
        (';TZID="Asia/Tokyo":20260710T090000', "2026-07-10T09:00:00+09:00"),
        (";TZID=Our own zone:20260710T090000", "2026-07-10T09:00:00"),
        (";TZID=../../etc/passwd:20260710T090000", "2026-07-10T09:00:00"),
        (";VALUE=DATE:20260710", "2026-07-10"),
        (":20261399T256199Z", "20261399T256199Z"),
        (":soon", "soon"),
    ],
)
def test_times_of_outlook_and_of_others(start: str, at: str) -> None:
    invitation = read_invitation(f"BEGIN:VEVENT\nDTSTART{start}\nEND:VEVENT")
    assert invitation is not None
    assert invitation.start is not None
    assert invitation.start.at == at


def test_a_duration_is_as_good_as_an_end() -> None:
    event = "BEGIN:VEVENT\nDTSTART:20260710T090000Z\nDURATION:PT1H30M\nEND:VEVENT"
    assert invite_text(event) == "2026-07-10 09:00 UTC – 2026-07-10 10:30 UTC"


def test_a_reminder_and_the_zone_say_nothing_of_the_event() -> None:
    calendar = (
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
        "END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nBEGIN:VALARM\nDESCRIPTION:REMINDER\nEND:VALARM\n"
        "SUMMARY:Fitting\nDTSTART:20260710T090000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    invitation = read_invitation(calendar)
    assert invitation is not None
    assert (invitation.method, invitation.summary) == ("cancel", "Fitting")
    assert invitation.description == ""
    assert invitation.start == Moment(at="2026-07-10T09:00:00+00:00", zone="UTC")


def test_who_is_only_asked_has_not_answered() -> None:
    asked = CALENDAR.replace("LOCATION:Room 4", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:j@x.example")
    assert "j@x.example" not in invite_text(asked)


def test_the_invitation_stays_beside_the_words() -> None:
    seen = inspect(
        b"From: a@b.example\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\n"
        b"Come!\r\n--x\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
        + CALENDAR.replace("METHOD:REQUEST", "METHOD:REPLY").encode()
        + b"\r\n--x--\r\n"
    )
    assert seen["text"] == "Come!"
    assert seen["invitation"]["method"] == "reply"
    assert seen["invitation"]["start"]["at"] == "2026-11-10T10:30:00+01:00"
    assert json.dumps(seen)


@pytest.mark.parametrize(
    ("rule", "recurs"),
    [("FREQ=WEEKLY;BYDAY=MO", "weekly"), ("UNTIL=20270101;FREQ=monthly", "monthly"), ("X", "")],
)
def test_what_happens_again_says_so(rule: str, recurs: str) -> None:
    again = CALENDAR.replace("LOCATION:Room 4", f"RRULE:{rule}")
    invitation = read_invitation(again)
    assert invitation is not None
    assert invitation.recurs == recurs
    assert (f"UTC {recurs}" in invite_text(again)) is bool(recurs)


def test_a_day_that_does_not_exist_is_not_shown() -> None:
    wrong = CALENDAR.replace("20261110T103000", "99999999T999999").replace("DTEND", "X-END")
    assert "9999" not in invite_text(wrong)
