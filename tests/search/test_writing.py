"""The form of the search: what is typed fills it in, and it writes what asks for the same."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from inbox.search.reading import Known, read
from inbox.search.writing import Wider, fields, wider, written

KNOWN = Known(now=datetime(2026, 11, 22, 12, tzinfo=UTC), zone=ZoneInfo("UTC"), language="en", me=1)


@pytest.mark.parametrize(
    ("typed", "filled"),
    [
        ("broken boots -wet", {"words": "broken boots", "without": "wet"}),
        ('from:"Jane Doe" von:max', {"from": "Jane Doe", "words": "von:max"}),
        ("ist:offen has:note", {"is": "open", "has": "note"}),
        ("after:3 days ago boots", {"after": "2026-11-19", "words": "boots"}),
        ("before:soon boots", {"before": "soon", "words": "boots"}),
        ("from: jane", {"from": "jane"}),
        ('-"as it is" -tag:vip', {"words": '-"as it is" -tag:vip'}),
        ("from:a OR from:b", {"words": "from:a OR from:b"}),
        ("is:open OR is:late", {"words": "is:open OR is:late"}),
        ("is:open,late tag:a,b", {"words": "is:open,late", "tag": "a,b"}),
        ("on:yesterday http://x.example/y", {"words": "on:yesterday http://x.example/y"}),
        ("", {}),
    ],
)
def test_what_is_typed_fills_the_form_in(typed: str, filled: dict[str, str]) -> None:
    found = fields(typed, KNOWN)
    assert {name: value for name, value in found.items() if value} == filled
    again, first = read(written(found), KNOWN), read(typed, KNOWN)
    assert sorted(map(repr, again.clauses)) == sorted(map(repr, first.clauses))
    assert {*again.filters} == {*first.filters}
    assert (again.after, again.before) == (first.after, first.before)


def test_what_finds_more() -> None:
    asked = fields("broken boots from:jane after:2026-10-01", KNOWN)
    assert wider(asked) == {
        Wider.ANY_WORD: "broken OR boots from:jane after:2026-10-01",
        Wider.ANY_TIME: "broken boots from:jane",
        Wider.WORDS_ALONE: "broken boots",
        Wider.SPAM: "broken boots from:jane is:spam after:2026-10-01",
    }
    assert wider(fields("boot", KNOWN))[Wider.BEGINNING] == "boot*"
    assert not set(wider(fields("is:spam", KNOWN))) - {Wider.WORDS_ALONE}
