"""`inbox serve` as whoever runs it sees it: starts, stays, stops, or says why not."""

from __future__ import annotations

import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.polling import until
from tests.service import Service, data_folder, free_listen, inbox, until_gone

pytestmark = [pytest.mark.database, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[Service]:
    """One service for all tests of a running one, on its embedded database."""
    with Service(
        "serve", "--workers", "1", log=folder / "log", data=str(folder / "data"),
        smtp_listen=free_listen(), web_listen=free_listen(), lmtp_listen=free_listen(),
    ) as service:  # fmt: skip
        yield service


def test_ready_names_the_addresses_and_all_of_them_answer(service: Service) -> None:
    assert set(service.addresses) == {"smtp", "lmtp", "web", "workers"}
    for name in ("smtp", "lmtp"):
        connection = service.connect(name)
        assert connection is not None
        with connection:
            assert connection.recv(1000).startswith(b"220 ")
    for page in ("/healthz", "/readyz"):
        with urllib.request.urlopen(service.addresses["web"] + page, timeout=10) as answer:
            assert answer.status == 200


def test_it_says_where_the_first_administrator_is_made(service: Service) -> None:
    said = service.log.read_text()
    web = service.addresses["web"]
    assert said.count(f"make the first administrator at {web}/setup?token=") == 1


def test_it_says_that_mail_is_kept_while_no_relay_is_set(service: Service) -> None:
    assert "INBOX_RELAY_URL is not set" in service.log.read_text()


@pytest.mark.parametrize("name", ["smtp", "worker"])
def test_a_role_that_is_killed_comes_back(service: Service, name: str) -> None:
    before = service.role(name)
    assert before is not None
    before.kill()
    until_gone([before])
    after = until(lambda: service.role(name))
    assert after is not None
    assert after.pid != before.pid
    if name == "smtp":
        connection = until(lambda: service.connect(name))
        assert connection is not None
        connection.close()


def test_a_database_that_is_killed_comes_back(service: Service, folder: Path) -> None:
    def main_process() -> int:
        return int((folder / "data/postgres/postmaster.pid").read_text().splitlines()[0])

    def answers() -> bool:
        try:
            with urllib.request.urlopen(service.addresses["web"] + "/readyz", timeout=10) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    before = main_process()
    os.kill(before, signal.SIGKILL)
    until(lambda: "postgres.started_again" in service.log.read_text())
    assert main_process() != before
    until(answers)


def test_another_one_is_told_that_the_port_is_taken(service: Service, tmp_path: Path) -> None:
    taken = service.addresses["smtp"]
    end = inbox("serve", data=str(tmp_path), smtp_listen=taken, web_listen=free_listen())
    assert (end.returncode, end.stdout) == (1, "")
    assert end.stderr == (
        f"inbox: cannot listen on {taken} (INBOX_SMTP_LISTEN): another program does already; "
        "end that program or set another address\n"
    )


def test_commands_work_while_it_runs(service: Service, folder: Path) -> None:
    added = inbox("mailbox", "add", "help@x.example", "--name", "Help", data=str(folder / "data"))
    assert added.returncode == 0, added.stderr
    assert service.process.poll() is None
    assert service.role("web")


def test_it_stops_in_time_and_leaves_nothing(service: Service) -> None:
    everything = service.children()
    began = time.monotonic()
    code, rest = service.stop()
    assert time.monotonic() - began < 30  # a third of what systemd waits
    assert (code, rest) == (0, "")  # one line in all, and that was the ready line
    until_gone(everything)


def test_nothing_is_left_when_the_supervisor_is_killed(folder: Path) -> None:
    """The children notice, finish, and the last one stops the database."""
    service = Service(
        "serve", "--role", "smtp", log=folder / "log2", data=str(folder / "data"),
        smtp_listen=free_listen(),
    )  # fmt: skip
    service.ready()
    postmaster = (folder / "data/postgres/postmaster.pid").read_text().splitlines()[0]
    everything = [*service.children(), psutil.Process(int(postmaster))]
    service.process.kill()
    service.process.communicate()
    until_gone(everything)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"smtp_listen": "2525"}, "INBOX_SMTP_LISTEN is wrong: expected host:port"),
        ({"web_lisen": "x"}, "there is no setting INBOX_WEB_LISEN; did you mean INBOX_WEB_LISTEN?"),
        (
            {"web_listen": "203.0.113.7:8080"},
            "cannot listen on 203.0.113.7:8080 (INBOX_WEB_LISTEN)",
        ),
        (
            {"blobs": "file:///no/such/folder"},
            "raw mail cannot be kept in file:///no/such/folder: the folder /no/such/folder, set by",
        ),
        (
            {"database_url": "postgresql://inbox:secret@127.0.0.1:1/inbox"},
            "the database postgresql://inbox:***@127.0.0.1:1/inbox cannot be reached",
        ),
    ],
)
def test_what_cannot_work_is_one_sentence(
    settings: dict[str, str], says: str, tmp_path: Path
) -> None:
    given = {"smtp_listen": free_listen(), "web_listen": free_listen(), "data": str(tmp_path)}
    end = inbox("serve", **{**given, **settings})
    assert (end.returncode, end.stdout) == (1, "")
    assert end.stderr.startswith(f"inbox: {says}")
    assert end.stderr.count("\n") == 1


def test_a_wrong_certificate_is_the_last_that_is_said(folder: Path, tmp_path: Path) -> None:
    """The other roles may be ready by then; what they wanted to say would hide the sentence."""
    wrong = tmp_path / "cert.pem"
    wrong.write_text("no certificate")
    end = inbox(
        "serve", "--workers", "1", data=str(folder / "data"), smtp_listen=free_listen(),
        web_listen=free_listen(), tls_certificate=str(wrong),
    )  # fmt: skip
    assert (end.returncode, end.stdout) == (1, "")
    # Where all is slow, a role that does not end in time is logged; that is no sentence of a role.
    *_, last = (line for line in end.stderr.splitlines() if '"role.killed"' not in line)
    assert last.startswith(f"inbox: the certificate {wrong} cannot be used: it or its key is no")
    assert "setup?token=" not in end.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    end = inbox("serve", data=str(tmp_path / "data"), smtp_listen=free_listen())
    assert end.returncode == 1
    assert end.stderr.startswith(f"inbox: the data folder {tmp_path / 'data'} cannot be written")


def test_a_database_that_would_lose_mail_is_refused(server_url: str, tmp_path: Path) -> None:
    """The tests' own server is one: it has no need to survive a power cut."""
    end = inbox("serve", database_url=server_url, data=str(tmp_path), smtp_listen=free_listen(),
                web_listen=free_listen())  # fmt: skip
    assert end.returncode == 1
    assert "inbox: the database has fsync turned off" in end.stderr


@pytest.mark.parametrize(
    "words", [("serve", "--role", "cook"), ("serve", "--workers", "0"), ("x",)]
)
def test_wrong_usage(words: tuple[str, ...]) -> None:
    assert inbox(*words).returncode == 2
