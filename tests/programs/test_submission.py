"""Programs that people send mail with, signed in to our own port."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs.conftest import needs
from tests.programs.outside import Outside
from tests.programs.service import MAILBOX, Desk
from tests.service import data_folder, free_listen

pytestmark = [pytest.mark.peers, pytest.mark.database]

PEM = Path(__file__).parents[1] / "wire/mail.test.pem"
PRIVATE = "karen@home.example"


@pytest.fixture(scope="module")
def desk(outside: Outside) -> Iterator[Desk]:
    """A service that takes submissions, whose mailbox wants proof of everything."""
    listens = {"submission_listen": free_listen(), "submissions_listen": free_listen()}
    tls = {"tls_certificate": str(PEM), "tls_key": str(PEM)}
    with data_folder() as folder, Desk(folder, relay=outside.port, **listens, **tls) as desk:
        desk.open_mailbox()
        desk.run("mailbox", "set", MAILBOX, "proof=strict")
        yield desk


def mail_password(desk: Desk, name: str) -> str:
    return desk.run(
        "agent", "mail-password", "add", "karen@us.example", "--name", name
    ).stdout.strip()


def test_swaks_signs_in_and_writes_a_comment(desk: Desk) -> None:
    needs("swaks")
    command = [
        "swaks", "--server", desk.settings["submission_listen"], "--tls", "--auth",
        "--from", PRIVATE, "--to", MAILBOX, "--header", "Subject: By swaks",
        "--auth-user", "karen@us.example", "--auth-password",
    ]  # fmt: skip
    wrong = subprocess.run([*command, "wrong"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 28, wrong.stdout  # swaks: it could not sign in
    ran = subprocess.run(
        [*command, mail_password(desk, "swaks")], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout
    [row] = desk.wait_rows(
        "select kind, author_kind, author_address from message where subject = 'By swaks'"
    )
    assert tuple(row) == ("note", "agent", "karen@us.example")
    assert "wrong" not in desk.log.read_text()


def test_curl_hands_over_under_tls_from_the_start(desk: Desk, tmp_path: Path) -> None:
    needs("curl")
    mail = tmp_path / "mail"
    mail.write_text(f"From: {PRIVATE}\nTo: {MAILBOX}\nSubject: By curl\n\nHello.\n")
    password = mail_password(desk, "curl")
    desk.run("agent", "set", "karen@us.example", f"addresses={PRIVATE}")
    command = [
        "curl", "--silent", "--show-error", "--insecure", "--url",
        f"smtps://{desk.settings['submissions_listen']}/laptop.example",
        "--user", f"{PRIVATE}:{password}", "--mail-from", PRIVATE,
        "--upload-file", str(mail), "--mail-rcpt",
    ]  # fmt: skip
    ran = subprocess.run([*command, MAILBOX], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    desk.wait_rows("select from message where subject = 'By curl' and kind = 'note'")
    elsewhere = [*command, "pat@customer.example"]
    refused = subprocess.run(elsewhere, capture_output=True, text=True, check=False)
    assert refused.returncode == 55, refused.stderr


def test_swaks_begins_as_the_department(desk: Desk, outside: Outside) -> None:
    needs("swaks")
    customer = "pat.swaks@customer.example"
    ran = subprocess.run(
        [
            "swaks", "--server", desk.settings["submission_listen"], "--tls", "--auth", "LOGIN",
            "--from", MAILBOX, "--to", customer, "--header", "Subject: Your boots",
            "--body", "They are back.", "--auth-user", "karen@us.example",
            "--auth-password", mail_password(desk, "department"),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    [raw] = outside.wait(customer)
    assert b'From: "Karen Miller (Support)" <support@us.example>' in raw
    assert b"They are back." in raw
    assert b"karen@us.example" not in raw
