from __future__ import annotations

from datetime import date

import pytest

from inbox.errors import Invalid
from inbox.reports.asked import question
from inbox.reports.sheet import as_words


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("Ann Berg", "Ann Berg"),
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("＝1", "'＝1"),
        ("a\r\n=1", "a =1"),
        ("Ann;=1+1; @x;", "Ann;'=1+1; '@x;"),
        ("", ""),
    ],
)
def test_no_name_is_a_formula(name: str, cell: str) -> None:
    assert as_words(name) == cell


@pytest.mark.parametrize(
    ("first", "last"),
    [("", "0001-01-01"), ("9999-12-31", "9999-12-31"), ("2026-11-23", "2026-11-01")],
)
def test_no_days_are_asked_for_that_nobody_counts(first: str, last: str) -> None:
    with pytest.raises(Invalid):
        question(first=first, last=last, today=date(2026, 11, 23))
