"""What all commands have in common."""

from __future__ import annotations

import subprocess
import sys

import pytest

from inbox.cli.main import COMMANDS, build
from tests.cli.conftest import Run


def test_help_names_every_command_for_people(run: Run) -> None:
    said = run("--help").out
    for name in COMMANDS:
        assert (f" {name} " in said) == (name != "role")


@pytest.mark.parametrize("words", [[], ["nonsense"], ["serve", "--nonsense"], ["mailbox", "fly"]])
def test_wrong_usage_ends_with_two(run: Run, words: list[str]) -> None:
    assert run(*words).code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["serve", "--workers", "none"], "'--workers': expected a whole number, not 'none'"),
        (["serve", "--workers", "0"], "'--workers': expected 1 or more, not '0'"),
        (["serve", "--role", "cook"], "'--role': 'cook' is not one of 'all', 'smtp', 'web'"),
        (["quarantine", "show", "x"], "'ID': expected a whole number, not 'x'"),
        (["queue", "retry", "7"], "Error: expected in-NUMBER or out-NUMBER, not '7'"),
        (["agent", "set", "ann@shop.example"], "Error: say what to set, for example name=Ann"),
        (["mailbox", "set", "a@x.example", "name"], "Error: expected KEY=VALUE, not 'name'"),
        (["reprocess"], "Error: mails that are there are never moved by a rule"),
        (["role", "cook"], "Error: there is no role cook"),
    ],
)
def test_wrong_usage_says_what_is_expected(run: Run, words: list[str], says: str) -> None:
    end = run(*words)
    assert end.code == 2
    assert says in end.err
    assert "Input should" not in end.err


def test_only_the_command_that_is_asked_for_is_loaded() -> None:
    """The supervisor and the roles start through here, and they stay."""
    probe = (
        "import sys; from inbox.cli.main import build; build(['serve']);"
        "import inbox.log, inbox.run.serve;"
        "print([m for m in ('sqlalchemy', 'fastapi', 'inbox.mail', 'rich') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout == "[]\n"


def test_a_command_nobody_knows_is_looked_for_among_all() -> None:
    assert len(build(["nonsense"]).registered_commands) + len(
        build(["nonsense"]).registered_groups
    ) == len(COMMANDS)


def test_a_settings_file_that_is_not_there(run: Run) -> None:
    end = run("mailbox", "list", "--config", "nowhere.toml")
    assert (end.code, end.err) == (1, "inbox: the settings file nowhere.toml does not exist\n")


def test_a_setting_that_is_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INBOX_MAX_CONNECTIONS", "many")
    end = run("mailbox", "list")
    assert end.code == 1
    assert end.err.startswith("inbox: INBOX_MAX_CONNECTIONS is wrong: ")
    assert end.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [("mailbox", "list"), ("queue", "list"), ("serve",), ("migrate",), ("doctor",), ("role", "web"),
     ("demo",), ("inspect", "a.eml")],
)  # fmt: skip
def test_a_setting_that_nobody_knows(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("INBOX_SMTP_LISTN", "0.0.0.0:25")
    end = run(*words)
    said = "inbox: there is no setting INBOX_SMTP_LISTN; did you mean INBOX_SMTP_LISTEN?\n"
    assert (end.code, end.err) == (1, said)
