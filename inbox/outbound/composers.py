"""Which function makes a mail of which kind, out of the store, when it leaves.

A composer reads rows that do not change and what its mail kept in `draft`, so every try makes the
same bytes. It says nothing of the clock: the date of the mail is the row's.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from inbox.jobs.registry import Context
from inbox.mail.compose import Draft
from inbox.store.engine import Reader
from inbox.store.tables import Outbound

Composer = Callable[[Reader, Context, Outbound], Coroutine[Any, Any, Draft]]

_composers: dict[str, Composer] = {}


def composer(kind: str) -> Callable[[Composer], Composer]:
    """Register the decorated coroutine as what makes mails of this kind."""

    def register(make: Composer) -> Composer:
        if _composers.setdefault(kind, make) is not make:
            raise ValueError(f"two composers make {kind}")
        return make

    return register


def composer_of(kind: str) -> Composer:
    """What makes mails of this kind. Raises KeyError for a kind nobody registered."""
    return _composers[kind]


def kinds() -> frozenset[str]:
    """All kinds of mails that somebody has registered."""
    return frozenset(_composers)
