"""swaks, as an administrator would try the receiver with it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.polling import ENOUGH
from tests.programs.conftest import needs
from tests.programs.service import MAILBOX, Desk

pytestmark = [pytest.mark.peers, pytest.mark.database]


def swaks(service: Desk, *options: str) -> subprocess.CompletedProcess[str]:
    """Run swaks against our receiver."""
    needs("swaks")
    return subprocess.run(
        [
            "swaks",
            "--server",
            f"127.0.0.1:{service.smtp}",
            "--from",
            "pat@customer.example",
            *options,
        ],
        capture_output=True,
        text=True,
        timeout=ENOUGH,
        check=False,
    )


def test_a_mail_with_a_file_is_taken_whole(service: Desk, tmp_path: Path) -> None:
    file = tmp_path / "report.bin"
    file.write_bytes(bytes(range(256)) * 4000)
    ran = swaks(
        service, "--to", MAILBOX, "--header", "Subject: swaks with a file", "--attach", f"@{file}"
    )
    assert ran.returncode == 0, ran.stdout
    [row] = service.wait_rows(
        "select f.filename, f.size from file f join message m on m.id = f.message_id"
        " where m.subject = $1",
        "swaks with a file",
    )
    assert row["size"] == 256 * 4000


def test_an_unknown_recipient_is_refused_at_once(service: Desk) -> None:
    ran = swaks(service, "--to", "nobody@us.example")
    assert ran.returncode == 24, ran.stdout  # swaks: no recipient was accepted
    assert "550 5.1.1" in ran.stdout


def test_a_foreign_recipient_is_not_relayed(service: Desk) -> None:
    ran = swaks(service, "--to", "somebody@elsewhere.example")
    assert ran.returncode == 24, ran.stdout
