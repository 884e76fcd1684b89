"""Whatever program our people answer with: the customer gets their new words and nothing else.

Each mail is signed, with and without the text of a company below it; the signature is known from
earlier mails, or seen for the first time. Where trimming is made to fail, the guard finds in each
of them what is only for us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle

import pytest

from inbox.i18n import texts_of
from inbox.leaks.frame import Piece, pieces
from inbox.leaks.guard import Inside, Leak, Source, find_leaks
from inbox.mail.disclaimer import is_disclaimer
from inbox.mail.first_signature import Person
from inbox.mail.parse import parse
from inbox.mail.signed import fingerprint, without_signature
from inbox.mail.trim import trim
from tests.clients import ours
from tests.clients.answer import PLACES, Answer
from tests.clients.letters import TALKS
from tests.clients.ours import Ours
from tests.clients.phrases import LANGUAGES
from tests.clients.programs import PROGRAMS
from tests.clients.signatures import DISCLAIMERS, signature

KAREN = Person(name="Karen Miller", domains=frozenset({"us.example"}))
NAMES = ("Pat Lee", "Karen Miller", "Support")
FORMS = ((True, False), (False, True), (True, True))


@cache
def frame() -> tuple[Piece, ...]:
    return pieces(texts_of("inbox/notify/"))


@cache
def notice(language: str) -> Ours:
    return ours.notice(language)


def answers(language: str, mail: Ours, turn: int) -> Iterator[Answer]:
    for at, place in enumerate(PLACES):
        yield Answer(
            seen=mail.seen,
            questions=mail.questions,
            words=TALKS[language].answers,
            place=place,
            language=language,
            signature=signature(language),
            disclaimer=DISCLAIMERS[language] if (at + turn) % 2 else "",
        )


def leaks(language: str, text: str) -> tuple[Leak, ...]:
    note = Inside(
        text="He has complained three times: no more than ten percent.", source=Source.NOTE
    )
    known = [TALKS[language].letter, "Do you have boots for the winter?"]
    return find_leaks(text, [note], allowed=known, frame=frame(), names=NAMES)


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_customer_gets_the_new_words_and_nothing_else(program: str) -> None:
    wrong: list[str] = []
    forms = cycle(FORMS)
    for turn, language in enumerate(LANGUAGES):
        mail = notice(language)
        for answer in answers(language, mail, turn):
            as_text, as_html = next(forms)
            raw = PROGRAMS[program].send(
                answer, from_="Karen <karen@us.example>", as_text=as_text, as_html=as_html
            )
            seen = parse(raw)
            name = f"{language} {answer.place} {'text ' * as_text}{'html' * as_html}"
            if not leaks(language, seen.text):
                wrong.append(f"{name}: not trimmed, and nobody notices")
            trimmed = trim(seen.text, seen.html, sent=mail.sent, inside=mail.inside)
            known = {fingerprint(line) for line in (*answer.signature, DISCLAIMERS[language])}
            said = without_signature(trimmed, known, KAREN).new_text
            if letters(said) not in (wanted(answer), wanted(answer) + letters("Karen Miller")):
                wrong.append(f"{name}: the customer gets {said!r}")
            first = without_signature(trimmed, set(), KAREN).new_text
            if is_told(answer) and (left := [one for one in answer.signature[1:] if one in first]):
                wrong.append(f"{name}: a first mail is signed with {left}")
            if wanted(answer) not in letters(first):
                wrong.append(f"{name}: of a first mail is left {first!r}")
            if found := leaks(language, said):
                wrong.append(f"{name}: held for {found}")
    assert wrong == []


def is_told(answer: Answer) -> bool:
    """Whether nothing stands below it that only one company writes."""
    return not answer.disclaimer or is_disclaimer(answer.disclaimer)


def wanted(answer: Answer) -> str:
    """An answer between the lines keeps the paragraph above it, by which it makes sense."""
    if answer.place != "inline":
        return letters(answer.said())
    pairs = zip(answer.questions, answer.words, strict=True)
    return letters(" ".join(one for pair in pairs for one in pair))


def letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text))
