"""`inbox agent` as an administrator and as a script use it."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database

_ANN = ("agent", "add", "ann@shop.example", "--name", "Ann", "--role", "admin")


def test_the_first_administrator(run: Run) -> None:
    run("mailbox", "add", "support@shop.example", "--name", "Support")
    more = ("--mailbox", "support@shop.example", "--address", "ann@home.example")
    added = run(*_ANN, *more, "--password-stdin", "--json", stdin="a long password\n").json
    assert added["has_password"] is True
    assert added["mailboxes"] == ["support@shop.example"]
    assert added["addresses"] == ["ann@home.example"]
    assert run(*_ANN, *more, "--password-stdin", stdin="a long password\n").code == 0


def test_another_password_is_set_and_not_added(run: Run) -> None:
    run(*_ANN, "--password-stdin", stdin="a long password")
    other = run(*_ANN, "--password-stdin", stdin="another password")
    assert other.code == 1
    assert "inbox agent set ann@shop.example --password-stdin" in other.err
    run("agent", "set", "ann@shop.example", "--password-stdin", stdin="another password")
    assert run(*_ANN, "--password-stdin", stdin="another password").code == 0


@pytest.mark.parametrize(
    ("stdin", "code", "says"),
    [("", 2, "no password on standard input"), ("short", 1, "at least 10 characters")],
)
def test_a_password_that_is_none(run: Run, stdin: str, code: int, says: str) -> None:
    end = run(*_ANN, "--password-stdin", stdin=stdin)
    assert end.code == code
    assert says in end.err
    assert run("agent", "list", "--json").json == []


def test_set_and_disable(office: Run) -> None:
    alone = office("agent", "set", "ann@shop.example", "role=manager")
    assert (alone.code, alone.err.count("only administrator")) == (1, 1)
    office("agent", "add", "bo@shop.example", "--name", "Bo", "--role", "admin")
    assert office("agent", "set", "ann@shop.example", "role=manager").code == 0
    assert office("agent", "disable", "ann@shop.example").out == "ann@shop.example is shut out\n"
    shown = office("agent", "show", "ann@shop.example", "--json").json
    assert (shown["role"], shown["enabled"]) == ("manager", False)
    assert office("agent", "set", "ann@shop.example", "enabled=on").code == 0
    assert office("agent", "show", "ann@shop.example", "--json").json["enabled"] is True
    assert office("mailbox", "show", "support@shop.example", "--json").json["members"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("set", "ann@shop.example"), 2, "say what to set"),
        (("set", "bo@shop.example", "role=agent"), 1, "There is nobody with the address"),
        (("set", "ann@shop.example", "role=cook"), 1, "there is no role cook"),
        (("add", "bo@shop.example", "--name", "Bo", "--role", "cook"), 2, "cook"),
        (
            ("add", "bo@shop.example", "--name", "B", "--role", "agent", "--mailbox", "x@y.z"),
            1,
            "There is no mailbox x@y.z",
        ),
    ],
)
def test_what_is_wrong_is_said_on_stderr(
    office: Run, words: tuple[str, ...], code: int, says: str
) -> None:
    end = office("agent", *words)
    assert (end.code, end.out) == (code, "")
    assert says in end.err
    assert len(office("agent", "list", "--json").json) == 1


def test_what_somebody_signs_with(office: Run) -> None:
    shown = office("agent", "signature", "ann@shop.example")
    assert "nothing is known yet" in shown.out
    assert office("agent", "signature", "ann@shop.example", "--json").json == []
    forgotten = office("agent", "signature", "ann@shop.example", "--forget")
    assert forgotten.out == "ann@shop.example: 0 lines and pictures forgotten\n"
    assert office("agent", "signature", "nobody@shop.example").code == 1


def test_a_department_behind_one_address(office: Run) -> None:
    stores = ("agent", "add", "stores@shop.example", "--name", "Stores", "--list")
    added = office(*stores, "--json").json
    assert (added["role"], added["is_list"], added["speakers"]) == ("colleague", True, [])
    assert office(*stores).out == "department stores@shop.example (Stores)\n"
    assert office("agent", "waiting", "--json").json == []
    for words, says in (
        (("add", "support@shop.example", "--name", "S", "--list"), "is a mailbox"),
        (("add", "stores@gmail.com", "--name", "S", "--list"), "cannot be a department"),
        (("set", "stores@shop.example", "role=agent"), "address of many people"),
        (("confirm", "lee@shop.example"), "waits to be confirmed"),
        (("confirm", "lee@shop.example", "--refuse"), "waits to be confirmed"),
        (("speaker", "list", "ann@shop.example"), "no department with the address"),
        (("speaker", "remove", "stores@shop.example", "ann@shop.example"), "does not speak for"),
    ):
        end = office("agent", *words)
        assert end.code == 1
        assert says in end.err
    speaker = ("stores@shop.example", "ann@shop.example")
    assert "speaks for stores@shop.example" in office("agent", "speaker", "add", *speaker).out
    office("agent", "speaker", "remove", *speaker)
    [was] = office("agent", "speaker", "list", "stores@shop.example", "--json").json
    assert (was["email"], was["removed_at"] is not None) == ("ann@shop.example", True)
    assert office("agent", "add", "bo@shop.example", "--name", "Bo").code == 2
