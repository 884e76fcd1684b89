"""Wait for a condition instead of for a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

_T = TypeVar("_T")

# Seconds until what should happen counts as never happening: only a defect takes that long, a slow
# or busy machine must not.
ENOUGH = 60.0


def until(condition: Callable[[], _T], seconds: float = ENOUGH) -> _T:
    """What the condition gave when it first held. Fails the test after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.02)
    return found


async def eventually(condition: Callable[[], Awaitable[_T]], seconds: float = ENOUGH) -> _T:
    """The same for what is asked in this loop, which goes on meanwhile."""
    deadline = time.monotonic() + seconds
    while not (found := await condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        await asyncio.sleep(0.02)
    return found


async def holds(condition: Callable[[], bool], seconds: float = ENOUGH) -> None:
    """The same for what other tasks of this loop bring about."""

    async def now() -> bool:
        return condition()

    await eventually(now, seconds)
