"""The command line, run in this process on the tests' own database."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog

from inbox.cli.main import main
from tests.conftest import empty


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as a script reads it."""
        assert self.code == 0, self.err
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture
def run(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Type a command, optionally with something on standard input."""
    monkeypatch.setenv("INBOX_DATABASE_URL", database_url)
    monkeypatch.setenv("INBOX_LOG_LEVEL", "ERROR")

    def run(*words: str, stdin: str = "") -> Ended:
        monkeypatch.setattr(sys, "argv", ["inbox", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()  # what the test itself has printed
        with pytest.raises(SystemExit) as end:
            main()
        out, err = capsys.readouterr()
        _forget_logging()
        return Ended(int(end.value.code or 0), out, err)

    yield run
    asyncio.run(empty(database_url))


def _forget_logging() -> None:
    # It writes to the stderr of this test, which nobody else may be left with.
    structlog.reset_defaults()
    logging.getLogger().handlers.clear()


@pytest.fixture
def office(run: Run) -> Run:
    """The command line of an office with one mailbox and one administrator."""
    run("mailbox", "add", "support@shop.example", "--name", "Support")
    words = ("agent", "add", "ann@shop.example", "--name", "Ann", "--role", "admin")
    run(*words, "--mailbox", "support@shop.example")
    return run
