"""Places where raw mail may lie: a folder, and a bucket of a real S3 server on loopback."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

import pytest

from inbox.store.blobs import Blobs, place
from tests.polling import until
from tests.service import free_listen

BUCKET = "mail-of-the-tests"
KEY, SECRET = "inboxofthetests", "asecretofthetests"


class S3Server:
    """rclone serving a folder's folders as buckets; it checks signatures as S3 does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.listen = free_listen()
        (folder / "buckets" / BUCKET).mkdir(parents=True)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve until `stop`."""
        program = Path(sys.executable).with_name("rclone")
        self._process = subprocess.Popen(
            [program, "serve", "s3", "--config", "", "--addr", self.listen,
             "--auth-key", f"{KEY},{SECRET}", "--log-file", str(self.folder / "log"),
             str(self.folder / "buckets")],
        )  # fmt: skip
        until(self._answers)

    def stop(self) -> None:
        """Be unreachable."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            self._process = None

    def _answers(self) -> bool:
        import socket

        host, port = self.listen.split(":")
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 1):
            return True
        return False


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[S3Server]:
    """One server for all tests of this worker."""
    server = S3Server(tmp_path_factory.mktemp("s3"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def s3(s3_server: S3Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Server]:
    """The server, running and with its keys in the environment."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{s3_server.listen}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    yield s3_server
    if s3_server._process is None:
        s3_server.start()


@pytest.fixture
def bucket(s3: S3Server) -> str:
    """The URL of an empty prefix of the bucket."""
    del s3
    return f"s3://{BUCKET}/{token_hex(4)}/ours"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for raw mail."""
    path = tmp_path / "raw mail"
    path.mkdir()
    return path


@pytest.fixture(params=["folder", "bucket"])
def blobs(request: pytest.FixtureRequest) -> Blobs:
    """Each kind of place in turn."""
    found = request.getfixturevalue(request.param)
    return place(found.as_uri() if isinstance(found, Path) else found)


__all__ = ["S3Server", "blobs", "bucket", "folder", "s3", "s3_server"]
