"""HTML of unknown origin → HTML that a parser reads in linear time; it means the same where it was
sane.

Both parsers in use (html5ever in nh3, Lexbor) are quadratic in the depth of open tags, in the
attributes of one tag and in the ampersands of a text; a megabyte can take minutes. So one linear
pass
first drops comments, scripts and style sheets, and whatever goes beyond these bounds. It makes
nothing safe to show: the sanitiser does that.
"""

from __future__ import annotations

import re
from functools import lru_cache

MAX_HTML = 1024 * 1024
MAX_DEPTH = 200
_MAX_ATTRIBUTES = 60
_MAX_TAGS = 30_000
_MAX_AMPERSANDS = 30_000

# HTML §13.2.5.32 to 13.2.5.39: a quote opens a value only behind an equals sign.
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(?P<end>>)|[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?P<unclosed>[\"'])|[^\s>]++)?+)?+)"
)
_FEW_ATTRIBUTES = (
    r"((?:[\s/]*+[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+){0,60}+)[\s/]*+>"
)
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|title|xmp|iframe|noembed|noframes|textarea|plaintext)(?=[\s/>])"
    rf"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?:{_FEW_ATTRIBUTES})?+"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.S | re.I,
)
_MARKUP = re.compile(r"<[^<>]*+>?")
_VOID = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    )
)
# Closed by what follows them (HTML §13.1.2.4): unclosed ones in a row are no depth.
_OPTIONAL = frozenset(
    (
        "p",
        "li",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "dt",
        "dd",
        "option",
        "html",
        "body",
        "head",
    )
)
# Inside these an end tag of an outer element has no effect.
_SCOPES = frozenset(
    ("object", "applet", "marquee", "template", "svg", "math", "caption", "button", "select")
)
_BARE_AMPERSAND = re.compile(r"&(?!#?\w{1,31};)")


def tame(html: str) -> str:
    """The HTML within bounds of size, depth, attributes and entities; linear in its length."""
    return _tame(html[:MAX_HTML])


# One mail's HTML is read for its text, for its quotes and to be shown, one after the other.
@lru_cache(maxsize=2)
def _tame(html: str) -> str:
    if html.count("&") > _MAX_AMPERSANDS:
        html = _BARE_AMPERSAND.sub("+", html)[:MAX_HTML]
        if html.count("&") > _MAX_AMPERSANDS:
            html = html.replace("&nbsp;", "\u00a0").replace("&", "+")
    return _Tamer(html).run()


def is_small(html: str) -> bool:
    """Whether HTML that was cleaned, and so has few and short tags, is quick to parse again."""
    return (
        len(html) <= MAX_HTML
        and html.count("<") <= _MAX_TAGS
        and html.count("&") <= _MAX_AMPERSANDS
    )


class _Tamer:
    """One pass over the tags with the number of open ones by name."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.out: list[str] = []
        self.open: dict[str, int] = {}
        self.depth = self.tags = self.scopes = 0

    def run(self) -> str:
        html, search, write = self.html, _TOKEN.search, self.out.append
        position = 0
        while match := search(html, position):
            start = match.start()
            if start > position:
                write(html[position:start])
            position = match.end()
            raw, close, name, attributes = match.groups()
            if name:
                position = self._tag(name.lower(), close, attributes, position)
                if self.tags > _MAX_TAGS:
                    return "".join(self.out) + _MARKUP.sub(" ", html[position:])
                continue
            if raw:
                position = self._after_raw(raw.lower(), position)
            self._gap()
        write(html[position:])
        return "".join(self.out)

    def _gap(self) -> None:
        """Keep what stands around a dropped piece from becoming a tag that nobody counted."""
        if self.out and self.out[-1][-1:] in ("<", "/", "&", "!", "?"):
            self.out.append(" ")

    def _after_raw(self, name: str, position: int) -> int:
        if name == "plaintext":
            return position
        end = re.compile(rf"</{name}(?=[\s/>])[^>]*>?", re.I).search(self.html, position)
        return end.end() if end else len(self.html)

    def _tag(self, name: str, close: str, attributes: str | None, end: int) -> int:
        """Write a tag if it is within bounds; where the text goes on."""
        if attributes is None:
            attributes, end = self._attributes(end)
            if end < 0:  # a tag that never ends: no parser shows what follows
                return len(self.html)
        self.tags += 1
        if close:
            if self._closes(name):
                self.out.append(f"</{name}>")
            return end
        if name not in _VOID and name not in _OPTIONAL:
            if self.depth >= MAX_DEPTH:
                return end
            self._opens(name)
        self.out.append(f"<{name}{attributes}>")
        return end

    def _attributes(self, position: int) -> tuple[str, int]:
        """The first attributes of a tag as written, and where the tag ends; -1 if it does not."""
        start = kept = position
        count = 0
        while match := _ATTRIBUTE.match(self.html, position):
            if match["unclosed"]:
                return "", -1
            position = match.end()
            if match["end"]:
                return self.html[start:kept], position
            count += 1
            if count <= _MAX_ATTRIBUTES:
                kept = position
        return "", -1

    def _opens(self, name: str) -> None:
        self.open[name] = self.open.get(name, 0) + 1
        self.depth += 1
        self.scopes += name in _SCOPES

    def _closes(self, name: str) -> bool:
        if name in _OPTIONAL or name in _VOID:
            return True
        if not self.open.get(name):
            return False
        if self.scopes and name not in _SCOPES:
            return True  # written, but not believed: the scope may swallow it
        self.open[name] -= 1
        self.depth -= 1
        self.scopes -= name in _SCOPES
        return True
