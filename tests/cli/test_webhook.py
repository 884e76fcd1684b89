"""`inbox webhook` as an administrator lets other programs hear of events."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database
URL = "https://crm.example/hook"


def test_a_program_is_kept_said_otherwise_and_removed(run: Run) -> None:
    assert run("mailbox", "add", "support@us.example", "--name", "Support").code == 0
    made = run("webhook", "add", "CRM", URL, "--event", "conversation.opened")
    assert made.out.startswith("webhook 1 CRM: whsec_")
    home = ("mailbox=support@us.example", "events=conversation.closed,note.added", "enabled=off")
    assert "note.added" in run("webhook", "set", "1", *home).err
    changed = run("webhook", "set", "1", home[0], "events=conversation.closed", "enabled=off")
    assert changed.out == "webhook 1: mailbox events enabled set\n"
    [row] = run("webhook", "list", "--json").json
    assert (row["name"], row["url"], row["enabled"]) == ("CRM", URL, False)
    assert (row["mailbox"], row["events"]) == ("support@us.example", ["conversation.closed"])
    # A secret is said once, where it is made.
    assert "whsec_" not in run("webhook", "show", "1").out + run("webhook", "list", "--json").out
    renewed = run("webhook", "secret", "1", "--json").json["secret"]
    assert renewed.startswith("whsec_")
    assert renewed not in made.out
    assert run("webhook", "try", "1").out == "delivery 1 is on its way: inbox webhook sent\n"
    assert [one["type"] for one in run("webhook", "sent", "--json").json] == ["ping"]
    assert run("webhook", "again", "1").code == 0
    assert run("webhook", "remove", "1").out == "webhook 1 CRM is removed\n"
    assert run("webhook", "list").out.startswith("there is none yet")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("add", "x", "http://10.0.0.1/"), 1, "private address"),
        (("add", "x", URL, "--event", "nothing.was"), 1, "nothing.was"),
        (("set", "7", "name=x"), 1, "There is no such webhook."),
        (("set", "7", "colour=red"), 2, "there is no colour; there are name, url"),
    ],
)
def test_what_is_no_webhook_is_said(run: Run, words: tuple[str, ...], code: int, says: str) -> None:
    ended = run("webhook", *words)
    assert (ended.code, ended.out) == (code, "")
    assert says in ended.err
