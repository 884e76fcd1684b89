"""What grows too fast is found, whatever else the machine does."""

from __future__ import annotations

import re

import pytest

from tests.growth import assert_linear


def test_what_begins_again_and_again_is_found() -> None:
    again = re.compile(r"a+b")
    with pytest.raises(AssertionError, match="times as long"):
        assert_linear(lambda length: again.search("a" * length), 8_000)


def test_what_reads_once_is_not() -> None:
    assert_linear(lambda length: sorted(range(length, 0, -1)), 400_000)
