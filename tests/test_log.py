"""What stands in our log, and what does not."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from inbox import log
from inbox.store.engine import Database

TOKEN = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    log.configure("json", "WARNING")


def test_no_token_and_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "INFO")
    log.get_logger("mine").info("a.b", to=f"help+r.{TOKEN}@x.example", password="p", token="t")
    log.get_logger("mine").info("c.d", url="smtp://user:pass@relay.example")
    log.get_logger("mine").info("e.f", url=f"https://desk.us.example/ratings/{TOKEN}/good")
    said = capsys.readouterr().err
    assert TOKEN not in said
    assert "user:pass" not in said
    first = json.loads(said.splitlines()[0])
    assert (first["part"], first["password"], first["token"]) == ("mine", "***", "***")


def test_libraries_speak_as_we_do(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("json", "INFO")
    logging.getLogger("some.library").warning("mail for help+r.%s@x.example \x1b[31m", TOKEN)
    logging.getLogger("some.library").info("no news")
    logging.getLogger("mail.log").warning("the text of a mail")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")
    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert (said["part"], said["level"]) == ("some.library", "warning")
    assert said["event"] == "mail for help+***@x.example \\x1b[31m"


def test_people_get_lines(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("text", "INFO")
    log.get_logger("mine").info("mail.sent", outbound=3)
    said = capsys.readouterr().err
    assert "mail.sent" in said
    assert "outbound=3" in said
    assert not said.startswith("{")


async def test_no_row_that_the_database_refuses(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither what it was given nor what PostgreSQL says of it: it may be a whole mail."""
    log.configure("json", "INFO")
    row = text("insert into setting (key, value) values (:key, cast(:value as jsonb))")
    known, letter = "pat@customer.example", "Dear Sir,\nmy card is 4711"
    for key, value in ((known, "1"), (known, "4711"), (letter, None)):
        try:
            async with database.write() as db:
                await db.execute(row, {"key": key, "value": value})
        except IntegrityError:
            log.get_logger("mine").exception("a.b")
    said = capsys.readouterr().err
    assert said.count("IntegrityError") >= 2
    assert "DETAIL:" in said
    assert "pat@" not in said
    assert "4711" not in said


@pytest.mark.parametrize(
    "said",
    [
        "DETAIL:  Schlüssel »(address)=(pat@customer.example)« existiert bereits.",
        "DETAIL:  Fehlgeschlagene Zeile enthält (1, pat@customer.example,\nmy words).\n[SQL: i]",
        "DataError: invalid input for query argument $3: 'pat@customer.example' (expected str)",
    ],
)
def test_no_row_in_whatever_language_the_database_speaks(said: str) -> None:
    shown = log.redact(None, "", {"exception": said})["exception"]
    assert "pat@" not in shown
    assert "my words" not in shown


def test_what_names_no_row_is_said() -> None:
    said = "DETAIL:  Process 7 waits for ShareLock on transaction 12; blocked by process 3."
    assert log.redact(None, "", {"exception": said})["exception"] == said
