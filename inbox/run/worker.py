"""The worker's process: every job of the house, until told to stop."""

from __future__ import annotations

import asyncio
import importlib

from inbox.jobs.registry import Context
from inbox.jobs.worker import Worker
from inbox.settings import Settings
from inbox.store.engine import Database

# Where jobs and composers register themselves; importing is what makes them known.
WORK = ("inbox.intake.jobs", "inbox.notify.jobs", "inbox.outbound.jobs")


def know_all_jobs() -> None:
    """Import everything that registers a job or a composer."""
    for name in WORK:
        importlib.import_module(name)


async def run_worker(
    settings: Settings, database: Database, secret: bytes, stop: asyncio.Event
) -> None:
    """Run jobs until `stop` is set and what was begun is done; `know_all_jobs` comes before."""
    context = Context(settings=settings, database=database, secret=secret)
    await Worker(context, concurrency=settings.worker_concurrency).run(stop)
