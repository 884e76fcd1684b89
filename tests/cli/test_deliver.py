"""`inbox deliver`, as a mail server's pipe runs it."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from inbox.cli.deliver import as_sent
from inbox.store.engine import Database
from inbox.store.tables import Job, Mailbox, MailboxAddress, Spool

MAIL = b"From: <jane@shop.example>\nSubject: Boots\n\nThey leak.\n.\n"
ON_THE_WIRE = MAIL.replace(b"\n", b"\r\n")


@dataclass
class Pipe:
    """A mail server's pipe with its environment."""

    environment: dict[str, str]
    folder: Path

    async def __call__(self, *words: str, mail: bytes = MAIL) -> tuple[int, str]:
        """Run the command; its exit code and what it says."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "inbox", "deliver", *words),
            stdin=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(Path.cwd()), **self.environment},
        )
        _, said = await process.communicate(mail)
        return process.returncode or 0, said.decode()


@pytest.fixture
async def pipe(database: Database, tmp_path: Path) -> Pipe:
    """The pipe of a machine with one mailbox."""
    async with database.write() as db:
        db.add(Mailbox(address="support@desk.example", name="Support"))
        await db.flush()
        db.add(MailboxAddress(address="support@desk.example", mailbox_id=1))
    limits = {"INBOX_MAX_MESSAGE_BYTES": "65536"}
    return Pipe({"INBOX_DATABASE_URL": database.url, **limits}, tmp_path)


async def test_a_mail_is_kept_once_for_those_who_are_here(database: Database, pipe: Pipe) -> None:
    words = ("--from", "jane@shop.example", "support@desk.example", "nobody@desk.example")
    for _ in range(2):
        assert await pipe(*words) == (
            0,
            "inbox deliver: kept, but no mailbox here: nobody@desk.example\n",
        )
    async with database.read() as db:
        [row] = (await db.scalars(select(Spool))).all()
        [job] = (await db.scalars(select(Job))).all()
    assert (row.raw, row.sender, row.source) == (ON_THE_WIRE, "jane@shop.example", "pipe")
    assert (row.recipients, row.mailboxes) == (["support@desk.example"], [1])
    assert job.args == {"spool_id": row.id}


async def test_a_bounce_has_no_sender(database: Database, pipe: Pipe) -> None:
    code, _ = await pipe("--from", "MAILER-DAEMON", "support@desk.example")
    async with database.read() as db:
        assert (code, await db.scalar(select(Spool.sender))) == (0, "")


@pytest.mark.parametrize(
    ("words", "mail", "code", "said"),
    [
        (("--from", "j@x.example", "nobody@desk.example"), MAIL, 67, "no mailbox here: nobody@"),
        (("--from", "j@x.example", "support@desk.example"), b"\n", 65, "there is no mail"),
        (("--from", "j@x.example", "support@desk.example"), b"x" * 65537, 65, "larger than 65536"),
        (("support@desk.example",), MAIL, 64, "usage: inbox deliver"),
        (("--from", "j@x.example"), MAIL, 64, "usage: inbox deliver"),
    ],
)
async def test_what_is_refused_for_good(
    database: Database, pipe: Pipe, words: tuple[str, ...], mail: bytes, code: int, said: str
) -> None:
    ended, heard = await pipe(*words, mail=mail)
    assert ended == code
    assert said in heard
    async with database.read() as db:
        assert (await db.scalars(select(Spool.id))).all() == []


@pytest.mark.parametrize(
    "environment",
    [
        {"INBOX_DATABASE_URL": "postgresql://nobody:secret@127.0.0.1:9/none"},
        {"INBOX_DATABASE_URL": "nonsense"},
    ],
)
async def test_our_own_trouble_is_temporary(tmp_path: Path, environment: dict[str, str]) -> None:
    pipe = Pipe(environment, tmp_path)
    code, said = await pipe("--from", "j@x.example", "support@desk.example")
    assert code == 75
    assert "secret" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("piped", "sent"),
    [
        (b"A: b\n\nc\n", b"A: b\r\n\r\nc\r\n"),
        (b"A: b\r\n\r\nc\n", b"A: b\r\n\r\nc\n"),
        (b"From jane@x Mon Jan  1 00:00:00 2024\nA: b\n\nc\n", b"A: b\r\n\r\nc\r\n"),
        (b"From: jane@x\n\nFrom here\n", b"From: jane@x\r\n\r\nFrom here\r\n"),
        (b"", b""),
    ],
)
def test_the_mail_as_it_was_on_the_wire(piped: bytes, sent: bytes) -> None:
    assert as_sent(piped) == sent


async def test_the_mail_lies_where_it_is_to_lie(
    database: Database, pipe: Pipe, tmp_path: Path
) -> None:
    words = ("--from", "jane@shop.example", "support@desk.example")
    pipe.environment["INBOX_BLOBS"] = (tmp_path / "mail").as_uri()
    code, said = await pipe(*words)
    assert code == 75
    assert said.endswith("\ninbox deliver: The service is not available just now.\n")
    (tmp_path / "mail").mkdir()
    assert await pipe(*words) == (0, "")
    async with database.read() as db:
        [row] = (await db.scalars(select(Spool))).all()
    assert (row.raw, row.store) == (None, pipe.environment["INBOX_BLOBS"])
    assert (tmp_path / "mail" / (row.blob or "")).read_bytes() == ON_THE_WIRE


async def test_a_misspelt_setting_bounces_nothing(pipe: Pipe) -> None:
    pipe.environment["INBOX_DATA_BASE_URL"] = "x"
    code, said = await pipe("--from", "jane@shop.example", "support@desk.example")
    assert code == 75
    assert "there is no setting INBOX_DATA_BASE_URL; did you mean INBOX_DATABASE_URL?" in said
