"""`inbox thread`: a stream of mails, and where each would be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.polling import until

pytestmark = pytest.mark.database

LETTERS = {
    "q": (
        "Jane <jane@firm.example>",
        "Boots do not fit",
        "<q@firm.example>",
        "",
        "They are too small.",
    ),
    "a": (
        "Pat <pat@desk.example>",
        "Re: Boots do not fit",
        "<a@desk.example>",
        "<q@firm.example>",
        "Which size do you wear?",
    ),
    "r": (
        "Jane <jane@firm.example>",
        "Re: Boots do not fit",
        "<r@firm.example>",
        "<a@desk.example>",
        "Forty two.",
    ),
    "s": (
        "Sly <sly@elsewhere.example>",
        "Re: Boots do not fit",
        "<s@elsewhere.example>",
        "<a@desk.example>",
        "Let me in.",
    ),
}


def test_a_stream_is_put_into_its_conversations(tmp_path: Path) -> None:
    stream = _stream(tmp_path, "q", "a", "r", "r", "s", out={"a": "q"})

    done = _thread(stream, "--domain", "desk.example")

    first, answer, again, repeated, stranger = _lines(done)
    assert first["outcome"] == "new"
    assert {one["conversation"] for one in (first, answer, again, repeated)} == {
        first["conversation"]
    }
    assert again["outcome"] == "joined"
    assert again["evidence"][0] == {
        "rule": "our_id",
        "weight": 0.95,
        "detail": "In-Reply-To <a@desk.example>",
    }
    assert repeated["outcome"] == "duplicate"
    assert stranger["outcome"] == "new"
    assert stranger["conversation"] != first["conversation"]


def test_anyone_may_join_where_it_is_said_so(tmp_path: Path) -> None:
    stream = _stream(tmp_path, "q", "a", "s", out={"a": "q"})

    first, _, stranger = _lines(_thread(stream, "--join", "anyone"))

    assert stranger["conversation"] == first["conversation"]


def test_what_was_sent_first_is_a_conversation_with_whom_it_was_sent_to(tmp_path: Path) -> None:
    first, answer = _lines(_thread(_stream(tmp_path, "a", "r", out={"a": None})))

    assert first["outcome"] == "new"
    assert answer["conversation"] == first["conversation"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("not json", "line 2: the line: Invalid JSON"),
        ('{"id": "x", "raw": "q.eml"}', "line 2: received_at: missing"),
        (
            '{"id": "x", "raw": "none.eml", "received_at": "2026-11-22T10:00:00Z"}',
            "x: none.eml: No such file or directory",
        ),
    ],
)
def test_a_line_that_is_none_is_named(tmp_path: Path, line: str, said: str) -> None:
    stream = _stream(tmp_path, "q")
    stream.write_text(stream.read_text() + line + "\n")

    done = _thread(stream)

    assert done.returncode == 1
    assert done.stderr.startswith(f"inbox: {said}")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_it_leaves_no_database_behind(tmp_path: Path, signum: signal.Signals) -> None:
    stream = _stream(tmp_path, "q")
    stream.write_text(stream.read_text() * 5000)
    place = tmp_path / "tmp"
    place.mkdir(mode=0o755)
    running = subprocess.Popen(
        [sys.executable, "-m", "inbox", "thread", "--json", str(stream)],
        env={**os.environ, "TMPDIR": str(place)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Under nohup the tests themselves are told to ignore it, and children inherit that.
        preexec_fn=partial(signal.signal, signum, signal.SIG_DFL),  # noqa: PLW1509 - one thread here
    )
    until(lambda: any(place.glob("inbox-thread-*/postgres/postmaster.pid")))

    running.send_signal(signum)

    assert running.wait(60) == -signum
    until(lambda: not _servers_in(place))
    assert list(place.iterdir()) == []


def _servers_in(place: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if process.info["name"] == "postgres" and (process.info["cwd"] or "").startswith(str(place))
    ]


def _stream(folder: Path, *names: str, out: dict[str, str | None] | None = None) -> Path:
    rows = []
    for minute, name in enumerate(names):
        author, subject, header_id, answers, words = LETTERS[name]
        to = "Jane <jane@firm.example>" if name in (out or {}) else "support@desk.example"
        head = [f"From: {author}", f"To: {to}", f"Subject: {subject}", f"Message-ID: {header_id}"]
        head += [f"In-Reply-To: {answers}", f"References: {answers}"] if answers else []
        (folder / f"{name}.eml").write_text("\r\n".join([*head, "", words, ""]), newline="")
        row = {
            "id": f"{minute}{name}",
            "raw": f"{name}.eml",
            "received_at": f"2026-11-22T10:{minute:02}:00",
            "rcpt": [] if name in (out or {}) else ["support@desk.example"],
        }
        if name in (out or {}):
            answered = (out or {})[name]
            row |= {"direction": "out"}
            row |= {"answers": f"0{answered}"} if answered else {}
        rows.append(json.dumps(row))
    stream = folder / "stream.jsonl"
    stream.write_text("\n".join(rows) + "\n")
    return stream


def _thread(stream: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "inbox", "thread", "--json", *words, str(stream)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
