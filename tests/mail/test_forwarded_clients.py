"""A mail passed on is read whole, whichever program did it, in its language, plain or HTML."""

from __future__ import annotations

import pytest

from inbox.mail.forwarded import find_forwarded
from inbox.mail.parse import parse
from inbox.model.mail import Forwarded
from tests.clients.forwards import Inner, Style, date_of, mail, styles

INNER = Inner()
MANY = Inner(
    name="Wróbel, Tomasz",
    subject="Re: Fwd: Order 4411 — from: you, to: us",
    to=tuple((f"Person {n}", f"person{n}@firma.example") for n in range(12)),
    text="From Monday on: nothing.\nTo be clear: no boots.\n\n> Which size?\n\n42.",
)


def passed_on(raw: bytes) -> Forwarded | None:
    read = parse(raw)
    return find_forwarded(read.text, read.subject, is_answer=bool(read.in_reply_to))


def squashed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("as_html", [False, True], ids=["plain", "html"])
@pytest.mark.parametrize("style", list(styles()), ids=str)
def test_every_program_in_every_language(style: Style, as_html: bool) -> None:
    for words in ("Please take over.\n\nJane", ""):
        found = passed_on(mail(style, INNER, words, as_html=as_html))
        assert found is not None
        assert found.from_ is not None
        assert (found.from_.name, found.from_.address) == (INNER.name, INNER.address)
        assert squashed(found.date) == squashed(date_of(style))
        assert found.subject == INNER.subject
        assert tuple((one.name, one.address) for one in found.to) == INNER.to
        if any(name == "cc" for _, name in style.lines):
            assert tuple((one.name, one.address) for one in found.cc) == INNER.cc
        assert squashed(found.text) == squashed(INNER.text)
        assert squashed(found.above) == squashed(words)


@pytest.mark.parametrize("as_html", [False, True], ids=["plain", "html"])
@pytest.mark.parametrize("style", [one for one in styles() if one.language == "en"], ids=str)
def test_words_like_labels_stay_where_they_are(style: Style, as_html: bool) -> None:
    found = passed_on(mail(style, MANY, "FYI", as_html=as_html))
    assert found is not None
    assert found.from_ is not None
    assert (found.from_.name, found.from_.address) == (MANY.name, MANY.address)
    assert found.subject == MANY.subject
    assert len(found.to) == 12
    assert squashed(found.text) == squashed(MANY.text)
