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

MAX_HTML = 1024 * 1024
MAX_DEPTH = 200
_MAX_ATTRIBUTES = 60
_MAX_TAGS = 30_000
_MAX_AMPERSANDS = 30_000

_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|title|xmp|iframe|noembed|noframes|textarea|plaintext)(?=[\s/>])"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.S | re.I,
)
# HTML §13.2.5.32 to 13.2.5.39: a quote opens a value only behind an equals sign.
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(?P<end>>)|[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?P<unclosed>[\"'])|[^\s>]++)?+)?+)"
)
_ATTRIBUTES = re.compile(
    r"((?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+))?+){0,60}+)[\s/]*+>"
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
    html = html[:MAX_HTML]
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
        position = 0
        while match := _TOKEN.search(self.html, position):
            self.out.append(self.html[position : match.start()])
            position = match.end()
            if match["raw"]:
                position = self._after_raw(match["raw"].lower(), position)
                self._gap()
            elif match["name"]:
                position = self._tag(match)
                if self.tags > _MAX_TAGS:
                    return "".join(self.out) + _MARKUP.sub(" ", self.html[position:])
            else:
                self._gap()
        self.out.append(self.html[position:])
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

    def _tag(self, match: re.Match[str]) -> int:
        """Write a tag if it is within bounds; where the text goes on."""
        attributes, end = self._attributes(match.end())
        if end < 0:  # a tag that never ends: no parser shows what follows
            return len(self.html)
        name = match["name"].lower()
        self.tags += 1
        if match["close"]:
            if self._closes(name):
                self.out.append(f"</{name}>")
            return end
        if name not in _VOID:
            if self.depth >= MAX_DEPTH and name not in _OPTIONAL:
                return end
            self._opens(name)
        self.out.append(f"<{name}{attributes}>")
        return end

    def _attributes(self, position: int) -> tuple[str, int]:
        """The first attributes of a tag as written, and where the tag ends; -1 if it does not."""
        if usual := _ATTRIBUTES.match(self.html, position):
            return usual[1], usual.end()
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
        if name in _OPTIONAL:
            return
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
