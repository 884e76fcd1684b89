"""The list answered in sixteen mail programs, above it, below it and among its items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import pytest

from inbox.i18n import translations
from inbox.mail.compose import Draft, compose
from inbox.mail.parse import parse
from inbox.mail.trim import trim
from inbox.model.address import Address
from inbox.notify.digest_result import lines_of
from inbox.notify.digest_words import DigestWords, ItemWords
from inbox.notify.links import Link
from inbox.notify.render import Rendered, render
from inbox.notify.voice import Voice
from inbox.orders.numbered import Numbered, read_numbered
from inbox.settings import Settings
from inbox.store.tables import Agent, Mailbox
from tests.clients.answer import Answer
from tests.clients.notice import Seen
from tests.clients.programs import PROGRAMS

_LINKS = (
    *(
        Link(one, "mailto:support+d.abcdefghijklmnopqrstuvwxyz@us.example?body=1%20take", one)
        for one in ("Take it", "Answer", "Close")
    ),
    Link("Open", "https://desk.us.example/conversations/7", "https://desk.us.example/"),
)
SUBJECT: Final = "2 open conversations, 2 unassigned"
_SUBJECTS = {"Boots": "They broke at the toe, on the first day in the rain.", "Lids": "Where?"}
LIST: Final = DigestWords(
    top="2 conversations are open. 2 are unassigned.",
    how="Answer this mail with a number and what is to be done, on one line or on several:"
    " “1 take”, “2 assign Anna”, “3 close”.",
    items=tuple(
        ItemWords(
            head=f"{number}. {subject}",
            late="overdue",
            facts="Pat Lee · nobody has it yet · waiting since 3 March 2025 09:00",
            words=words,
            links=_LINKS,
        )
        for number, (subject, words) in enumerate(_SUBJECTS.items(), 1)
    ),
    foot=(
        "Words under a number are a comment that only we see; after “answer:” they go to the"
        " customer.",
    ),
)


@pytest.fixture(scope="module")
def seen() -> Seen:
    """The list as it came."""
    return _came(render("digest", translations("en"), language="en", subject=SUBJECT, words=LIST))


@pytest.fixture
def voice() -> Voice:
    """Who is told of it."""
    return Voice(
        agent=Agent(name="Karen", email="karen@us.example", language="en"),
        mailbox=Mailbox(name="Support", address="support@us.example", time_zone="UTC"),
        settings=Settings(),
        secret=b"s" * 32,
        digest_id="list.1@us.example",
    )


def _came(body: Rendered) -> Seen:
    draft = Draft(
        from_=Address(name="Support", address="support@us.example"),
        reply_to=(
            Address(name="Support", address="support+d.abcdefghijklmnopqrstuvwxyz@us.example"),
        ),
        message_id="list.1@us.example",
        date=datetime(2025, 3, 3, 8, tzinfo=UTC),
        subject=body.subject,
        text=body.text,
        html=body.html,
    )
    return Seen.of(compose(draft))


def read(raw: bytes, told: Sequence[str] = ()) -> Numbered:
    """What an answer asks for."""
    mail = parse(raw)
    own = trim(mail.text, mail.html).new_text
    lines = [one.lines for one in LIST.items]
    return read_numbered(
        mail.text, own, lines, (*LIST.around, *told), subject=SUBJECT, name="Karen Miller"
    )


def said(found: Numbered) -> list[tuple[tuple[int, ...], list[str], str, bool]]:
    """In short."""
    assert not found.stray
    return [
        (
            one.numbers,
            [f"{each.verb} {each.argument}".strip() for each in one.orders],
            one.words,
            one.unclear is not None,
        )
        for one in found.parts
    ]


@pytest.mark.parametrize("as_html", [True, False], ids=["html", "text"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_numbers_above_the_list(name: str, as_html: bool, seen: Seen) -> None:
    answer = Answer(
        seen=seen, questions=(), words=("1 take 2 to ivan",), place="top", language="en"
    )
    found = read(
        PROGRAMS[name].send(answer, from_="karen@us.example", as_html=as_html, as_text=not as_html)
    )
    assert said(found) == [((1,), ["take"], "", False), ((2,), ["assign ivan"], "", False)]


@pytest.mark.parametrize("as_html", [True, False], ids=["html", "text"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_words_under_the_items(name: str, as_html: bool, seen: Seen) -> None:
    answer = Answer(
        seen=seen,
        questions=tuple(_SUBJECTS.values()),
        words=("close", "Who knows where they are kept?"),
        place="inline",
        language="en",
    )
    found = read(
        PROGRAMS[name].send(answer, from_="karen@us.example", as_html=as_html, as_text=not as_html)
    )
    assert said(found) == [
        ((1,), ["close"], "", False),
        ((2,), [], "Who knows where they are kept?", False),
    ]


_TOLD: Final = {
    "reasons": [],
    "results": [
        {"number": 1, "subject": "Boots", "why": "", "troubles": [], "said": "note", "done": []},
        {"number": 2, "subject": "Lids", "why": "left", "troubles": []},
    ],
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_was_told_is_not_read_again(name: str, voice: Voice) -> None:
    results = [
        {"named": "1. Boots", "said": ["Your words are a comment that only we see."]},
        {"named": "2. Lids", "said": ["Not done.", "It could not be taken back: it has left."]},
    ]
    body = render(
        "digested", voice.texts, language="en", subject=f"Re: {SUBJECT}", results=results,
        top="1 of the numbers was not done.", stray="", loose="", words="1 close", back="",
    )  # fmt: skip
    answer = Answer(seen=_came(body), questions=(), words=("2 take",), place="top", language="en")
    raw = PROGRAMS[name].send(answer, from_="karen@us.example", as_html=True, as_text=False)
    assert said(read(raw, lines_of(voice, _TOLD))) == [((2,), ["take"], "", False)]
