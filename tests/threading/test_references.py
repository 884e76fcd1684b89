from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.threading.references import hash_id, ids_in
from tests.growth import assert_linear


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("", ()),
        ("<a@x>", ("a@x",)),
        ("<a@x> <b@x>", ("a@x", "b@x")),
        ("<a@x><b@x>", ("a@x", "b@x")),
        ("<a@x>, <b@x>;<a@x>", ("a@x", "b@x")),
        ("<a@x>\r\n\t<b@x>", ("a@x", "b@x")),
        ("<long-\r\n part@x>", ("long-part@x",)),
        ("a@x", ("a@x",)),
        ("a@x, b@x c@x", ("a@x", "b@x", "c@x")),
        ('Your message of "Mon, 2 Nov" <a@x>', ("a@x",)),
        ("pat@x.example's message <a@x>", ("a@x",)),
        ("<[abc]@x>", ("[abc]@x",)),
        ("<no-at-sign>", ("no-at-sign",)),
        ("<>", ()),
        ("words only", ()),
    ],
)
def test_ids_in(value: str, ids: tuple[str, ...]) -> None:
    assert ids_in(value) == ids


def test_the_oldest_and_the_newest_of_very_many() -> None:
    found = ids_in(" ".join(f"<{n}@x>" for n in range(1000)))
    assert len(found) == 100
    assert (found[0], found[-1]) == ("0@x", "999@x")


def test_the_key_is_the_same_in_any_case_and_with_brackets() -> None:
    assert hash_id("<A.b@X.example>") == hash_id("a.B@x.example")
    assert hash_id("a@x") != hash_id("b@x")
    assert len(hash_id("a@x")) == 16


@given(st.text())
def test_any_header_may_be_read(value: str) -> None:
    for one in ids_in(value):
        assert one
        assert len(hash_id(one)) == 16


@pytest.mark.parametrize("bomb", ["<", "a", "a@", "<a"])
def test_hostile_headers_take_no_longer(bomb: str) -> None:
    assert_linear(lambda size: ids_in(bomb * size), 200_000)
