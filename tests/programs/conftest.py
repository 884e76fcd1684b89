"""One running service for tests with real programs: a mailbox, two agents, the world outside."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from inbox.store.migrate import migrate
from tests.conftest import url_of
from tests.programs.outside import Outside
from tests.programs.service import Service, serving

MAILBOX = "support@us.example"


def needs(*programs: str) -> None:
    """Fail with what to install when a program of the system is missing."""
    places = f"{os.environ['PATH']}:/usr/sbin:/sbin"
    missing = [program for program in programs if not shutil.which(program, path=places)]
    assert not missing, (
        f"install {', '.join(missing)} (Debian: apt-get install postfix swaks neomutt)"
    )


@pytest.fixture(scope="session")
def outside() -> Iterator[Outside]:
    """Where our relay leads."""
    outside = Outside()
    outside.start()
    yield outside
    outside.stop()


@pytest.fixture(scope="session")
def service(
    server_url: str, worker_id: str, outside: Outside, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Service]:
    """`inbox serve` with one mailbox and two agents."""
    name = f"inbox_test_programs_{worker_id}_{os.getpid()}"
    url = url_of(server_url, name)
    asyncio.run(_create(server_url, name))
    asyncio.run(migrate(url))
    folder = tmp_path_factory.mktemp("service")
    Path(folder).chmod(0o755)
    with serving(folder, url, relay=outside.port) as service:
        ran = service.inbox("mailbox", "add", MAILBOX, "--name", "Support")
        assert ran.returncode == 0, ran.stderr
        ran = service.inbox("mailbox", "set", MAILBOX, "undo_seconds=0", "confirm=off")
        assert ran.returncode == 0, ran.stderr
        for email, person in (
            ("karen@us.example", "Karen Miller"),
            ("anna@us.example", "Anna Berg"),
        ):
            ran = service.inbox(
                "agent", "add", email, "--name", person, "--role", "agent", "--mailbox", MAILBOX
            )
            assert ran.returncode == 0, ran.stderr
        yield service


async def _create(server_url: str, name: str) -> None:
    admin = await asyncpg.connect(server_url)
    try:
        await admin.execute(f'create database "{name}"')
    finally:
        await admin.close()
