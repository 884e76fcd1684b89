"""A date in one's own last answer is offered as a promise, until somebody has decided about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from inbox.i18n import translations
from inbox.model.conversation import Role
from inbox.model.viewer import Viewer
from inbox.store.tables import Conversation, Event, Message
from inbox.store.timeline import Timeline
from inbox.web.dates import Calendar
from inbox.web.offers import offer_of
from inbox.web.pages import Reader

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ROME = ZoneInfo("Europe/Rome")
READER = Reader("en", translations("en"), Calendar(NOW, ROME, Locale("en"), translations("en")))
VIEWER = Viewer(id=1, name="Anna", email="anna@us.example", role=Role.AGENT)
ANSWER = "We will write by Friday."


def offered(*, events: tuple[Event, ...] = (), **changed: Any) -> str | None:
    message = Message(
        kind=changed.get("kind", "reply"),
        visibility="public",
        author_kind="agent",
        author_id=changed.get("author_id", VIEWER.id),
        received_at=NOW - timedelta(minutes=1),
        text=changed.get("text", ANSWER),
    )
    conversation = Conversation(
        status=changed.get("status", "waiting"), promised_until=changed.get("promised_until")
    )
    reader = replace(READER, calendar=replace(READER.calendar, now=changed.get("now", NOW)))
    found = offer_of(conversation, Timeline([message], list(events)), VIEWER, reader)
    return f"{found.words} -> {found.until} ({found.short})" if found else None


def test_what_is_offered() -> None:
    assert offered() == "by Friday -> 2026-11-27 17:00 (Nov 27, 17:00)"
    assert offered(author_id=2) is None
    assert offered(kind="mail") is None
    assert offered(status="closed") is None
    assert offered(promised_until=NOW) is None
    assert offered(text="Please write by Friday.") is None
    assert offered(now=NOW + timedelta(days=9)) is None
    assert offered(events=(Event(name="conversation.unpromised", at=NOW),)) is None
