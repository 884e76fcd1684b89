"""Where a person's own words end."""

from __future__ import annotations

import pytest

from inbox.mail.trim import trim


@pytest.mark.parametrize(
    "said",
    [
        "Where is it?\n\nSent from my shop on Monday.",
        "Please delete my account, which was opened by mistake; this message is confidential.",
        "my virus scanner says this mail is virus-free.",
        "Your scanner checked for viruses. Why?",
        "Please consider the environment and send the boots without plastic.",
        "Names:\n\n-Jane Roe",
        "--\nPat Lee\nWalker\n\nPS: also laces, please.",
        "--\nPat Lee\n\nP.S. also laces, please.",
    ],
)
def test_words_that_only_look_like_a_signature_are_shown(said: str) -> None:
    assert trim(f"Hello,\n\n{said}").new_text == f"Hello,\n\n{said}"


def test_a_list_between_two_rules_is_no_signature() -> None:
    trimmed = trim("Please send:\n\n--\nboots 42\nlaces\n--\nPat Lee")
    assert trimmed.new_text == "Please send:\n\n--\nboots 42\nlaces"
    assert trimmed.signature == "--\nPat Lee"


@pytest.mark.parametrize(
    "footer",
    [
        "Sent from my iPhone",
        "Please consider the environment before printing this e-mail.",
        "This e-mail is confidential and intended for the addressee only. If you are not the "
        "intended recipient, delete it.",
        "--\nPat Lee\nWalker",
    ],
)
def test_what_programs_and_companies_add_is_folded(footer: str) -> None:
    trimmed = trim(f"Size 42, please.\n\n{footer}")
    assert (trimmed.new_text, trimmed.signature) == ("Size 42, please.", footer)
