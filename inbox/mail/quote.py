"""The answered mail below our answer, as mail programs write it: they fold it away, as do we.

The attribution line carries name, address, date and a final colon in the reader's language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from babel import Locale
from babel.dates import format_date, format_time
from selectolax.lexbor import LexborHTMLParser, LexborNode

from inbox.mail.markup import to_html
from inbox.model.address import Address

# Characters of all quotes of a mail together: Gmail shows the first 102 kB of it, and a letter
# takes up to three octets.
LIMIT = 24 * 1024
_DEEPEST = 2  # levels of a quoted text's own quotes that are kept
_MOST_QUOTES = 200
_ATTRIBUTIONS = {
    "en": "On {date} at {time}, {who} wrote:",
    "ru": "{date} в {time} {who} пишет:",
    "it": "Il {date} alle {time} {who} ha scritto:",
    "de": "Am {date} um {time} schrieb {who}:",
    "ja": "{date} {time}、{who} さんのメール:",
}
_UNDATED = {
    "en": "{who} wrote:",
    "ru": "{who} пишет:",
    "it": "{who} ha scritto:",
    "de": "{who} schrieb:",
    "ja": "{who} さんのメール:",
}
_BLOCKQUOTE = (
    '<blockquote type="cite" class="gmail_quote" '
    'style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A mail to quote. `html` is sanitised already; without it the text is shown."""

    author: Address
    date: datetime | None = None  # aware
    text: str = ""
    html: str | None = None


def quote_text(mails: Sequence[Quoted], *, language: str, zone: tzinfo, limit: int = LIMIT) -> str:
    """The mails, newest first, as `> ` text; what is beyond `limit` characters is left out."""
    blocks: list[str] = []
    for mail in mails:
        if limit <= 0:
            break
        text = _shallow(mail.text)
        kept = shortened(text, limit)
        limit = limit - len(kept) if kept == text else 0
        lines = (
            f">{line}" if line.startswith(">") else f"> {line}".rstrip()
            for line in kept.strip("\n").split("\n")
        )
        blocks.append("\n".join([attribution(mail, language, zone), *lines]))
    return "\n\n".join(blocks)


def quote_html(mails: Sequence[Quoted], *, language: str, zone: tzinfo, limit: int = LIMIT) -> str:
    """The mails, newest first, in the elements by which Gmail, Apple and others know a quote."""
    blocks: list[str] = []
    for mail in mails:
        if limit <= 0:
            break
        body = _html(mail, limit)
        limit -= len(body)
        line = escape(attribution(mail, language, zone))
        blocks.append(
            f'<div class="gmail_quote"><div dir="auto" class="gmail_attr">{line}<br></div>'
            f"{_BLOCKQUOTE}{body}</blockquote></div>"
        )
    return "\n".join(blocks)


def attribution(mail: Quoted, language: str, zone: tzinfo) -> str:
    """One line that says who wrote and when, for people; English for a language we do not speak."""
    language = language if language in _ATTRIBUTIONS else "en"
    name, address = mail.author.name, mail.author.address
    who = " ".join((f"{name} <{address}>" if name and address else name or address).split())
    if mail.date is None:
        return _UNDATED[language].format(who=who)
    locale = Locale.parse("en_GB" if language == "en" else language)
    when = mail.date.astimezone(zone)
    return _ATTRIBUTIONS[language].format(
        date=format_date(when, "long", locale=locale),
        time=format_time(when, "HH:mm", locale=locale),
        who=who,
    )


def shortened(text: str, limit: int) -> str:
    """The first of its characters, in whole lines where there are any."""
    if len(text) <= limit:
        return text
    return text[:limit].rpartition("\n")[0] or text[:limit]


def _shallow(text: str) -> str:
    """The text without the deep levels of its own quotes."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line for line in text.split("\n") if _depth(line) <= _DEEPEST)


def _depth(line: str) -> int:
    return len(re.sub(r"\s", "", line[:40])) - len(re.sub(r"\s", "", line[:40]).lstrip(">"))


def _html(mail: Quoted, limit: int) -> str:
    html = mail.html
    if html and html.count("<blockquote") <= _MOST_QUOTES:
        html = _without_deep_quotes(html) if html.count("<blockquote") > _DEEPEST else html
        if len(html) <= limit:
            return html
    return to_html(shortened(_shallow(mail.text), limit))


def _without_deep_quotes(html: str) -> str:
    tree = LexborHTMLParser(html)
    for node in tree.css("blockquote"):
        if _quotes_around(node) == _DEEPEST:
            node.decompose()
    return (tree.body.inner_html if tree.body else "") or ""


def _quotes_around(node: LexborNode) -> int:
    count = 0
    parent = node.parent
    while parent is not None:
        count += parent.tag == "blockquote"
        parent = parent.parent
    return count
