"""`inbox token`: made once, listed without the secret, ended."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database

_SCRIPT = ("--agent", "ann@shop.example", "--name", "nightly report")


def test_a_token_is_shown_once(office: Run) -> None:
    made = office("token", "create", *_SCRIPT)
    token = made.out.strip()
    assert token.startswith("inbox_")
    assert len(token) == 49
    listed = office("token", "list")
    assert "nightly report" in listed.out
    assert token not in listed.out
    [row] = office("token", "list", "--json").json
    assert (row["agent"], row["name"], row["used_at"]) == (
        "ann@shop.example",
        "nightly report",
        None,
    )
    assert token not in str(row)


def test_a_name_is_given_once_and_again_after_it_is_revoked(office: Run) -> None:
    assert office("token", "create", *_SCRIPT, "--json").json["token"]
    again = office("token", "create", *_SCRIPT)
    assert again.code == 1
    assert "Remove it first" in again.err
    assert office("token", "revoke", *_SCRIPT).code == 0
    assert office("token", "revoke", *_SCRIPT).code == 1
    assert office("token", "list", "--json").json == []
    assert office("token", "add", *_SCRIPT).code == 0


@pytest.mark.parametrize(
    ("agent", "name", "says"),
    [
        ("nobody@shop.example", "x", "There is nobody with the address"),
        ("ann@shop.example", " ", "A name is one line"),
        ("bo@shop.example", "x", "may do nothing that a token could be for"),
    ],
)
def test_a_token_that_cannot_be(office: Run, agent: str, name: str, says: str) -> None:
    office("agent", "add", "bo@shop.example", "--name", "Bo", "--role", "colleague")
    refused = office("token", "create", "--agent", agent, "--name", name)
    assert refused.code == 1
    assert says in refused.err
