"""To whom a mail went, without a page of names."""

from __future__ import annotations

import pytest

from inbox.i18n import translations
from inbox.web.recipients import recipients_view


@pytest.mark.parametrize(
    ("named", "first", "more", "others"),
    [
        ([], "", "", ""),
        (["Support"], "Support", "", ""),
        (["A", "B", "C", "D"], "A, B, C, D", "", ""),
        (["A", "B", "C", "D", "E"], "A, B, C", "and 2 more", "D, E"),
    ],
)
def test_a_few_are_named_at_once(named: list[str], first: str, more: str, others: str) -> None:
    view = recipients_view(named, translations("en"))
    assert (view.first, view.more, view.others) == (first, more, others)


def test_in_russian() -> None:
    view = recipients_view(list("ABCDEFGH"), translations("ru"))
    assert view.more == "и ещё 5"
