"""The loop, with the programs people use: a customer writes, an agent answers by mail."""

from __future__ import annotations

import os
import pty
import smtplib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS
from tests.polling import ENOUGH
from tests.programs.conftest import needs
from tests.programs.outside import Outside
from tests.programs.service import MAILBOX, Desk

pytestmark = [pytest.mark.peers, pytest.mark.database]

KAREN = "Karen Miller <karen@us.example>"
WORDS = "Please use size 42.\nWe sent it today."


@pytest.fixture
def customer(request: pytest.FixtureRequest) -> str:
    """A customer whom no other test knows."""
    return f"pat.{request.node.name.replace('[', '.').rstrip(']')}@customer.example"


def hand_in(service: Desk, raw: bytes, sender: str, *recipients: str) -> None:
    """Give a mail to our receiver."""
    with smtplib.SMTP("127.0.0.1", service.smtp, timeout=ENOUGH) as client:
        client.sendmail(sender, recipients, raw)


def writes(service: Desk, customer: str, subject: str, text: str) -> None:
    """A customer's new mail."""
    head = f"From: Pat Lee <{customer}>\r\nTo: {MAILBOX}\r\nSubject: {subject}\r\n"
    ids = f"Message-ID: <{time.monotonic_ns()}@customer.example>\r\n"
    hand_in(service, f"{head}{ids}\r\n{text}\r\n".encode(), customer, MAILBOX)


def notice_to_karen(outside: Outside, subject: str) -> bytes:
    """The notice that Karen got of it."""
    until = time.monotonic() + ENOUGH
    while time.monotonic() < until:
        for raw in outside.of("karen@us.example"):
            if Seen.of(raw).message["Subject"] == subject:
                return raw
        time.sleep(0.05)
    raise AssertionError(f"no notice about {subject}")


def token_of(notice: bytes) -> str:
    """The address that an answer to a notice goes to."""
    return str(Seen.of(notice).message["Reply-To"]).split("<")[-1].strip("<> ")


def check_what_the_customer_got(outside: Outside, customer: str, subject: str) -> None:
    """An ordinary letter from the department, with the words and nothing of ours."""
    [raw] = outside.wait(customer)
    got = Seen.of(raw)
    assert str(got.message["From"]) == f'"Karen Miller (Support)" <{MAILBOX}>'
    assert got.message["Subject"] == f"Re: {subject}"
    assert got.message["In-Reply-To"]
    # Read as it was written: every word, none of the notice's, nobody's own address, no token.
    text = got.text
    assert text.startswith("Please use size 42.\nWe sent it today.")
    assert "> My boots are too small." in text
    assert b"karen@us.example" not in raw
    assert b"support+" not in raw
    assert "Your answer goes to" not in text + got.html


def test_an_answer_reaches_the_customer(service: Desk, outside: Outside, customer: str) -> None:
    """The processes of a service together; what all programs make of it is told in `stories`."""
    subject = "Boots (outlook)"
    writes(service, customer, subject, "My boots are too small.")
    notice = notice_to_karen(outside, subject)
    answer = PROGRAMS["outlook"].answer(notice, WORDS, from_=KAREN)
    hand_in(service, answer, "karen@us.example", token_of(notice))
    check_what_the_customer_got(outside, customer, subject)
    # The way out is shared: mails of other stories are there already.
    outside.wait_for(
        lambda: any(
            "Please use size 42." in Seen.of(raw).text for raw in outside.of("anna@us.example")
        )
    )


def test_an_answer_composed_in_neomutt_reaches_the_customer(
    service: Desk, outside: Outside, customer: str, tmp_path: Path
) -> None:
    needs("neomutt")
    subject = "Boots (neomutt)"
    writes(service, customer, subject, "My boots are too small.")
    mbox = tmp_path / "karen.mbox"
    mbox.write_bytes(
        b"From support@us.example Sun Nov 22 10:00:00 2026\n"
        + notice_to_karen(outside, subject).replace(b"\r\n", b"\n")
        + b"\n"
    )
    editor = tmp_path / "editor"
    editor.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        f"file.write_text({WORDS!r} + '\\n\\n' + file.read_text())\n"
    )
    editor.chmod(0o755)
    settings = {
        "from": "karen@us.example",
        "realname": "Karen Miller",
        "editor": str(editor),
        "smtp_url": f"smtp://127.0.0.1:{service.smtp}/",
        "ssl_starttls": "no",
        "ssl_force_tls": "no",
        "record": "",
        "copy": "no",
        "fast_reply": "yes",
        "include": "yes",
        "sig_on_top": "no",
        "postpone": "no",
        "confirm_append": "no",
        "use_from": "yes",
        "folder": str(tmp_path),
        "edit_headers": "no",
        "abort_unmodified": "no",
        "reply_to": "yes",
        "sleep_time": "0",
        "envelope_from": "yes",
        "abort_noattach": "no",
        "mbox_type": "mbox",
        "recall": "no",
    }
    command = ["neomutt", "-n", "-F", "/dev/null", "-f", str(mbox)]
    for name, value in settings.items():
        command += ["-e", f'set {name}="{value}"']
    command += ["-e", 'push "<reply><send-message><quit>"']
    _in_a_terminal(command, tmp_path)
    check_what_the_customer_got(outside, customer, subject)


def _in_a_terminal(command: list[str], home: Path) -> None:
    """Run a program that wants a terminal, and read what it shows."""
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "HOME": str(home), "LINES": "40", "COLUMNS": "100"}
    process = subprocess.Popen(
        command,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment,
        close_fds=True,
        start_new_session=True,
    )
    os.close(slave)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.set_blocking(master, False)
        shown = os.read(master, 100_000).decode("utf-8", "replace")
        raise AssertionError(f"the program waits for something: {shown[-2000:]}") from None
    finally:
        process.kill()
        process.wait()
        os.close(master)
