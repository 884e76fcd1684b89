"""The octets of one DATA."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inbox.smtp_in import replies
from inbox.smtp_in.letter import Letter, hops
from inbox.smtp_in.limits import Gate, Limits


def letter(**limits: int) -> Letter:
    return Letter(Gate(Limits(**limits)))


@given(
    st.lists(st.sampled_from([b"\r", b"\n", b".", b"x", b"\r\n", b"\r\n.", b"\0"])).map(b"".join),
    st.lists(st.integers(min_value=1, max_value=7)),
)
def test_it_does_not_matter_how_octets_are_cut(text: bytes, cuts: list[int]) -> None:
    mail = text.rstrip(b"\r\n.") + b"\r\n" if text else b""
    stuffed = re.sub(rb"(?:(?<=\r\n)|\A)\.", b"..", mail) + b".\r\nNOOP\r\n"
    taken, place, rest = letter(), 0, None
    for size in [*cuts, len(stuffed)]:
        rest = taken.feed(stuffed[place : place + size])
        place += size
        if rest is not None:
            break
    assert rest is not None
    assert rest + stuffed[place:] == b"NOOP\r\n"
    assert taken.hand_over()[0] == mail


def test_memory_is_reserved_and_given_back() -> None:
    gate = Gate(Limits())
    taken = Letter(gate)
    taken.feed(b"x" * 100)
    assert gate.bytes_in_flight == 100
    taken.release()
    assert gate.bytes_in_flight == 0


def test_what_was_handed_over_is_the_takers_to_give_back() -> None:
    gate = Gate(Limits())
    taken = Letter(gate)
    taken.feed(b"hello\r\n.\r\n")
    raw, size = taken.hand_over()
    taken.release()
    assert (raw, size, gate.bytes_in_flight) == (b"hello\r\n", 7, 7)


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [({"message_bytes": 99}, replies.TOO_BIG), ({"bytes_in_flight": 99}, replies.BUSY)],
)
def test_too_much_is_let_pass_by(limits: dict[str, int], refusal: str) -> None:
    gate = Gate(Limits(**limits))
    taken = Letter(gate)
    assert taken.feed(b"x" * 60) is None
    assert taken.feed(b"x" * 60) is None
    assert taken.refusal == refusal
    assert gate.bytes_in_flight == 0
    assert taken.feed(b"\r\n.\r\nQUIT\r\n") == b"QUIT\r\n"


@pytest.mark.parametrize(
    ("header", "count"),
    [
        (b"", 0),
        (b"Received: a\r\nRECEIVED: b\r\n\tReceived: no\r\n\r\nReceived: body\r\n", 2),
        (b"Received: a\r\n" * 60, 60),
        (b"X-Received: a\r\nReceived-SPF: pass\r\n\r\n", 0),
    ],
)
def test_hops(header: bytes, count: int) -> None:
    assert hops(header) == count
