"""A task as a calendar reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.invites import read_invitation
from inbox.mail.task_calendar import Task, task_calendar
from inbox.model.address import Address

DUE = datetime(2026, 12, 5, 15, 0, tzinfo=UTC)


def _task(summary: str = "Boots", description: str = "", name: str = "Karen") -> Task:
    return Task(
        method="REQUEST",
        uid="a.b@us.example",
        sequence=2,
        stamp=DUE,
        start=DUE - timedelta(minutes=30),
        end=DUE,
        summary=summary,
        description=description,
        url="https://desk.us.example/conversations/1",
        organizer=Address(name="Support", address="support+n.abc@us.example"),
        attendee=Address(name=name, address="karen@us.example"),
    )


def test_what_a_calendar_needs() -> None:
    text = task_calendar(_task("Boots; size, 42\nnow"))
    assert "SUMMARY:Boots\\; size\\, 42\\nnow\r\n" in text
    assert "METHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:a.b@us.example\r\nSEQUENCE:2\r\n" in text
    assert "DTSTART:20261205T143000Z\r\nDTEND:20261205T150000Z\r\n" in text
    assert 'ORGANIZER;CN="Support":mailto:support+n.abc@us.example\r\n' in text
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")


@given(st.text(), st.text(), st.text())
def test_any_words_are_read_back_and_break_nothing(
    summary: str, description: str, name: str
) -> None:
    text = task_calendar(_task(summary, description, name))
    lines = text.encode("utf-8", "replace").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line and b"\n" not in line and b"\r" not in line for line in lines[:-1])
    assert [line for line in lines if line.startswith(b"BEGIN")] == [
        b"BEGIN:VCALENDAR",
        b"BEGIN:VEVENT",
    ]
    read = read_invitation(text)
    assert read is not None
    assert (read.method, read.uid) == ("request", "a.b@us.example")
    assert read.end is not None
    assert read.end.at == DUE.isoformat()


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=300))
def test_words_come_through_unchanged(summary: str) -> None:
    read = read_invitation(task_calendar(_task(summary)))
    assert read is not None
    assert read.summary == summary
