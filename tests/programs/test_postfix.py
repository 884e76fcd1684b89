"""A real Postfix hands mail in: by SMTP as a relay, by LMTP, and by a pipe to `inbox deliver`."""

from __future__ import annotations

import os
import shutil
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.polling import ENOUGH
from tests.programs.conftest import needs
from tests.programs.service import Desk
from tests.service import free_listen

pytestmark = [pytest.mark.peers, pytest.mark.database, pytest.mark.slow]

_MAIN = """
compatibility_level = 3.6
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
queue_directory = {folder}/queue
data_directory = {folder}/data
mail_owner = postfix
setgid_group = postdrop
myhostname = mx.us.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relay_domains = us.example
relay_recipient_maps =
local_recipient_maps =
alias_maps =
alias_database =
smtp_tls_security_level = none
smtpd_recipient_restrictions = permit_mynetworks,reject
recipient_delimiter = +
notify_classes =
fast_flush_domains =
transport_maps = inline:{{
  {{support+smtp@us.example = smtp:[127.0.0.1]:{smtp}}},
  {{support+lmtp@us.example = lmtp:inet:127.0.0.1:{lmtp}}},
  {{support+pipe@us.example = inbox:}},
  {{nobody@us.example = inbox:}} }}
inbox_destination_recipient_limit = 20
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
scache unix - - n - 1 scache
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
inbox unix - n n - - pipe
  flags=R user={user} argv={wrapper} ${{sender}} ${{recipient}}
"""
_WRAPPER = """#!/bin/sh
{environment}
sender="$1"; shift
exec {python} -m inbox deliver --from "$sender" "$@"
"""


@pytest.fixture(scope="module")
def postfix(service: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A Postfix of its own, configured as a mail host in front of us; gives its port."""
    needs("postfix", "postconf")
    if os.geteuid() != 0:
        pytest.skip("Postfix can only be started by root")
    folder = Path(f"/var/tmp/inbox-postfix-{os.getpid()}")
    port = int(free_listen().rpartition(":")[2])
    _write(folder, service, port)
    opened = [_let_through(path) for path in (Path(sys.executable), Path(sys.executable).resolve())]
    control = [
        shutil.which("postfix", path="/usr/sbin:/sbin:/usr/bin") or "postfix",
        "-c",
        str(folder / "etc"),
    ]
    subprocess.run([*control, "start"], check=True, capture_output=True, timeout=ENOUGH)
    try:
        yield port
    finally:
        subprocess.run([*control, "stop"], capture_output=True, timeout=ENOUGH, check=False)
        shutil.rmtree(folder, ignore_errors=True)
        for modes in opened:
            for path, mode in modes.items():
                path.chmod(mode)


def _let_through(program: Path) -> dict[Path, int]:
    """Let whom Postfix runs a pipe as reach a program; gives the modes as they were."""
    closed = {one: one.stat().st_mode for one in program.parents if not one.stat().st_mode & 0o001}
    for path, mode in closed.items():
        path.chmod(mode | 0o001)
    return closed


def _write(folder: Path, service: Desk, port: int) -> None:
    for name in ("etc", "queue", "data"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    shutil.chown(folder / "data", "postfix")
    values = {
        name: value for name, value in service.environment.items() if name.startswith("INBOX_")
    }
    values["INBOX_DATABASE_URL"] = service.database_url
    lines = "\n".join(f"export {name}='{value}'" for name, value in values.items())
    wrapper = folder / "deliver"
    wrapper.write_text(_WRAPPER.format(environment=lines, python=sys.executable))
    wrapper.chmod(0o755)
    (folder / "etc/main.cf").write_text(
        _MAIN.format(folder=folder, smtp=service.smtp, lmtp=service.lmtp)
    )
    # Postfix runs no pipe as root; the embedded database lets in whom it runs as itself.
    user = (service.folder / "data/postgres").owner()
    (folder / "etc/master.cf").write_text(_MASTER.format(port=port, user=user, wrapper=wrapper))


@pytest.mark.parametrize("way", ["smtp", "lmtp", "pipe"])
def test_a_mail_through_postfix_becomes_a_conversation(
    service: Desk, postfix: int, way: str
) -> None:
    recipient = f"support+{way}@us.example"
    subject = f"Письмо через {way}"
    _send(postfix, recipient, subject, "Здравствуйте!\n.\nThe line above is a single dot.\n")
    [row] = service.wait_rows(
        "select m.text, s.source, s.recipients from message m join spool s on s.id = m.spool_id"
        " where m.subject = $1",
        subject,
    )
    assert row["text"].startswith("Здравствуйте!\n.\nThe line above")
    assert row["recipients"] == [recipient]
    assert row["source"] == way


def test_an_unknown_recipient_in_a_pipe_is_told_to_postfix_as_unknown(
    service: Desk, postfix: int
) -> None:
    _send(postfix, "nobody@us.example", "for nobody", "hello")
    log = Path(f"/var/tmp/inbox-postfix-{os.getpid()}/mail.log")
    until = time.monotonic() + ENOUGH
    while "dsn=5.1.1" not in (said := log.read_text()):
        assert time.monotonic() < until, said[-2000:]
        time.sleep(0.1)


def _send(port: int, recipient: str, subject: str, text: str) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=ENOUGH) as client:
        client.sendmail(
            "pat@customer.example",
            [recipient],
            (
                f"From: Pat Lee <pat@customer.example>\r\nTo: {recipient}\r\nSubject: {subject}\r\n"
                f"Message-ID: <{time.monotonic_ns()}@customer.example>\r\n"
                "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                f"Content-Transfer-Encoding: 8bit\r\n\r\n{text}"
            ).encode(),
            mail_options=["BODY=8BITMIME"],
        )
