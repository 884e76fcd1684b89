"""Invitations in words."""

from __future__ import annotations

from inbox.mail.invites import invite_text
from inbox.mail.parse import parse

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
