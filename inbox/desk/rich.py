"""What one of us wrote in a mail program, with the form that they gave it."""

from __future__ import annotations

from collections.abc import Callable

from inbox.mail.new_html import PartOfMail, new_html
from inbox.mail.parse import parse
from inbox.orders.reading import read


def rich_words(
    raw: bytes, words: str, safe: Callable[[str], str] = lambda text: text
) -> PartOfMail | None:
    """The new words as the agent formatted them; None where they cannot be told from the rest.

    `safe` is what was done to the words before.
    """
    whole = new_html(raw, words, safe)
    if whole or not (above := _asked(parse(raw).text)):
        return whole
    return new_html(raw, words, safe, above=above)


def _asked(text: str) -> str:
    """The lines with which a mail began that asked for something besides."""
    found = read(text)
    return text[: len(text) - len(found.rest)] if found.orders else ""
