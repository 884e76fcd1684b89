"""How many things each worker does at once, so that all find a connection to the database."""

from __future__ import annotations

import pytest

from inbox.run.serve import share
from inbox.store.embedded import CONNECTIONS


@pytest.mark.parametrize(("workers", "each"), [(1, 8), (2, 8), (6, 8), (8, 5), (16, 1), (64, 1)])
def test_many_workers_do_less_at_once_each(workers: int, each: int) -> None:
    assert share(8, workers) == each


@pytest.mark.parametrize("workers", range(1, 22))
def test_connections_are_left_for_pages_mail_and_commands(workers: int) -> None:
    of_workers = workers * (share(64, workers) + 2)
    assert of_workers <= CONNECTIONS - 36


def test_nobody_does_more_than_is_wanted() -> None:
    assert share(1, 1) == 1
