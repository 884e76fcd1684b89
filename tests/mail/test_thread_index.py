from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.mail.thread_index import (
    child,
    conversation_guid,
    from_header,
    new_root,
    root_of,
    to_header,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
GUID = bytes(range(0x40, 0x50))
MOMENTS = st.datetimes(
    datetime(1970, 1, 1),
    datetime(2200, 1, 1),
    timezones=st.just(UTC),
)


def delta_of(block: bytes) -> timedelta:
    """The time of a block after its root's, as MS-OXOMSG 2.2.1.3 says to read it."""
    word = int.from_bytes(block[:4], "big")
    ticks = (word & 0x7FFFFFFF) << (23 if word >> 31 else 18)
    return timedelta(microseconds=ticks / 10)


def test_a_root_is_a_reserved_byte_the_time_and_the_guid() -> None:
    root = new_root(NOW, GUID)
    assert len(root) == 22
    # 0x01DD… is the highest part of a FILETIME of late 2026.
    assert root[:3] == bytes.fromhex("0101dd")
    assert root[6:] == GUID
    assert conversation_guid(root) == GUID.hex()


def test_each_answer_appends_five_bytes_and_keeps_the_root() -> None:
    root = new_root(NOW, GUID)
    first = child(root, NOW + timedelta(hours=1), 1)
    second = child(first, NOW + timedelta(hours=2), 2)
    assert (len(first), len(second)) == (27, 32)
    assert root_of(second) == root
    assert second.startswith(first)


@pytest.mark.parametrize(
    ("later", "precision"),
    [
        (timedelta(seconds=5), timedelta(seconds=2)),
        (timedelta(days=300), timedelta(seconds=2)),
        (timedelta(days=1000), timedelta(seconds=3)),
    ],
)
def test_a_block_holds_the_time_since_the_root(later: timedelta, precision: timedelta) -> None:
    block = child(new_root(NOW, GUID), NOW + later, 1000)[22:]
    assert abs(delta_of(block) - later) <= precision
    assert block[4] & 0x0F == 0


@pytest.mark.parametrize("later", [timedelta(seconds=1), timedelta(days=1000)])
def test_no_two_answers_of_one_moment_are_the_same(later: timedelta) -> None:
    """Two colleagues, or two notices of one second: Outlook would show one of them."""
    root = new_root(NOW, GUID)
    answers = [child(root, NOW + later, number) for number in range(5_000, 5_032)]
    assert len(set(answers)) == len(answers)
    assert sorted(answers[:16]) == answers[:16]


def test_outlooks_form_of_the_time_is_read_too() -> None:
    ticks = (NOW - datetime(1601, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 10
    root = ticks.to_bytes(8, "big")[:6] + GUID
    block = child(root, NOW + timedelta(hours=3), 7)[22:]
    assert abs(delta_of(block) - timedelta(hours=3)) <= timedelta(seconds=2)


def test_a_half_block_is_left_out_and_a_long_chain_stays_within_a_line() -> None:
    index = new_root(NOW, GUID)
    assert len(child(index + b"\x01\x02", NOW, 1)) == 27
    for hours in range(200):
        index = child(index, NOW + timedelta(hours=hours), hours)
    assert len(to_header(index)) < 900


@pytest.mark.parametrize("broken", [b"", b"\x01" * 21, b"\x02" * 22])
def test_what_has_no_root_has_no_answer(broken: bytes) -> None:
    assert root_of(broken) == b""
    assert conversation_guid(broken) == ""
    with pytest.raises(ValueError, match="not a conversation index"):
        child(broken, NOW, 1)


def test_a_guid_has_sixteen_bytes() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        new_root(NOW, b"short")


@given(MOMENTS, MOMENTS, st.binary(min_size=16, max_size=16))
def test_any_time_makes_a_readable_index(start: datetime, later: datetime, guid: bytes) -> None:
    answer = child(new_root(start, guid), later, 1)
    assert from_header(to_header(answer)) == answer
    assert conversation_guid(answer) == guid.hex()


def test_headers_are_read_tolerantly() -> None:
    index = child(new_root(NOW, GUID), NOW, 1)
    header = to_header(index)
    assert from_header(f" {header[:20]}\r\n\t{header[20:]} ") == index
    assert from_header(header.rstrip("=")) == index
    cut = from_header(header[:33])
    assert cut is not None
    assert root_of(cut) == root_of(index)
    for broken in ("", "not base64!", "AAAA", "Zm9v" * 10):
        assert from_header(broken) is None


@given(st.text())
def test_any_header_may_be_read(value: str) -> None:
    from_header(value)
