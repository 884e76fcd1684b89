"""`inbox agent mail-password`: made once, listed without the secret, ended."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.database


def test_a_mail_password(office: Run) -> None:
    command = ("agent", "mail-password")
    ann = "ann@shop.example"
    password = office(*command, "add", ann, "--name", "phone").out.strip()
    assert len(password) == len("abcd-efgh-ijkm-npqr-stuv-wxyz-2345")
    again = office(*command, "add", ann, "--name", "phone")
    assert (again.code, "Remove it first" in again.err) == (1, True)
    [row] = office(*command, "list", ann, "--json").json
    assert (row["name"], row["used_at"]) == ("phone", None)
    assert password not in office(*command, "list", ann).out
    assert office(*command, "remove", ann, "--name", "phone").code == 0
    assert office(*command, "remove", ann, "--name", "phone").code == 1
    assert office(*command, "list", ann, "--json").json == []


def test_who_is_shut_out_gets_none(office: Run) -> None:
    office("agent", "add", "bo@shop.example", "--name", "Bo", "--role", "colleague")
    made = office("agent", "mail-password", "add", "bo@shop.example", "--name", "phone")
    assert made.code == 0
    office("agent", "disable", "bo@shop.example")
    refused = office("agent", "mail-password", "add", "bo@shop.example", "--name", "laptop")
    assert (refused.code, "shut out" in refused.err) == (1, True)
