"""A worker on a real queue, and a place where its jobs leave their mark."""

from __future__ import annotations

import pytest

from inbox.jobs.registry import Context
from inbox.jobs.worker import Worker
from inbox.settings import Settings
from inbox.store.engine import Database


@pytest.fixture
def worker(database: Database) -> Worker:
    """A worker that no job has been given yet."""
    return Worker(Context(settings=Settings(), database=database, secret=b"s" * 32), concurrency=4)
