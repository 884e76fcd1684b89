"""What stands below somebody's words, and nobody has said before."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.mail.unexplained import unexplained
from tests.growth import assert_linear

OURS = (
    "Hello Jane,\n\nwe have sent new boots today. They arrive on Friday.\n\nKaren\n\n-- \nSupport"
)
THEIRS = "My boots are broken.\n\nJane Doe\nDoe Shipping Ltd"
AROUND = (OURS, THEIRS)


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(mark + line for line in text.split("\n"))


@pytest.mark.parametrize(
    "below",
    [
        quoted(OURS),
        quoted(OURS, ">> ") + "\n" + quoted(THEIRS, "> > "),
        f"On Mon, 23 Nov 2026 at 10:00, Support <support@us.example> wrote:\n{quoted(OURS)}",
        f"From: Support <support@us.example>\nSent: Monday, 23 November 2026 10:00\nTo: Jane\n"
        f"Subject: Re: Broken boots\n\n{OURS}",
        f"-----Ursprüngliche Nachricht-----\nVon: Support <support@us.example>\n"
        f"Gesendet: Montag, 23. November 2026 10:00\nAn: Jane\nBetreff: AW: Boots\n\n{OURS}",
        "> Hello Jane, we have sent new boots\n> today. They arrive\n> on Friday.",
        "Jane Doe\nDoe Shipping Ltd",
        "Sent from my iPhone",
        "This e-mail is confidential and intended only for the named recipient. If you have"
        " received"
        " it in error, delete it.",
        "",
        ">\n> \n-- \n____",
    ],
)
def test_what_was_said_before_or_a_program_wrote_is_nothing_new(below: str) -> None:
    assert unexplained(below, AROUND) == []


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ("> please send the other boot, too", ["please send the other boot, too"]),
        (f"{quoted(OURS)}\n> and the laces", ["and the laces"]),
        (
            "From: Support <support@us.example>\nSent: Monday, 23 November 2026 10:00\n"
            "To: Jane\nSubject: Re: Broken boots\n\nPlease call me.",
            ["Please call me."],
        ),
        ("Please call me back", ["Please call me back"]),
        ("> we have sent back the boots today", ["we have sent back the boots today"]),
        ("> boots broken", ["boots broken"]),
        ("> もう一足も送ってください", ["もう一足も送ってください"]),
    ],
)
def test_all_else_is_said(below: str, said: list[str]) -> None:
    assert unexplained(below, AROUND) == said


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_nothing_is_said_that_does_not_stand_there(text: str) -> None:
    there = "".join(text.split())
    assert all("".join(one.split()) in there for one in unexplained(text, AROUND))


def test_it_takes_no_longer_than_the_text_is() -> None:
    for unit in ("> ", ">" * 60 + "a\n", "From: a\n", "> On 1 2, a@b.example wrote:\n", "a b\n"):
        assert_linear(partial(_read, unit), 40_000)


def _read(unit: str, length: int) -> object:
    return unexplained(unit * (length // len(unit)), AROUND)
