"""What is shown of what was found."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.search.asked import Marks, marks
from inbox.search.marking import LENGTH, has_hit, marked, snippet
from inbox.search.reading import Known, read

KNOWN = Known(now=datetime(2026, 11, 23, tzinfo=UTC), zone=ZoneInfo("UTC"), language="en", me=1)


def looks(typed: str) -> Marks:
    return marks(read(typed, KNOWN))


def said(text: str, typed: str) -> str:
    return "".join(
        f"[{one.text}]" if one.is_hit else one.text for one in marked(text, looks(typed))
    )


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Two boots, one boot.", "boots", "Two [boots], one [boot]."),
        ("Die Rechnungen fehlen", "rechnung", "Die [Rechnungen] fehlen"),
        ("Order AB-12/3 is late", "ab123", "Order [AB-12/3] is late"),
        ("請求書の宛名を請う", "請求書", "[請求書]の宛名を請う"),
        ("wet and dry", "wet -dry", "[wet] and dry"),
        ("refundable", "refun*", "[refundable]"),
        ("<b>boots</b>", "boots", "<b>[boots]</b>"),
        ("Frau Müller", "mueller", "Frau [Müller]"),
        ("no\n  such\tword", "other", "no such word"),
    ],
)
def test_words_are_marked_in_any_form(text: str, typed: str, shown: str) -> None:
    assert said(text, typed) == shown


def test_a_snippet_is_where_most_of_it_stands() -> None:
    text = "One boots here. " + "Nothing. " * 60 + "Broken boots at the end of it all."
    found = snippet(text, looks("broken boots"))
    whole = "".join(one.text for one in found)
    assert [one.text for one in found if one.is_hit] == ["Broken", "boots"]
    assert whole.startswith("…")
    assert len(whole) <= LENGTH + 2


def test_without_a_hit_it_is_how_the_text_begins() -> None:
    found = snippet("word " * 100, looks("other"))
    assert not has_hit(found)
    assert found[0].text.startswith("word word")
    assert found[-1].text == "…"
    assert snippet("", looks("other")) == ()


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=400), st.text(max_size=20))
def test_a_snippet_is_a_part_of_the_text(text: str, typed: str) -> None:
    whole = "".join(one.text for one in marked(text, looks(typed)))
    part = "".join(one.text for one in snippet(text, looks(typed), length=40) if one.text != "…")
    assert part in whole or "…" in text
