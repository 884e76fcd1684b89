"""What we sent is found again in an answer, whatever the program of its writer made of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inbox.mail.parse import parse
from inbox.mail.trim import trim
from inbox.model.mail import ParsedMail, Trimmed
from tests.clients import ours
from tests.clients.answer import PLACES, Answer
from tests.clients.letters import TALKS
from tests.clients.ours import Ours
from tests.clients.phrases import LANGUAGES
from tests.clients.programs import PROGRAMS
from tests.growth import assert_linear

FORMS = {"text": (True, False), "html": (False, True), "both": (True, True)}
SENT = (
    "Hello Pat,\n\nwe have looked into it: the second pair costs 90 EUR and we do not charge the "
    "postage. You would have it on Thursday.\n\nWhich size do you need?\n\nBest wishes\nKaren"
)
INSIDE = "Your answer goes to Pat Lee.\nSupport · nobody has it yet · 3 March 2025 10:00\nOpen: x"


def answers(language: str, mail: Ours) -> Iterator[Answer]:
    for place in PLACES:
        yield Answer(
            seen=mail.seen,
            questions=mail.questions,
            words=TALKS[language].answers,
            place=place,
            language=language,
        )


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("make", [ours.notice, ours.reply])
def test_only_the_answer_is_new(program: str, make: Callable[[str], Ours]) -> None:
    wrong: list[str] = []
    turns = cycle(FORMS)
    for language in LANGUAGES:
        mail = make(language)
        for answer in answers(language, mail):
            for form in ("text", "html") if make is ours.notice else (next(turns),):
                as_text, as_html = FORMS[form]
                raw = PROGRAMS[program].send(
                    answer, from_="Jane <jane@customer.example>", as_text=as_text, as_html=as_html
                )
                seen = parse(raw)
                trimmed = trim(seen.text, seen.html, sent=mail.sent, inside=mail.inside)
                name = f"{language} {answer.place} {form}"
                wrong += [f"{name}: {one}" for one in faults(answer, seen, trimmed)]
    assert wrong == []


def faults(answer: Answer, seen: ParsedMail, trimmed: Trimmed) -> Iterator[str]:
    if words_of(trimmed) != Counter(said(seen.text)):
        yield "words are lost"
    wanted: tuple[str, ...] = answer.words
    if answer.place == "inline":
        wanted = tuple(x for both in zip(answer.questions, answer.words, strict=True) for x in both)
    if "".join(said(trimmed.new_text)) != "".join(said(" ".join(wanted))):
        yield f"something else is new: {trimmed.new_text!r}"
    if re.search(r"^[_-]{3,}$", trimmed.new_text, re.MULTILINE):
        yield f"a rule is left: {trimmed.new_text!r}"


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("make", [ours.notice, ours.reply])
def test_an_answer_on_top_needs_no_knowledge(program: str, make: Callable[[str], Ours]) -> None:
    for language in LANGUAGES:
        answer = next(answers(language, make(language)))
        raw = PROGRAMS[program].send(answer, from_="Jane <jane@customer.example>", as_html=True)
        seen = parse(raw)
        assert list(faults(answer, seen, trim(seen.text, seen.html))) == []
        assert list(faults(answer, seen, trim(seen.text))) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("90 EUR", "60 EUR"),
        ("do not charge", "do charge"),
        ("on Thursday", "on Monday, or we take nothing at all"),
        ("90 EUR", "90 EUR less 10 %"),
    ],
)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_is_changed_in_a_quote_is_shown(was: str, now: str, mark: str) -> None:
    quote = "\n".join(f"{mark}{line}" for line in SENT.replace(was, now).split("\n"))
    trimmed = trim(
        f"I agree.\n\nOn 2026-11-10 10:00 Ann <a@us.example> wrote:\n{quote}", sent=[SENT]
    )
    assert trimmed.new_text.startswith("I agree.\n\n")
    assert now in trimmed.new_text
    assert "Which size" not in trimmed.new_text
    assert "Ann" not in trimmed.new_text


@pytest.mark.parametrize(
    "quoted",
    [
        SENT.replace("do not", "don’t").replace("don’t", "do not").replace(" ", "\u00a0"),
        SENT.replace("EUR", "E\u00adUR").replace("Best", "Ｂｅｓｔ"),
        SENT.replace("Karen", "Karen [image: logo.png]").replace(
            "Pat", "Pat <mailto:pat@x.example>"
        ),
        SENT.replace(" ", "\n"),
        SENT.replace("\n\n", " "),
        SENT.upper(),
        SENT.replace(": ", " — ").replace(".", "…"),
        SENT.replace("Which", "1. Which"),
    ],
    ids=["spaces", "signs", "added", "wrapped", "joined", "case", "dashes", "numbers"],
)
def test_what_programs_change_is_no_change(quoted: str) -> None:
    below = "\n".join(f"> {line}" for line in quoted.split("\n"))
    assert trim(f"Size 42.\n\n{below}", sent=[SENT]).new_text == "Size 42."
    assert trim(f"Size 42.\n\n{quoted}", sent=[SENT]).new_text == "Size 42."


@pytest.mark.parametrize(
    ("sent", "quoted"),
    [
        (
            "Die Größe paßt, schöne Grüße aus Köln und bis bald",
            "Die Gr??e pa?t, sch?ne Gr??e aus K?ln",
        ),
        (
            "Die Größe paßt, schöne Grüße aus Köln",
            "Die GrÃ¶Ã\x9fe paÃ\x9ft, schÃ¶ne GrÃ¼Ã\x9fe aus KÃ¶ln",
        ),
        ("Proszę wysłać też żółte buty do Łodzi", "Prosze wyslac tez zolte buty do Lodzi"),
    ],
)
def test_what_an_encoding_has_lost_is_no_change(sent: str, quoted: str) -> None:
    text = f"42\n\n> Hello, this is what we wrote\n> {quoted}"
    trimmed = trim(text, sent=[f"Hello, this is what we wrote\n{sent}"])
    assert trimmed.new_text == "42"


def test_a_link_through_a_service_that_watches_clicks_is_ours() -> None:
    sent = "You find it all here: https://us.example/boots/42?a=b and there is no more of it."
    safe = "https://eu1.safe.example/?url=https%3A%2F%2Fus.example%2Fboots%2F42%3Fa%3Db&data=1"
    wrapped = sent.replace("https://us.example/boots/42?a=b", safe)
    assert trim(f"Thanks.\n\n> {wrapped}", sent=[sent]).new_text == "Thanks."
    other = sent.replace("us.example", "evil.example")
    assert "evil.example" in trim(f"Thanks.\n\n> {other}", sent=[sent]).new_text


def test_own_words_that_are_like_ours_stay() -> None:
    text = "Hello,\n\nwhich size do you need to know? The second pair costs 90 EUR?\n\nBest wishes"
    assert trim(text, sent=[SENT]).new_text == text


def test_a_line_that_was_chosen_by_hand_is_what_the_answer_is_about() -> None:
    text = "> Which size do you need?\n\n42\n\nPat"
    assert trim(text, sent=[SENT]).new_text == text


def test_what_is_appended_inside_a_quote_is_shown() -> None:
    below = "\n".join(f"> {line}" for line in f"{SENT}\nPS: and send me the bill.".split("\n"))
    trimmed = trim(f"Thanks.\n\n{below}", sent=[SENT])
    assert trimmed.new_text.startswith("Thanks.\n\n")
    assert trimmed.new_text.endswith("> PS: and send me the bill.")
    assert trim(f"Thanks.\n\n{below}\n>> older words", sent=[SENT]).new_text == trimmed.new_text


def test_what_is_only_for_us_is_never_shown() -> None:
    below = "\n".join(f"> {line}" for line in f"{SENT}\n{INSIDE}".split("\n"))
    trimmed = trim(f"{below}\n\nWe send it.", sent=[SENT], inside=[INSIDE])
    assert trimmed.new_text == "We send it."
    part = "> Which size do you need?\n> Your answer goes to Pat Lee.\n\nSend 42."
    trimmed = trim(part, sent=[SENT], inside=[INSIDE])
    assert trimmed.new_text == "> Which size do you need?\n\nSend 42."
    inside = below.replace("goes to", "never goes to")
    assert trim(f"We send it.\n\n{inside}", sent=[SENT], inside=[INSIDE]).new_text == "We send it."


def test_a_mail_without_own_words_has_none() -> None:
    head = (
        "From: Ann <a@us.example>\nSent: Tuesday, November 10, 2026 10:00 AM\nTo: Jane\nSubject: x"
    )
    assert trim(f"\n\n{head}\n\n{SENT}", sent=[SENT]).new_text == ""
    assert trim(f"{head}\n\n{SENT}").new_text != ""


@pytest.mark.parametrize(
    "said",
    [
        "Hello,\n\nmy boots are broken. Can I have a second pair, please?\n\nPat",
        "Once more:\n\nHello,\n\nmy boots are broken. Can I have a second pair, please?\n\nPat",
        "Hello,\n\nmy boots are broken. Can I have a second pair, please? Today!\n\nPat",
    ],
)
def test_what_the_writer_says_again_is_new(said: str) -> None:
    theirs = "Hello,\n\nmy boots are broken. Can I have a second pair, please?\n\nPat"
    assert trim(said, sent=[SENT], theirs=[theirs]).new_text == said
    lead = "On Tue, Nov 10, 2026 at 10:00 AM Karen <support@desk.example> wrote:\n"
    older = "".join(f"> > {line}\n" for line in theirs.split("\n"))
    quote = lead + "".join(f"> {line}\n" for line in SENT.split("\n")) + f">\n{older}"
    trimmed = trim(f"{said}\n\n{quote}", sent=[SENT], theirs=[theirs])
    assert trimmed.new_text == said
    below = trim(f"42\n\n{lead}\n{SENT}\n\n{theirs}", sent=[SENT], theirs=[theirs])
    assert below.new_text == "42"


def test_a_header_in_a_language_that_nobody_here_speaks() -> None:
    head = "Ĝxf: Ann <a@us.example>\nQwrt: 10 zzz 2026 10:00\nUioo: Jane <j@x.example>\nPlk: boots"
    assert trim(f"42\n\n{head}\n\n{SENT}", sent=[SENT]).new_text == "42"
    assert trim(f"{head}\n\n{SENT}", sent=[SENT]).new_text == ""


def test_older_mails_below_ours_are_quoted_too() -> None:
    older = "From: Bob <b@b.example>\nSent: Monday, November 9, 2026 10:00 AM\nTo: x\nSubject: y"
    text = f"42\n\n{SENT}\n\n{older}\n\nWords that nobody here has ever seen."
    assert trim(text, sent=[SENT]).new_text == "42"


TEXTS = st.lists(
    st.sampled_from([*SENT.split("\n"), *(f"> {x}" for x in SENT.split("\n")), "", ">", "own words",
                     "> Which size do they need?", "On 2026-11-10 10:00 a@b.example wrote:", "-- ",
                     *INSIDE.split("\n"), "Sent from my iPhone", "https://us.example/<x>"]),
    max_size=25,
).map("\n".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=80)), st.one_of(TEXTS, st.text(max_size=40)), TEXTS)
def test_no_word_is_lost(text: str, sent: str, inside: str) -> None:
    trimmed = trim(text, sent=[SENT, sent], inside=[inside])
    assert words_of(trimmed) == Counter(said(text))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["own words", "42", "we agree with that", ""]), max_size=8))
def test_own_words_are_new_wherever_they_stand(own: list[str]) -> None:
    lines = [f"> {line}" for line in SENT.split("\n")]
    for at, words in enumerate(own):
        lines.insert(at * 2, f"\n{words}\n")
    trimmed = trim("\n".join(lines), sent=[SENT])
    wanted = Counter(said(" ".join(own)))
    assert not wanted - Counter(said(trimmed.new_text))


def test_the_first_words_between_the_lines_keep_what_they_answer() -> None:
    asked = "Hello,\n\nHow long will it take?\n\nAnd may I keep the lid?\n\nKim"
    quoted = "\n".join(f"> {line}".rstrip() for line in f"{asked}\n\n{INSIDE}".split("\n"))
    text = "On Mon, Nov 23, 2026 at 12:50AM +0000, Kim via Support wrote:\n" + quoted.replace(
        "> How long will it take?", "> How long will it take?\n\nTwo days.\n"
    )
    found = trim(text, sent=[asked], inside=["", INSIDE])
    assert found.new_text == "> How long will it take?\n\nTwo days."
    below = f"On Mon, Nov 23, 2026 at 12:50AM +0000, Kim wrote:\n{quoted}\n\nTwo days."
    assert trim(below, sent=[asked], inside=["", INSIDE]).new_text == "Two days."


@pytest.mark.parametrize(
    ("piece", "sent"),
    [("a ", "a "), ("a b c ", "a b d "), ("> w x y z\n", "w x q z\n"), ("あい", "あい"),
     ("On 2020-01-01 10:00 a@b wrote:\na b c d\n", "a b c d\n"), ("<http:", "x"), ("a??", "a??")],
)  # fmt: skip
def test_time_grows_with_the_length_alone(piece: str, sent: str) -> None:
    def read(length: int) -> object:
        return trim(piece * (length // len(piece)), sent=[sent * (length // 5 // len(sent))])

    assert_linear(read, 120_000)


def words_of(trimmed: Trimmed) -> Counter[str]:
    return Counter(said("\n".join((trimmed.new_text, trimmed.quoted_text, trimmed.signature))))


def said(text: str) -> list[str]:
    return re.findall(r"\w+", text)
