"""Rich text as Outlook keeps it → its plain text, or the HTML wrapped in it (MS-OXRTFEX)."""

from __future__ import annotations

import re

from inbox.mail.charset import decode

_MAX_RTF = 4 * 1024 * 1024
_TOKEN = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.S,
)
_HIDDEN = frozenset(
    "fonttbl colortbl stylesheet info pict generator listtable listoverridetable object themedata "
    "colorschememapping latentstyles datastore header footer pntext xmlnstbl rsidtbl".split()
)
_CHARACTERS = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "tab": "\t",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}


def rtf_text(rtf: str) -> str:
    """The readable text of RTF; linear, never raises."""
    return _Reader().read(rtf[:_MAX_RTF])


def rtf_html(rtf: str) -> str:
    """The HTML that Outlook wrapped in RTF; empty where it is RTF of its own. As it was, not
    sanitised; linear, never raises.
    """
    if "\\fromhtml" not in rtf[:2000]:
        return ""
    return _HtmlReader().read(rtf[:_MAX_RTF])


class _Reader:
    """Groups on a stack: whether they are shown and how many bytes follow a `\\u`."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.bytes = bytearray()
        self.charset = "cp1252"
        self.stack: list[tuple[bool, int]] = []
        self.shown, self.skip_count, self.skip = True, 1, 0

    def read(self, rtf: str) -> str:
        for match in _TOKEN.finditer(rtf):
            code, word, number, symbol, brace, text = match.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number or 0), is_on=number != "0")
            elif symbol:
                self._symbol(symbol)
            elif code:
                self._byte(int(code, 16))
            elif text and self.shown:
                self._text(text)
        self._flush()
        return "".join(self.out).strip("\x00 ")

    def _brace(self, brace: str) -> None:
        self._flush()
        if brace == "{":
            if len(self.stack) < 1000:
                self.stack.append((self.shown, self.skip_count))
        elif self.stack:
            self.shown, self.skip_count = self.stack.pop()

    def _word(self, word: str, number: int, *, is_on: bool) -> None:
        if word == "u":
            self._flush()
            if self.shown:
                self.out.append(
                    chr(number % 65536) if not 0xD800 <= number % 65536 < 0xE000 else "\ufffd"
                )
            self.skip = self.skip_count
        elif word == "uc":
            self.skip_count = max(0, min(number, 10))
        elif word == "ansicpg":
            self.charset = f"cp{number}"
        elif word in _HIDDEN:
            self.shown = False
        elif word in _CHARACTERS and self.shown:
            self._flush()
            self.out.append(_CHARACTERS[word])

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.shown = False
        elif symbol in "\\{}~" and self.shown:
            self._flush()
            self.out.append(" " if symbol == "~" else symbol)

    def _byte(self, code: int) -> None:
        if self.skip:
            self.skip -= 1
        elif self.shown:
            self.bytes.append(code)

    def _text(self, text: str) -> None:
        self._flush()
        self.out.append(text[self.skip :])
        self.skip = max(0, self.skip - len(text))

    def _flush(self) -> None:
        if self.bytes:
            self.out.append(decode(bytes(self.bytes), self.charset).text)
            self.bytes.clear()


class _HtmlReader(_Reader):
    """The same, but for which groups are shown (MS-OXRTFEX §2.1.3)."""

    def _word(self, word: str, number: int, *, is_on: bool) -> None:
        if word == "htmltag":
            self._flush()
            self.shown = True
        elif word == "htmlrtf":  # what only readers of RTF are to see
            self._flush()
            self.shown = not is_on
        else:
            super()._word(word, number, is_on=is_on)
