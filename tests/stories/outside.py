"""What a customer gets: exactly the words that were meant for them, and nothing of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from tests.clients.notice import Seen

SIGNATURE = "Boots & Co., Main Street 5"
_TOKEN = re.compile(r"[+%][a-z0-9.-]*[a-z2-7]{26}@")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A mail of the department's: what was said, and what is quoted below it; without spaces."""

    said: str
    quoted: str

    @classmethod
    def of(cls, *said: str, quoted: str) -> Reply:
        """As it should be: the words, the mailbox's signature, the quote."""
        return cls(said=letters(" ".join(said) + SIGNATURE), quoted=letters(quoted))

    @classmethod
    def as_text(cls, mail: Seen, author: str) -> Reply:
        """As it is in plain text; `author` is the address in the line that leads the quote."""
        lines = mail.text.split("\n")
        at = max(n for n, line in enumerate(lines) if author in line and not line.startswith(">"))
        above, below = "\n".join(lines[:at]), "\n".join(lines[at + 1 :])
        return cls(said=letters(above), quoted=letters(below))

    @classmethod
    def as_html(cls, mail: Seen) -> Reply:
        """As it is in HTML."""
        body = mail.html[mail.html.index("<body") :]
        above, _, quote = body.rpartition('<div class="gmail_quote">')
        _, _, below = quote.partition("<blockquote")
        return cls(said=letters(_words(above)), quoted=letters(_words(f"<{below}")))


def letters(text: str) -> str:
    """A text as far as anybody would say that it says the same."""
    return "".join(re.findall(r"\w+", text))


def tokens_in(mail: Seen) -> list[str]:
    """Addresses by which something could be done here."""
    return _TOKEN.findall(mail.whole)


def has_address(mail: Seen, address: str) -> bool:
    """Whether an address stands in a mail, and not only the end of an id that ends in its letters:
    one id in 32,768 ends in `bob`.
    """
    return re.search(rf"(?<![\w.+-]){re.escape(address)}", mail.whole) is not None


def _words(html: str) -> str:
    return unescape(_TAG.sub(" ", html))
