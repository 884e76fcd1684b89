"""What a page knows of what happened, as it says it to the server."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inbox.model.heard import OVERLAP, Heard

NUMBERS = st.lists(st.integers(1, 200), unique=True, min_size=1)


@given(NUMBERS)
def test_what_was_heard_one_after_the_other_is_known(events: list[int]) -> None:
    heard = Heard(0)
    for one in events:
        heard = heard.and_of(one)
    assert all(map(heard.knows, events))
    assert heard.gaps <= set(range(heard.last - OVERLAP, heard.last))
    missing = set(range(max(1, heard.last - OVERLAP + 1), heard.last)) - set(events)
    assert heard.gaps == missing
    assert Heard.of(sorted(events)[-OVERLAP:]) == heard
    assert Heard.read(str(heard)) == heard


@given(st.text(alphabet="0123456789- ", max_size=30) | st.text())
def test_anything_may_be_said_to_be_heard(text: str) -> None:
    heard = Heard.read(text)
    assert heard is None or len(heard.gaps) <= OVERLAP
