"""What a mail says besides the invitation that it brings."""

from __future__ import annotations

import pytest

from inbox.mail.invites import invite_text, read_invitation, words_beside

EVENT = """BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
SUMMARY:Tasting
DTSTART:20261124T090000Z
DTEND:20261124T103000Z
ATTENDEE;PARTSTAT=TENTATIVE:mailto:juergen@customer.example
%sEND:VEVENT
END:VCALENDAR
"""


@pytest.mark.parametrize(
    ("described", "words"),
    [("", ""), ("DESCRIPTION:Please bring a cup.\n", "Please bring a cup.")],
)
def test_what_a_bare_calendar_was_made_of_is_said_once(described: str, words: str) -> None:
    calendar = EVENT % described
    assert words_beside(invite_text(calendar), read_invitation(calendar)) == words


def test_the_words_of_people_stay() -> None:
    found = read_invitation(EVENT % "")
    assert words_beside("I may be late.\n\nTasting", found) == "I may be late.\n\nTasting"
    assert words_beside("Tasting", None) == "Tasting"
