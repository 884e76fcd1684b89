"""A text as words in a row, the same however a program wraps, marks, links or encodes it.

Left out is what programs add and change: quote marks, links behind words, names of pictures, kinds
of spaces, quotes and dashes. Where a script has no spaces each character is a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import unquote

_ALONE = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
# What was lost on the way stands as `?` inside a word.
_WORD = rf"[{_ALONE}]|[^\W_{_ALONE}](?:[^\W_{_ALONE}]|[?\ufffd]+(?=[^\W_{_ALONE}]))*|[€$£¥₽₴%]"
_TOKEN = re.compile(rf"((?:https?://|www\.)[^\s<>\"”»]{{1,4000}})|{_WORD}", re.IGNORECASE)
_MARKS = re.compile(r"^[\s>]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_PICTURE = r"\.(?:png|jpe?g|gif|bmp|webp|svg|heic)\b"
_ADDED = re.compile(
    r"<\s{0,2}(?:https?|mailto|tel|file):[^<>]{0,4000}>|\[(?:https?|mailto|tel|cid):[^\[\]]{0,4000}\]|"
    r"\((?:https?|mailto):[^()\s]{0,4000}\)|\[image(?::[^\[\]]{0,300})?\]|"
    rf"\[[^\[\]]{{0,120}}{_PICTURE}[^\[\]]{{0,120}}\]|<[^<>@]{{0,120}}{_PICTURE}>",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")
_STROKES = str.maketrans("łøđħŧ", "lodht")
_LARGE = 100_000  # characters; from which on nothing that could multiply is done


@dataclass(slots=True)
class Words:
    """Words in their order, with the line of each, and the letters of all links."""

    words: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def add_at(self, line: int, text: str, *, known_links: str | None = None) -> None:
        """The words of one line more, by its number.

        With `known_links`, the letters of all links that are known, any other link is a word that
        nothing equals.
        """
        for token in _TOKEN.finditer(text):
            url = token[1]
            if not url:
                self._put(line, token[0].casefold())
                continue
            letters = letters_of(_SCHEME.sub("", url))
            if known_links is None:
                self.links.append(letters)
            elif not _is_known(url, letters, known_links):
                self._put(line, f"\0{letters}")

    def _put(self, line: int, word: str) -> None:
        self.words.append(word)
        self.lines.append(line)


def plain(text: str) -> str:
    """The text without what programs add to it; line for line."""
    text = normalize("NFKC", text) if len(text) < _LARGE else normalize("NFC", text)
    return _ADDED.sub(_gap, _INVISIBLE.sub("", text))


def _gap(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n") or " "


def unmarked(line: str) -> str:
    """The line without its quote marks."""
    return _MARKS.sub("", line)


def letters_of(text: str) -> str:
    """Letters and digits alone, in one case."""
    return _LETTERS.sub("", text).casefold()


def is_same(one: str, sent: str) -> bool:
    """Whether a word is the sent one, with characters that an encoding has lost or doubled."""
    if one == sent:
        return True
    if one.isascii() and sent.isascii() and "?" not in one:
        return False
    if "?" in one or "\ufffd" in one:
        pattern = "".join(
            r"[^\x00-\x7f]{1,4}" if part[0] in "?\ufffd" else re.escape(part)
            for part in re.split(r"([?\ufffd]+)", one[:200])
            if part
        )
        return re.fullmatch(pattern, sent) is not None
    if one.isascii() or sent.isascii():
        return _bare(one) == _bare(sent) != ""
    for charset in ("cp1252", "latin-1", "cp1251"):
        try:
            if one.encode(charset).decode("utf-8").casefold() == sent:
                return True
        except UnicodeError:
            continue
    return False


def _bare(word: str) -> str:
    """The word without accents, for programs that write none."""
    return "".join(sign for sign in normalize("NFD", word.translate(_STROKES)) if sign.isascii())


def _is_known(url: str, letters: str, known: str) -> bool:
    """Whether it is one of ours, if need be inside the link of somebody who watches clicks."""
    if letters in known:
        return True
    inner = re.search(r"https?://[^&\s]+", unquote(unquote(url[8:])), re.IGNORECASE)
    return inner is not None and letters_of(_SCHEME.sub("", inner[0])) in known
