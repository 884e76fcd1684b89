"""`inbox mailbox` as an administrator and as a script use it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inbox.demo.pictures import PHOTO_OF_A_TEAPOT as LOGO
from tests.cli.conftest import Run

pytestmark = pytest.mark.database


def test_add_list_show_remove(run: Run) -> None:
    added = run(
        "mailbox",
        "add",
        "Support@Shop.Example",
        "--name",
        "Support",
        "--alias",
        "help@shop.example",
    )
    assert added.out == "mailbox support@shop.example (Support)\n"
    rows = run("mailbox", "list", "--json").json
    assert [(row["address"], row["aliases"]) for row in rows] == [
        ("support@shop.example", ["help@shop.example"])
    ]
    assert run("mailbox", "show", "help@shop.example", "--json").json["name"] == "Support"
    assert run("mailbox", "remove", "support@shop.example").code == 0
    assert run("mailbox", "list", "--json").json == []


def test_an_empty_list_says_what_to_do(run: Run) -> None:
    assert "inbox mailbox add ADDRESS" in run("mailbox", "list").out


def test_adding_twice_is_no_error_and_adding_another_is(office: Run) -> None:
    again = office("mailbox", "add", "support@shop.example", "--name", "Support")
    assert again.code == 0
    other = office("mailbox", "add", "support@shop.example", "--name", "Sales")
    assert (other.code, other.out) == (1, "")
    assert other.err == ("inbox: support@shop.example is there already, with the name Support.\n")


def test_settings_are_set_and_shown_as_they_are_written(office: Run) -> None:
    done = office("mailbox", "set", "support@shop.example", "undo_seconds=5", "confirm=all")
    assert done.out == "mailbox support@shop.example: undo_seconds confirm set\n"
    shown = office("mailbox", "show", "support@shop.example")
    assert re.search(r"^undo_seconds +5 +how long an answer can be taken back$", shown.out, re.M)
    assert re.search(r"^customer_token +off +a token in the Reply-To", shown.out, re.M)
    as_json = office("mailbox", "show", "support@shop.example", "--json").json
    assert as_json["undo_seconds"] == 5
    assert as_json["customer_token"] is False


def test_a_picture_stands_below_the_signature(office: Run, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(LOGO)
    (tmp_path / "logo.txt").write_bytes(b"no picture")
    good, bad = (str(tmp_path / f"logo.{one}") for one in ("png", "txt"))
    done = office("mailbox", "logo", "support@shop.example", good)
    assert done.out == "mailbox support@shop.example: a picture stands below its signature\n"
    refused = office("mailbox", "logo", "support@shop.example", bad)
    assert (refused.code, refused.err) == (
        1,
        "inbox: Take a picture in PNG or JPEG of at most 150 kB.\n",
    )
    gone = office("mailbox", "logo", "support@shop.example", "--json").json
    assert gone["logo"] == ""


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("set", "support@shop.example", "confirm=maybe"), 1, "off, proved or all"),
        (("set", "support@shop.example", "confirm"), 2, "expected KEY=VALUE"),
        (("show", "nobody@shop.example"), 1, "There is no mailbox nobody@shop.example"),
        (("add", "support", "--name", "S"), 1, "This is not a mail address: support"),
        (("add", "support@shop.example"), 2, "--name"),
    ],
)
def test_what_is_wrong_is_said_on_stderr(
    office: Run, words: tuple[str, ...], code: int, says: str
) -> None:
    end = office("mailbox", *words)
    assert (end.code, end.out) == (code, "")
    assert says in end.err
