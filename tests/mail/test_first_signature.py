"""A signature is told at first sight where it is surely one; no word of an answer is ever taken."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.mail.first_signature import Person, first_signature, signed_addresses
from inbox.mail.signed import without_signature
from inbox.model.mail import Trimmed

KAREN = Person(name="Karen Miller", domains=frozenset({"us.example"}))
WORDS = "We send new ones tomorrow."
CLOSED = "Best regards\nKaren Miller"


def cut(text: str) -> str:
    return without_signature(Trimmed(new_text=text), set(), KAREN).new_text


@pytest.mark.parametrize(
    "signed",
    [
        "Head of Boots\nTel. +1 555 010 2030",
        "Head of Boots\n\nUs Inc.\nMain Street 5, 12345 Springfield\n\nT: +1 555 010 2030\n",
        "Us Inc. | Main Street 5 | Tel: +1 (555) 010-2030 | www.us.example",
        "k.miller@us.example",
        "E-Mail: k.miller@us.example\nWeb: https://us.example/boots",
        "[cid:logo.png@01]\nHead of Boots\nM +1 555 010 2030 · E k@mail.us.example\n[cid:a.png]",
        "www.us.example<http://www.us.example/>\nhttps://www.linkedin.com/in/karen",
        "Karen Miller, MBA\nHead of Boots\nDirect: +1 555 010 2030",
        "Отдел по работе с клиентами\nТел.: +7 495 010-20-30 доб. 12",
        "お客様相談室\n電話：03-1234-5678",
        "Servizio clienti\nCell. +39 333 010 2030\nUs Inc.\n\nUs Inc. – a step ahead since 1912.",
        "Leiterin Kundendienst\nUs GmbH & Co. KG\nDurchwahl: 030 / 123 456-78",
    ],
)
def test_what_is_surely_a_signature_goes(signed: str) -> None:
    assert cut(f"{WORDS}\n\n{CLOSED}\n\n{signed}") == f"{WORDS}\n\n{CLOSED}"
    assert cut(f"{WORDS}\n\n{CLOSED}\n{signed}") == f"{WORDS}\n\n{CLOSED}"
    assert cut(f"Karen Miller\n{signed}\n\n> Which?\n\n42") == "> Which?\n\n42"


def test_the_name_that_closes_a_letter_stays() -> None:
    signed = "Head of Boots\nkaren@us.example"
    assert cut(f"{WORDS}\n\nKaren Miller\n{signed}") == f"{WORDS}\n\nKaren Miller"
    assert cut(f"{WORDS}\nThanks,\nK. Miller\n{signed}") == f"{WORDS}\nThanks,\nK. Miller"
    assert cut(f"{WORDS}\n\nDr. Karen Miller | Us Inc. | www.us.example") == WORDS


@pytest.mark.parametrize(
    "said",
    [
        "You can call me at +1 555 010 2030",
        "Call me at +1 555 010 2030.",
        "Please call the workshop: +1 555 010 2030",
        "Rufen Sie mich an: 030 12345678",
        "Звоните: +7 495 010-20-30",
        "Chiamami al 333 010 2030",
        "Sie erreichen mich unter 030 12345678",
        "Booking code: XK42\nTel. +1 555 010 2030",
        "Bob's Workshop\nTel. +1 555 010 2030\nbob@shoes.example",
        "https://parcels.example/track/00340434161094",
        "00340434161094\nUs Inc.",
        "PS: www.us.example has more.",
        "- Us Inc.\n- www.us.example",
        "karen@us.example\n\nBooking code XK42",
        "returns@us.example is where the parcel goes",
        "Is that alright?\nwww.us.example",
        "Head of Boots\nUs Inc.",
    ],
)
def test_what_may_be_said_stays(said: str) -> None:
    for text in (f"{WORDS}\n\n{CLOSED}\n\n{said}", f"{WORDS}\n\n{CLOSED}\n{said}"):
        assert cut(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ask for\nKaren Miller\nTel. +1 555 010 2030\nwww.us.example",
        "Please write to:\n\nKaren Miller\nHead of Boots\nkaren@us.example",
        "Call me on the number below.\n\nKaren Miller\nHead of Boots\nTel. +1 555 010 2030",
        "Meine Nummer finden Sie unten.\n\nViele Grüße\nKaren\nUs Inc.\nTel. 030 12345678",
        "Our pages:\nwww.us.example\nhelp@us.example",
        "Size 42\nRed\nwww.us.example/boots",
        "Karen Miller\nHead of Boots\nkaren@us.example",
    ],
)
def test_what_the_letter_speaks_of_stays(text: str) -> None:
    assert cut(text) == text


PIECES = [
    "Karen", CLOSED, "Head of Boots", "Tel. +1 555 010 2030", "karen@us.example", "", "> quoted",
    "We have two pairs left.", "Call me at 555 010 2030.", "Order 4711", "PS: hello",
    "www.us.example",
]  # fmt: skip
SAID = [one for one in PIECES if one.endswith(".") or one.startswith("PS")]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("\n".join))
def test_no_sentence_is_ever_taken_and_never_all(text: str) -> None:
    left = without_signature(Trimmed(new_text=text), set(), KAREN)
    for sentence in SAID:
        assert left.new_text.count(sentence) == text.count(sentence)
    assert bool(left.new_text.strip()) == bool(text.strip())
    assert sorted(f"{left.new_text} {left.signature}".split()) == sorted(text.split())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aK .:\n|,@+-15あ。\u00a0", max_size=120))
def test_it_never_fails(text: str) -> None:
    lines = text.split("\n")
    assert 0 <= first_signature(lines, KAREN) <= len(lines)
    assert list(signed_addresses(text, KAREN)) == []
