"""When a mail was written, as many ways as programs write it."""

from __future__ import annotations

import pytest

from inbox.mail.parse import parse


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Thu, 12 Mar 2020 10:10:00 +0100", "2020-03-12T10:10:00+01:00"),
        ("2020-03-12T10:10:00Z", "2020-03-12T10:10:00+00:00"),
        ("2020-03-12 10:10:00+02:00", "2020-03-12T10:10:00+02:00"),
        ("Thu, 12 Mar 2020 10:10:00 GMT+01:00", "2020-03-12T10:10:00+01:00"),
        ("Thu, 12 Mar 2020 10:10:00 UTC-0500", "2020-03-12T10:10:00-05:00"),
        ("Thu, 12 Mar 2020 12:10:00 AM +0100", "2020-03-12T00:10:00+01:00"),
        ("Thu, 12 Mar 2020 1:10:00 pm +0100", "2020-03-12T13:10:00+01:00"),
        ("Do, 12 Mrz 2020 10:10:00 +0100", "2020-03-12T10:10:00+01:00"),
        ("jeu., 12 août 2020 10:10:00 +0200", "2020-08-12T10:10:00+02:00"),
        ("Чт, 12 мая 2020 10:10:00 +0300", "2020-05-12T10:10:00+03:00"),
        ("Thu, 12 Mar 2020 10:10:00 GMT", "2020-03-12T10:10:00+00:00"),
    ],
)
def test_a_date(value: str, moment: str) -> None:
    found = parse(f"From: a@x.example\r\nDate: {value}\r\n\r\nx".encode()).date
    assert found is not None
    assert found.isoformat() == moment


@pytest.mark.parametrize("value", ["yesterday", "12", "99 Mar 2020 10:10", "13:10 PM", "0", "-"])
def test_no_date(value: str) -> None:
    assert parse(f"From: a@x.example\r\nDate: {value}\r\n\r\nx".encode()).date is None
