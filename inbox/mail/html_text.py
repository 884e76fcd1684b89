"""HTML → plain text as a mail shows it: links, quotes, lists and tables stay readable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from inbox.mail.html_guard import tame
from inbox.mail.html_rows import is_line

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
))  # fmt: skip
_PARAGRAPHS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "dl", "table")
)
_SKIPPED = frozenset(
    ("head", "script", "style", "title", "meta", "link", "select", "textarea", "svg", "template")
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_BLANK_RUNS = re.compile(r"\n{3,}")
_FILE_NAME = re.compile(r"(?i)\.(?:png|jpe?g|gif|bmp|webp|svg)$|^image\d*$")
# Nobody sees these; newsletters pad the line that lists show with them.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\u00ad\u200b\u2060\ufeff]|(?:[\u200c\u034f][ \u00a0\u2007]*){2,}"
)
_HIDDEN = "[hidden], [style*='display:none' i], [style*='display: none' i], [style*='mso-hide' i]"
_ADDRESS = re.compile(r"[^\s<>@,;\"]{1,64}@[^\s<>@,;\"]{1,200}")
_MAX_LINKS = 2000


def html_to_text(html: str) -> str:
    """The text of an HTML mail; empty for markup without any. Linear, never raises."""
    root = root_of(html)
    return write_text(root) if root is not None else ""


def root_of(html: str) -> LexborNode | None:
    """The body of the parsed HTML, within bounds that keep the parser linear."""
    parser = LexborHTMLParser(tame(html))
    return parser.body or parser.root


def write_text(root: LexborNode, marks: Mapping[int, str] | None = None) -> str:
    """The text below a node; `marks` names nodes by `mem_id` and the lines to write around them.

    The first character of a mark is written as a line before the node, the second one after it.
    """
    hidden = frozenset(one.mem_id for one in root.css(_HIDDEN))
    text = _Writer(marks or {}, hidden).write(root)
    # Where nothing else is there, it is no preview line: some programs show it after all.
    return text if text.strip() or not hidden else _Writer(marks or {}, frozenset()).write(root)


class _Writer:
    """Lines of text with the quote depth and list in which they stand."""

    def __init__(self, marks: Mapping[int, str], hidden: frozenset[int]) -> None:
        self.marks = marks
        self.hidden = hidden
        self.link_text: list[str] | None = None
        self.lines: list[str] = []
        self.line: list[str] = []
        self.blank = True  # no blank line before the first
        self.quotes = 0
        self.lists: list[int] = []  # next number of each open list; 0 for bullets
        self.pre = 0
        self.links = 0
        self.space = False
        self.is_bullet = False  # nothing but a bullet on the line
        self.is_row = False  # in a row that is one line

    def write(self, root: LexborNode) -> str:
        """Walk without recursion: depth is chosen by the sender."""
        node: LexborNode | None = root
        while node is not None:
            entered = self._enter(node)
            child = node.child if entered else None
            if child is not None:
                node = child
                continue
            while node is not None:
                if entered:
                    self._leave(node)
                entered = True
                if node.mem_id == root.mem_id:
                    node = None
                elif node.next is not None:
                    node = node.next
                    break
                else:
                    node = node.parent
        self._end_line()
        return _BLANK_RUNS.sub("\n\n", "\n".join(self.lines)).strip("\n")

    def _enter(self, node: LexborNode) -> bool:
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if self.marks and node.mem_id in self.marks:
            self._end_line()
            self.lines.append(self.marks[node.mem_id][:1])
        if tag in _SKIPPED or tag.startswith(("-", "!")):
            return tag == "-document"
        if node.mem_id in self.hidden:
            return False
        if tag in _BLOCKS:
            self._begin_block(tag, node)
        else:
            self._enter_inline(tag, node)
        return True

    def _enter_inline(self, tag: str, node: LexborNode) -> None:
        if tag == "br":
            self._end_line(force=True)
        elif tag == "img":
            self._picture(node)
        elif tag in ("td", "th"):
            self._cell()
        elif tag == "a":
            self.link_text = []

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if self.marks and len(self.marks.get(node.mem_id, "")) > 1:
            self._end_line()
            self.lines.append(self.marks[node.mem_id][1])
        if tag == "a":
            self._link(node)
        elif tag in _BLOCKS:
            self._end_block(tag)

    def _begin_block(self, tag: str, node: LexborNode) -> None:
        if self.is_row or (self.is_bullet and tag in ("p", "div")):
            return
        self._end_line()
        if tag == "hr":
            self._put("---")
        if tag in _PARAGRAPHS and not (self.lists and tag in ("ul", "ol", "p")):
            self._blank_line()
        if tag == "blockquote":
            self.quotes += 1
            self.blank = True
        elif tag == "pre":
            self.pre += 1
        elif tag == "tr":
            self.is_row = is_line(node)
        elif tag in ("ul", "ol", "li"):
            self._begin_list(tag, node)

    def _begin_list(self, tag: str, node: LexborNode) -> None:
        if tag == "li":
            self._bullet(node)
        else:
            self.lists.append(_number(node, "start", 1) if tag == "ol" else 0)

    def _end_block(self, tag: str) -> None:
        if tag == "tr":
            self.is_row = False
        if self.is_row:
            return
        self._end_line()
        if tag == "blockquote":
            self._drop_blank()
            self.quotes = max(0, self.quotes - 1)
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "pre":
            self.pre = max(0, self.pre - 1)
        if tag in _PARAGRAPHS and not (self.lists and tag in ("ul", "ol", "p")):
            self._blank_line()

    def _bullet(self, node: LexborNode) -> None:
        indent = "  " * max(0, len(self.lists) - 1)
        if self.lists and self.lists[-1]:
            self.lists[-1] = _number(node, "value", self.lists[-1])
            self._put(f"{indent}{self.lists[-1]}. ")
            self.lists[-1] += 1
        else:
            self._put(f"{indent}* ")
        self.space = False
        self.is_bullet = True

    def _cell(self) -> None:
        if "".join(self.line).strip():
            self._put("\t")
            self.space = False

    def _picture(self, node: LexborNode) -> None:
        """What a picture says; a file's name says nothing."""
        said = " ".join((node.attributes.get("alt") or "").split())
        if said and not _FILE_NAME.search(said):
            self._text(f" {said[:300]} ")

    def _text(self, text: str) -> None:
        text = _UNSEEN.sub("", text)
        if self.pre:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self._end_line(force=True)
                self._put(line)
            return
        words = _SPACES.sub(" ", text)
        if not words:
            return
        if words[0] == " ":
            self.space = True
            words = words[1:]
        if not words:
            return
        trailing = words[-1] == " "
        if self.space and self.line and self.line[-1] not in ("\t", "* "):
            self.line.append(" ")
        self._put(words[:-1] if trailing else words)
        self.space = trailing

    def _link(self, node: LexborNode) -> None:
        shown = "".join(self.link_text or []).strip()
        self.link_text = None
        target = (node.attributes.get("href") or "").strip()
        if target[:7].lower() == "mailto:" and shown and "@" not in shown:
            address = unquote(target[7:300].partition("?")[0]).strip()
            if _ADDRESS.fullmatch(address):
                self._put(f" <{address}>")
            return
        if not target.lower().startswith(("http://", "https://")) or self.links >= _MAX_LINKS:
            return
        self.links += 1
        if shown and _bare(target) != _bare(shown) and len(target) <= 2000:
            self._put(f" <{target}>")

    def _put(self, text: str) -> None:
        if text:
            self.line.append(text)
            self.blank = False
            self.is_bullet = False
            if self.link_text is not None:
                self.link_text.append(text)

    def _end_line(self, *, force: bool = False) -> None:
        text = "".join(self.line).replace("\u00a0", " ").rstrip()
        if text.strip() or (force and not self.pre) or (force and self.pre):
            self.lines.append(self._prefix() + text if text else self._prefix().rstrip())
            self.blank = not text
        self.line = []
        self.space = self.is_bullet = False

    def _blank_line(self) -> None:
        if not self.blank:
            self.lines.append(self._prefix().rstrip())
            self.blank = True

    def _drop_blank(self) -> None:
        while self.lines and self.lines[-1].strip("> ") == "" and self.lines[-1].startswith(">"):
            self.lines.pop()
        self.blank = False

    def _prefix(self) -> str:
        return ">" * min(self.quotes, 50) + " " if self.quotes else ""


def _bare(url: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)?(?:www\.)?|/$", "", url)


def _number(node: LexborNode, name: str, otherwise: int) -> int:
    """Where a list counts from; only what people would number."""
    said = (node.attributes.get(name) or "").strip()
    return int(said) if re.fullmatch(r"[1-9]\d{0,5}", said, re.ASCII) else otherwise
