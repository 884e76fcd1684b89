"""Whether what reads a text takes time that grows with its length, and no faster.

Seconds say little on a machine that has other things to do. How much longer eight times the length
takes in the same moment does: eight times as long, or sixty-four where somebody begins again and
again.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

_LONGER, _MOST = 8, 24
_NOTHING = 0.01  # seconds: nobody feels them, and clocks and garbage take some
_PARTS = 3
_TRIES = 5  # something else on the machine may have come between, not five times


def assert_linear(read: Callable[[int], object], length: int) -> None:
    """Raise AssertionError when `read` takes much more than its share for the whole length."""
    took = []
    for _ in range(_TRIES):
        # What came between once makes the part long, and then nothing is too long beside it.
        part = min(_seconds(read, length // _LONGER) for _ in range(_PARTS))
        whole = _seconds(read, length)
        if whole < _MOST * part + _NOTHING:
            return
        took.append(whole / part)
    raise AssertionError(f"{_LONGER} times the length takes {min(took):.0f} times as long")


def _seconds(read: Callable[[int], object], length: int) -> float:
    began = process_time()
    read(length)
    return process_time() - began
