"""`inbox agent notices`: what a person hears by mail."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database

_NOTICES = ("agent", "notices", "ann@shop.example")


def test_what_a_person_hears_is_said_and_shown(office: Run) -> None:
    office("mailbox", "add", "sales@shop.example", "--name", "Sales")
    both = "mailboxes=support@shop.example,sales@shop.example"
    office("agent", "set", "ann@shop.example", both)
    words = ("mine", "quiet=22:00-07:00", "digest=daily@7:30", "zone=Europe/Rome")
    assert office(*_NOTICES, "sales@shop.example", *words).code == 0
    assert office(*_NOTICES, "support@shop.example", "dispatcher=hourly").code == 0
    shown = office(*_NOTICES, "--json").json
    assert (shown["quiet"], shown["zone"]) == ("22:00-07:00", "Europe/Rome")
    assert shown["next_digest_at"]
    sales = {"mailbox": "sales@shop.example", "notices": "mine", "digest": "daily"}
    support = {"mailbox": "support@shop.example", "notices": "all", "digest": "off"}
    assert shown["mailboxes"] == [
        sales | {"dispatcher": "off"},
        support | {"dispatcher": "hourly"},
    ]
    assert shown["digest_at"] == "07:30"
    assert "sales@shop.example    mine digest=daily dispatcher=off" in office(*_NOTICES).out
    assert office(*_NOTICES, "digest=off", "dispatcher=off", "quiet=off").code == 0
    assert office(*_NOTICES, "--json").json["next_digest_at"] is None


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("some",), 2, "expected an address, all, mine, mentions, none or KEY=VALUE"),
        (("loud=on",), 2, "there is no loud"),
        (("quiet=10-12",), 1, "quiet expects hours such as 22:00-07:00"),
        (("digest=hourly@08:00",), 1, "digest expects off, hourly, daily or daily@08:00"),
        (("zone=Rome",), 1, "zone expects a name such as Europe/Rome"),
        (("sales@shop.example", "mine"), 1, "sales@shop.example"),
    ],
)
def test_what_cannot_be_heard(office: Run, words: tuple[str, ...], code: int, says: str) -> None:
    end = office(*_NOTICES, *words)
    assert end.code == code
    assert says in end.err
