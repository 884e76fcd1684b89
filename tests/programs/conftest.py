"""One running service for tests with real programs: a mailbox, two agents, the world outside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.programs.outside import Outside
from tests.programs.service import Desk
from tests.service import data_folder


def needs(*programs: str) -> None:
    """Skip with what to install when a program of the system is missing; a run of CI fails then."""
    places = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    missing = [program for program in programs if not shutil.which(program, path=places)]
    if missing:
        pytest.skip(f"install {', '.join(missing)} (Debian: postfix swaks neomutt)")


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """Where our relay leads."""
    outside = Outside()
    outside.start()
    yield outside
    outside.stop()


@pytest.fixture(scope="session")
def service(outside: Outside) -> Iterator[Desk]:
    """`inbox serve` with one mailbox and two agents."""
    with data_folder() as folder, Desk(folder, relay=outside.port) as desk:
        desk.open_mailbox()
        yield desk
