"""Which function does a job of which name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol

from inbox.jobs.retry import Backoff
from inbox.settings import Settings
from inbox.store.engine import Database, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every job may use besides its own transaction."""

    settings: Settings
    database: Database
    secret: bytes


class Work(Protocol):
    """A job: everything it changes goes through `db`, which the worker commits."""

    def __call__(
        self, db: Writer, context: Context, *none: Any, **args: Any
    ) -> Awaitable[None]: ...


GiveUp = Callable[[Writer, dict[str, Any], str], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A registered job: its work, when it is tried again, and what happens when that ends."""

    name: str
    work: Work
    retry: Backoff
    give_up: GiveUp | None = None
    gathers: str | None = None
    follows: bool = False


_kinds: dict[str, Kind] = {}


def job(
    name: str,
    *,
    retry: Backoff,
    give_up: GiveUp | None = None,
    gathers: str | None = None,
    follows: bool = False,
) -> Callable[[Work], Work]:
    """Register the decorated coroutine as the work of jobs called `name`.

    `gathers` names the jobs' one argument: those that are due together are done together, in one
    call with a list of its values. Only for work that holds no locks and may be done again.

    What `follows` looks by itself for what has come, and has a key. While it waits to look again it
    is brought forward by any event, but no more often than once a second.
    """

    def register(work: Work) -> Work:
        if name in _kinds and _kinds[name].work is not work:
            raise ValueError(f"two jobs are called {name}")
        _kinds[name] = Kind(
            name=name, work=work, retry=retry, give_up=give_up, gathers=gathers, follows=follows
        )
        return work

    return register


def kind_of(name: str) -> Kind:
    """The registered job of this name. Raises KeyError for a name nobody registered."""
    return _kinds[name]


def all_kinds() -> tuple[Kind, ...]:
    """Every registered job, for the house tests and the documentation."""
    return tuple(_kinds.values())
