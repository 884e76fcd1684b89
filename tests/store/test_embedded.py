"""The embedded PostgreSQL: one for all who need it, gone with the last, back after a crash."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from inbox.errors import ConfigError
from inbox.settings import Settings
from inbox.store.embedded import Embedded, database_url, held
from tests.polling import until
from tests.service import data_folder


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A data folder whose server has been made once: that takes a second."""
    with data_folder() as folder:
        yield folder


def test_it_stops_with_the_last_who_needs_it(folder: Path) -> None:
    first, second = Embedded(folder), Embedded(folder)
    assert first.start() == second.start()
    first.let_go()
    assert second.is_running
    second.let_go()
    assert not second.is_running


def test_it_comes_back_after_a_crash(folder: Path) -> None:
    server = Embedded(folder)
    url = server.start()
    pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    until(lambda: not server.is_running)
    assert server.start() == url
    assert server.is_running
    server.let_go()


def test_it_stops_even_when_it_is_stuck(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Embedded(folder)
    server.start()
    processes = psutil.Process(server._pid()).children()
    # An orderly stop waits for what this one writes.
    next(one for one in processes if "checkpointer" in one.cmdline()[0]).suspend()
    monkeypatch.setattr("inbox.store.embedded._ORDERLY", 1)
    server.let_go()
    assert not server.is_running


def test_whoever_was_handed_the_url_keeps_it_alive(folder: Path) -> None:
    starter = Embedded(folder)
    settings = Settings(data=folder, database_url=starter.start())
    with held(settings, lambda: False):
        starter.let_go()
        assert starter.is_running
    assert not starter.is_running


def test_an_outside_server_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "none", database_url="postgresql://db.example/inbox")
    with database_url(settings) as url, held(settings, lambda: False):
        assert url == "postgresql://db.example/inbox"
    assert not (tmp_path / "none").exists()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ConfigError, match="cannot be written"):
        Embedded(tmp_path / "data")
