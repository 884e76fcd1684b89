"""The one place that reads the clock; everything else is told the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def utcnow() -> datetime:
    """The current time, aware, in UTC."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let things happen at another time: a history that is made afterwards needs its own dates."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)
