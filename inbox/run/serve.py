"""The supervisor: starts the database and the roles, starts again what dies, stops all of it.

It stays small, because it stays: what needs the database's libraries is done by a child.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inbox.errors import ConfigError, InboxError
from inbox.jobs.waiting import first, pause
from inbox.log import get_logger
from inbox.run.child import Child
from inbox.run.ports import Ports
from inbox.settings import Settings
from inbox.store.embedded import CONNECTIONS, Embedded, ensure_folder

log = get_logger("run.serve")

_LOOK_EVERY = 0.5
_OF_OTHERS = 40  # connections: of pages, of the receiver, of commands
_OF_WORKER = 2  # beside those of its jobs: one to take them, one to hear of new ones


class NotStarted(InboxError):
    """A role could not start. Empty when it has said itself why."""

    def __init__(self, role: str, code: int) -> None:
        super().__init__(f"the {role} process could not start")
        self.has_said_why = code == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to run. `first` are roles that end by themselves, one after the other, with `beside`
    running; `then` are those that stay."""

    first: Sequence[str] = ("prepare",)
    then: Sequence[str] = ("smtp", "web", "worker")
    beside: Sequence[str] = ()
    greeting: Sequence[str] = field(default=())  # lines for people, once everything is ready


def serve(plan: Plan, settings: Settings, ports: Ports, *, config: Path | None = None) -> None:
    """Run a plan until SIGTERM or SIGINT. Raises InboxError when it cannot be started.

    `ports` has what is held already; the other addresses of the plan are held in it, too.
    """
    ensure_folder(settings.data)
    ports.hold(settings, tuple(f"{name}_listen" for name in _listening(plan)))
    asyncio.run(_serve(plan, settings, config))


def _listening(plan: Plan) -> list[str]:
    names = {"smtp": ["smtp", "lmtp", "submission", "submissions"], "web": ["web"]}
    return [listen for role in plan.then for listen in names.get(role, [])]


async def _serve(plan: Plan, settings: Settings, config: Path | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    if settings.database_url:
        await _run(plan, settings, config, stop)
        return
    server = Embedded(settings.data)
    try:
        url = await asyncio.to_thread(server.start)
        watching = asyncio.create_task(_watch(server, stop))
        at_once = share(settings.worker_concurrency, list(plan.then).count("worker"))
        given = {"database_url": url, "worker_concurrency": at_once}
        await _run(plan, settings.model_copy(update=given), config, stop)
        await watching
    finally:
        await asyncio.to_thread(server.let_go)


def share(wanted: int, workers: int) -> int:
    """How many things each of these workers may do at once on the embedded server."""
    connections = (CONNECTIONS - _OF_OTHERS) // max(1, workers)
    return max(1, min(wanted, connections - _OF_WORKER))


async def _watch(server: Embedded, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await pause(stop, _LOOK_EVERY)
        if stop.is_set() or server.is_running:
            continue
        log.error("postgres.ended")
        try:
            await asyncio.to_thread(server.start)
            log.info("postgres.started_again")
        except ConfigError as error:
            log.error("postgres.not_started", reason=error.public)
            await pause(stop, 2.0)


async def _run(plan: Plan, settings: Settings, config: Path | None, stop: asyncio.Event) -> None:
    children: list[Child] = []
    kept: list[asyncio.Task[None]] = []

    def keep(role: str, processes: int = 1) -> Child:
        child = Child(role, settings, config, processes=processes)
        children.append(child)
        kept.append(asyncio.create_task(child.keep(stop)))
        return child

    beside = [keep(role) for role in plan.beside]
    said = await _all_ready(beside, stop)
    for role in plan.first:
        if not stop.is_set():
            children.append(Child(role, settings, config))
            await children[-1].once(stop)
    staying = [] if stop.is_set() else [keep(*each) for each in Counter(plan.then).items()]
    said = [*await _all_ready(staying, stop), *said]
    if not stop.is_set():
        _greet(plan, settings, said, [each for child in children for each in child.says])
    await stop.wait()
    await asyncio.gather(*kept)
    for child in children:
        if child.failure is not None:
            raise NotStarted(child.role, child.failure)


async def _all_ready(children: list[Child], stop: asyncio.Event) -> list[str]:
    """What each said, or less when `stop` came first."""
    for child in children:
        await first(asyncio.wait([child.ready]), stop.wait())
    return [child.ready.result() for child in children if child.ready.done()]


def _greet(plan: Plan, settings: Settings, said: list[str], further: Sequence[str]) -> None:
    if settings.relay_url is None and "worker" in plan.then:
        sys.stderr.write(
            "inbox: INBOX_RELAY_URL is not set: outgoing mail is kept in the queue until it is "
            "(inbox queue list)\n"
        )
    for line in (*further, *plan.greeting):
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
    sys.stdout.write(f"ready {' '.join(said)}\n")
    sys.stdout.flush()
