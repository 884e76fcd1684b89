"""What a person signs with is known by its repetition, and is cut at the end of their mails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.mail.first_signature import Person
from inbox.mail.signed import fingerprint, last_lines, without_signature
from inbox.model.mail import Trimmed

SIGNATURE = (
    "Karen Miller\nHead of Boots\nUs Inc. · Main Street 5 · Springfield\nTel. +1 555 010 2030\n"
    "www.us.example\n\nUs Inc. is a company of the Shoe Group. We walk the extra mile, every day."
)
KNOWN = {fingerprint(line) for line in SIGNATURE.split("\n")} - {b""}
CLOSED = "Best regards\nKaren"
KAREN = Person(name="Karen Miller", domains=frozenset({"us.example"}))


def cut(words: str, known: set[bytes] = KNOWN, signature: str = "") -> str:
    trimmed = Trimmed(new_text=words, quoted_text="", signature=signature)
    return without_signature(trimmed, known, KAREN).new_text


@pytest.mark.parametrize("words", ["We send new ones.", "One.\n\n> Which?\n\nTwo."])
def test_what_stands_below_the_name_is_cut(words: str) -> None:
    known = KNOWN | {fingerprint(line) for line in CLOSED.split("\n")}
    assert cut(f"{words}\n\n{CLOSED}\n\n{SIGNATURE}") == f"{words}\n\n{CLOSED}"
    assert cut(f"{words}\n\n{CLOSED}\n\n{SIGNATURE}", known) == f"{words}\n\n{CLOSED}"
    assert cut(f"{words}\n\n{SIGNATURE}") == f"{words}\n\nKaren Miller"
    assert cut(f"{words}\n\nMit freundlichen Grüßen\n{SIGNATURE}") == (
        f"{words}\n\nMit freundlichen Grüßen\nKaren Miller"
    )


@pytest.mark.parametrize(
    "form",
    [
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("www.us.example", "www.us.example<http://www.us.example/>"),
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.upper(),
        lambda text: f"[cid:image001.png@01DC.AB]\n{text}\n\n",
    ],
)
def test_however_a_program_writes_it(form: Callable[[str], str]) -> None:
    words = f"We send new ones.\n\n{CLOSED}\n\n{form(SIGNATURE)}"
    assert cut(words) == f"We send new ones.\n\n{CLOSED}"


def test_without_a_name_only_what_nobody_says_to_anybody_is_cut() -> None:
    spoken = "Please tell us whether they fit you."
    contact = "Us Inc.\nTel. +1 555 010 2030\ninfo@us.example"
    known = {fingerprint(line) for line in f"{spoken}\n{contact}".split("\n")}
    assert cut(f"We send them.\n\n{spoken}\n\n{contact}", known) == f"We send them.\n\n{spoken}"
    assert cut(f"We send them.\n\n{spoken}", known) == f"We send them.\n\n{spoken}"


@pytest.mark.parametrize(
    "words",
    [
        f"{SIGNATURE}\n\nWe send new ones.",
        f"We send new ones.\n\n{SIGNATURE}\n\nPS: and the laces.",
        SIGNATURE.split("\n", 1)[1],
        "Head of Boots",
        "We send new ones.\n\nBest regards\nKaren",
        "",
    ],
    ids=["above the words", "with a postscript", "alone", "one line alone", "unknown", "empty"],
)
def test_what_is_not_at_the_end_or_all_there_is_stays(words: str) -> None:
    assert cut(words) == words


def test_what_is_said_in_each_mail_above_the_closing_is_said() -> None:
    said = "Our shop is open until six o'clock."
    known = KNOWN | {fingerprint(line) for line in f"{said}\n{CLOSED}".split("\n")}
    words = f"We send new ones.\n\n{said}\n\n{CLOSED}"
    assert cut(f"{words}\n\n{SIGNATURE}", known) == words


def test_what_a_program_put_above_an_answer_between_the_lines_is_cut() -> None:
    inline = "> Which size?\n\n42"
    assert cut(f"Best regards\n{SIGNATURE}\n\n{inline}") == inline
    assert cut(f"Hello,\n\n{SIGNATURE}\n\n{inline}").startswith("Hello,\n\nKaren Miller\nHead")
    quote = "> Which size?\n> 42?"
    assert cut(f"{SIGNATURE}\n\n{quote}") == f"{SIGNATURE}\n\n{quote}"


def test_what_was_cut_is_kept_aside() -> None:
    trimmed = Trimmed(new_text=f"Yes.\n\n{CLOSED}\n{SIGNATURE}", signature="Sent from my iPhone")
    left = without_signature(trimmed, KNOWN, KAREN)
    assert left.signature == f"{SIGNATURE}\nSent from my iPhone"


def test_only_own_lines_at_the_end_are_learned() -> None:
    words = "Hello,\n\n> Which size?\n\n42\n\nKaren\n[cid:logo.png]\n____"
    trimmed = Trimmed(new_text=words, signature="--\nUs Inc.\n")
    assert last_lines(trimmed) == ("42", "Karen", "Us Inc.")


def test_what_somebody_wrote_below_an_address_is_no_slogan() -> None:
    about = SIGNATURE.rpartition("\n")[2]
    words = f"{about}\nKaren Miller\nwww.us.example\n\nUs Inc. · Main Street 5\nown words"
    assert cut(words) == words


LINES = st.lists(
    st.sampled_from(
        [*SIGNATURE.split("\n"), *CLOSED.split("\n"), "own words", "> quoted", "", "--"]
    ),
    max_size=15,
).map("\n".join)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_no_word_is_lost_and_never_all_is_cut(words: str) -> None:
    left = without_signature(Trimmed(new_text=words), KNOWN, KAREN)
    whole = f"{left.new_text}\n{left.signature}"
    assert Counter(re.findall(r"\w+", whole)) == Counter(re.findall(r"\w+", words))
    assert left.new_text in words
    assert bool(left.new_text.strip()) == bool(words.strip())
    assert left.new_text.count("own words") == words.count("own words")
