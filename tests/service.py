"""The program as a person starts it: a process with an environment, seen from outside."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import psutil

from tests.polling import ENOUGH, until


def free_listen() -> str:
    """An address of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def environment(**settings: str) -> dict[str, str]:
    """Our environment with these settings and no others."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INBOX_")}
    # Stories go from one thing to the next within a second, and want a mail of each.
    wanted = {"bundle_seconds": "0", **settings}
    return {**kept, **{f"INBOX_{name.upper()}": value for name, value in wanted.items()}}


def inbox(*words: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "inbox", *words],
        env=environment(**settings), input=stdin, capture_output=True, text=True,
        timeout=ENOUGH, check=False,
    )  # fmt: skip


@contextlib.contextmanager
def data_folder() -> Iterator[Path]:
    """A folder for an embedded database, gone afterwards.

    Not pytest's: PostgreSQL refuses to be root, and whom it runs as instead does not get in there.
    """
    folder = Path(tempfile.mkdtemp(prefix="inbox-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Service:
    """A running `inbox serve` or `inbox demo`."""

    def __init__(self, *words: str, log: Path, **settings: str) -> None:
        self.log = log
        with log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "inbox", *words],
                env=environment(**settings), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=errors, text=True,
            )  # fmt: skip
        self.addresses: dict[str, str] = {}

    def __enter__(self) -> Self:
        self.ready()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def ready(self) -> None:
        """Wait for the ready line."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("ready "), self.log.read_text()
        self.addresses = dict(word.split("=", 1) for word in line.split()[1:])

    def role(self, name: str) -> psutil.Process | None:
        """The process of a role, if it lives."""
        for child in self.children():
            with contextlib.suppress(psutil.Error):  # it has just ended
                if child.cmdline()[-1:] == [name]:
                    return child
        return None

    def children(self) -> list[psutil.Process]:
        """All processes of the service but the supervisor's."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def connect(self, name: str) -> socket.socket | None:
        """A connection to one of its addresses, or None while nothing listens."""
        host, port = self.addresses[name].removeprefix("http://").split(":")
        try:
            return socket.create_connection((host, int(port)), timeout=ENOUGH)
        except OSError:
            return None

    def stop(self) -> tuple[int, str]:
        """SIGTERM; the exit code and what else it said on stdout."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        rest, _ = self.process.communicate(timeout=ENOUGH)
        return self.process.returncode, rest


def until_gone(processes: list[psutil.Process]) -> None:
    """Wait until none of them lives."""
    until(lambda: not [one for one in processes if _lives(one)])


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
