"""An answer to a mail of ours, before any program has written it down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from tests.clients import phrases
from tests.clients.notice import Seen

PLACES = ("top", "bottom", "inline")
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_VOID = frozenset(("br", "hr", "img", "meta", "link", "input"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a person writes: a paragraph to each question of the mail that they have before them."""

    seen: Seen
    questions: tuple[str, ...]
    words: tuple[str, ...]
    place: str
    language: str
    signature: tuple[str, ...] = ()  # the person's own, in place of a device's line
    logo: bytes = b""  # a picture in it
    disclaimer: str = ""  # which their mail system puts below everything

    def signed(self, device: str = "", *, mark: str = "") -> str:
        """What stands below the words: the person's signature, else the line of the device."""
        own = "\n".join(self.signature) or device
        return f"{mark}{own}" if own else ""

    @property
    def name(self) -> str:
        """Who wrote the mail that is answered."""
        return str(self.seen.message["From"].addresses[0].display_name)

    @property
    def address(self) -> str:
        """Their address."""
        return str(self.seen.message["From"].addresses[0].addr_spec)

    def led(self, phrase: str) -> str:
        """An attribution."""
        return phrase.format(name=self.name, address=self.address)

    def said(self) -> str:
        """All of it, where it is written in one place."""
        return "\n\n".join(self.words)

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The text of the mail cut below each question, with what is written there."""
        rest = self.seen.text.rstrip("\n")
        if self.place == "inline":
            for question, words in zip(self.questions, self.words, strict=True):
                above, rest = _cut(rest, question)
                yield above, words
        yield rest.strip("\n"), ""

    def html_pieces(self) -> Iterator[tuple[str, str]]:
        """The same for its HTML, each piece whole in itself."""
        found = _BODY.search(self.seen.html)
        rest = found[1].strip() if found else self.seen.html
        if self.place == "inline":
            for question, words in zip(self.questions, self.words, strict=True):
                above, rest = _cut_html(rest, question)
                yield above, words
        yield rest, ""


def _cut(text: str, question: str) -> tuple[str, str]:
    """Behind the question, which may be wrapped and marked by now."""
    words = r"[\s>]+".join(map(re.escape, question.split()))
    found = re.search(words, text)
    assert found, question
    return text[: found.end()].strip("\n"), text[found.end() :].strip("\n")


def _cut_html(html: str, question: str) -> tuple[str, str]:
    at = next(
        match.end()
        for match in re.finditer(r"</p>", html)
        if unescape(html[: match.start()]).endswith(question)
    )
    opened = _Open.before(html[:at])
    closed = "".join(f"</{tag}>" for tag, _ in reversed(opened))
    return html[:at] + closed, "".join(text for _, text in opened) + html[at:]


class _Open(HTMLParser):
    """The elements that are open at the end of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = []

    @classmethod
    def before(cls, html: str) -> list[tuple[str, str]]:
        parser = cls()
        parser.feed(html)
        return parser.stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.stack.append((tag, self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            continue


def _header_of(answer: Answer, labels: tuple[str, ...], date: str) -> str:
    sender = f"{answer.name} <{answer.address}>"
    values = (sender, date, str(answer.seen.message["To"]), str(answer.seen.message["Subject"]))
    return "\n".join(f"{label}: {value}" for label, value in zip(labels, values, strict=True))


def outlook_header(answer: Answer) -> str:
    """The header that Outlook puts above what is answered, as lines."""
    *labels, date = phrases.OUTLOOK[answer.language]
    return _header_of(answer, tuple(labels), date)


def samsung_header(answer: Answer) -> str:
    """The separator and the header of Samsung's program."""
    separator, *labels = phrases.SAMSUNG[answer.language]
    head = _header_of(answer, tuple(labels), "22.11.26 10:12 (GMT+01:00)")
    return f"-------- {separator} --------\n{head}"


def mail_ru_led(answer: Answer) -> str:
    """The attribution of mail.ru."""
    return answer.led(phrases.MAIL_RU.get(answer.language, phrases.MAIL_RU["en"]))


def yandex_led(answer: Answer) -> str:
    """The attribution of Yandex, the same in all languages."""
    return f'22.11.2026, 10:12, "{answer.name}" <{answer.address}>:'


def proton_led(answer: Answer) -> str:
    """The attribution of Proton Mail, in English alone."""
    return answer.led("On Sunday, November 22nd, 2026 at 10:12 AM, {name} <{address}> wrote:")


def zoho_led(answer: Answer) -> str:
    """The attribution of Zoho Mail, in English alone."""
    return answer.led("---- On Sun, 22 Nov 2026 10:12:00 +0100 {name} <{address}> wrote ----")
