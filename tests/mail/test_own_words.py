"""What a person wrote and no program did, though it looks like a quote, header or signature."""

from __future__ import annotations

import pytest

from inbox.mail.trim import trim


@pytest.mark.parametrize(
    "said",
    [
        "your colleague Ann Lee (ann@desk.example) wrote on 3.4.2026 at 10:00:\n\nWe refund it.",
        "Ihre Kollegin Ann Lee (ann@desk.example) schrieb am 3.4.2026 um 10:00:\n\nEs kommt.",
        "2026-11-10 10:00:00,123 ERROR user=<ann@desk.example> login failed:\n\nline 2\n\nWhy?",
        "----- My order -----\nName: Pat\nEmail: pat@customer.example\nDate: 10.11.2026 10:00\n\n"
        "Please cancel.",
        "--- Form ---\nFrom: Pat\nSubject: boots\nPhone: 1234\nMessage: They are wet.",
        "From: Pat <pat@customer.example>\nSubject: boots\nTelefon: 1234\n\nSie sind nass.",
    ],
)
def test_lists_and_reports_are_no_quotes(said: str) -> None:
    assert trim(f"Hello,\n\n{said}").new_text == f"Hello,\n\n{said}"


@pytest.mark.parametrize(
    "lead",
    [
        "this is the text I mean:",
        "Your site says on 10.11.2026:",
        "Are you there at 10:30? See you:",
        "Das schreiben Sie auf Ihrer Seite:",
        "Voici ce que vous écrivez :",
        "Вот что вы пишете на сайте:",
    ],
)
def test_a_sentence_above_a_piece_that_the_writer_chose_is_theirs(lead: str) -> None:
    trimmed = trim(f"Hello,\n\n{lead}\n\n> You will pay 10 EUR.")
    assert trimmed.new_text == f"Hello,\n\n{lead}"
    assert trimmed.quoted_text == "> You will pay 10 EUR."


@pytest.mark.parametrize("lead", ["Ann Lee:", "You wrote:", "Quoting Ann Lee:", "Ann, 10.11.2026:"])
def test_a_short_line_that_names_who_is_quoted_is_folded(lead: str) -> None:
    assert trim(f"Size 42.\n\n{lead}\n\n> Which size?").new_text == "Size 42."


@pytest.mark.parametrize(
    "said",
    [
        "Yes.\n\nFrom my phone I cannot log in",
        "Yes.\n\nFrom my iPad nothing works",
        "Your company (VAT number 123, registered office in Rome) owes us money.",
        "This is\n--\nboots\n--\nlaces\n--\nsocks",
        "--\n\nBelow this line is what I really want to tell.\n\nAnd more.",
        "-- \nPat Lee\nWalker Inc\n\nOne more thing: my order is 4711, please cancel it as well.",
        "-- \nPat Lee\n\nBy the way, when will the other parcel come?",
    ],
)
def test_words_that_look_like_a_signature_are_shown(said: str) -> None:
    assert trim(f"Hello,\n\n{said}").new_text == f"Hello,\n\n{said}"


@pytest.mark.parametrize(
    "signed",
    [
        "From my iPhone 6",
        "Sent from my phone, sorry I can't type",
        "-- \nPat Lee\nWalker Inc\n\nThe best boots in town. Since 1990.",
        "Walker Ltd, registered office: 1 Road, Rome. VAT number 123",
    ],
)
def test_signatures_are_folded(signed: str) -> None:
    trimmed = trim(f"Hello,\n\nsize 42.\n\n{signed}")
    assert trimmed.new_text == "Hello,\n\nsize 42."
    assert trimmed.signature == signed


def test_the_end_of_a_very_long_text_is_shown() -> None:
    text = "\n".join(f"{n} boots" for n in range(25_000))
    assert trim(text).new_text == text


def test_the_attribution_above_a_line_to_answer_above_is_folded() -> None:
    lead = "On Tue, 10 Nov 2026 at 10:00, Ann <ann@desk.example> wrote:"
    line = "##- Please type your reply above this line -##"
    trimmed = trim(f"{lead}\n\n{line}\n\n> Which size?\n\n42\n\n> Which colour?\n\nBrown")
    assert trimmed.new_text == "> Which size?\n\n42\n\n> Which colour?\n\nBrown"
    assert trimmed.quoted_text == f"{lead}\n\n{line}"
