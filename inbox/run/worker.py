"""The worker's process: every job of the house, until told to stop."""

from __future__ import annotations

import asyncio
import importlib
import os
import pkgutil
from typing import Final

from inbox.jobs.registry import Context
from inbox.jobs.worker import Worker
from inbox.outbound.transport import close_transports, cut_transports
from inbox.settings import Settings
from inbox.store.engine import Database

# The packages whose modules register jobs and composers; importing is what makes them known.
_WORKING: Final = ("inbox.desk", "inbox.outbound", "inbox.notify", "inbox.reports", "inbox.intake")

# Seconds for the mails under way when we are told to stop: a relay at work is done in less.
_RELAY_MAY_TAKE: Final = 3.0


# The receiver, PostgreSQL and a worker each keep one processor busy.
_BUSY_TOGETHER: Final = 3
# A shower of mail that lasts longer is no shower, and its first letters want to be read.
_STANDS_BACK_S: Final = 10.0


def know_all_jobs() -> None:
    """Import everything that registers a job or a composer."""
    for name in _WORKING:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            importlib.import_module(module.name)


async def run_worker(
    settings: Settings, database: Database, secret: bytes, stop: asyncio.Event
) -> None:
    """Run jobs until `stop` is set and what was begun is done; `know_all_jobs` comes before."""
    context = Context(settings=settings, database=database, secret=secret)
    cutting = asyncio.create_task(_cut_after(stop))
    try:
        worker = Worker(
            context,
            concurrency=settings.worker_concurrency,
            stands_back=_STANDS_BACK_S if _is_crowded() else 0.0,
        )
        await worker.run(stop)
    finally:
        cutting.cancel()
        await close_transports()


async def _cut_after(stop: asyncio.Event) -> None:
    """A relay that says nothing would hold us until we are killed, and its mail until the lease
    ends."""
    await stop.wait()
    await asyncio.sleep(_RELAY_MAY_TAKE)
    cut_transports()


def _is_crowded() -> bool:
    return len(os.sched_getaffinity(0)) < _BUSY_TOGETHER
