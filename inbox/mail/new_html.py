"""The new words of a mail as their writer formatted them, with the pictures among them.

What is new was decided on the text (`trim`); here the HTML is cut behind the same words, and
nothing is guessed: where both do not say the same, there is no HTML and the text is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice

from selectolax.lexbor import LexborNode

from inbox.mail.html import sanitize
from inbox.mail.html_text import root_of
from inbox.mail.parse import parse

_SILENT = frozenset(("head", "script", "style", "title", "template", "svg", "select", "textarea"))
# What ends the words for good, also where only a picture stands below it.
_END = re.compile(
    r"signature|gmail_quote|gmail_attr|moz-cite|divRplyFwdMsg|appendonsend|stopSpelling|yahoo_quoted",
    re.IGNORECASE,
)
# A text part writes these where the HTML has a link, a picture or a list.
_ONLY_IN_TEXT = re.compile(
    r"<(?:https?:|mailto:|tel:)[^<>]*>|\[cid:[^\[\]]*\]|\[[^\[\]]*\.\w{3,4}(?:@[^\[\]]*)?\]"
)
_LIST_NUMBER = re.compile(r"^[ \t]*\d{1,3}[.)][ \t]", re.MULTILINE)
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_NO_WORDS = re.compile(r"[\W_]+")
_SYMBOLS = re.compile(r"[\W_]*$")
_SAID = re.compile(r"\w+")
_CID = re.compile(r"""src\s*=\s*["']?cid:([^"'\s>]+)""", re.IGNORECASE)
_PICTURE = re.compile(r"""<img(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
_ANY_TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^>"'])*>""")
_WORD = "MsoNormal"
_PARAGRAPH = re.compile(r"<p(?=[\s>])")
_MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class PartOfMail:
    """HTML that is safe to send on, and the ids of the pictures that it shows by `cid:`."""

    html: str
    content_ids: frozenset[str]

    @property
    def at_end(self) -> frozenset[str]:
        """The pictures below which no words stand."""
        last = max((found.end() for found in _SAID.finditer(_blanked(self.html))), default=0)
        return frozenset(_CID.findall(self.html[last:]))

    def with_pictures(self, content_ids: Collection[str]) -> PartOfMail:
        """The same without pictures that are not among these, and do not come along."""
        gone = self.content_ids - set(content_ids)
        if not gone:
            return self
        html = _PICTURE.sub(lambda found: "" if gone & set(_CID.findall(found[0])) else found[0],
                            self.html)  # fmt: skip
        return PartOfMail(html, self.content_ids - gone)


def _blanked(html: str) -> str:
    """With spaces in place of all tags."""
    return _ANY_TAG.sub(lambda found: " " * len(found[0]), html)


def new_html(
    raw: bytes, new_text: str, safe: Callable[[str], str] = lambda text: text, *, above: str = ""
) -> PartOfMail | None:
    """The HTML of a mail up to the end of `new_text`; None when it cannot be told from the rest.

    `safe` is what was done to `new_text` before, and is done to the HTML's text to compare. What
    is said `above` the new text is left out.
    """
    html = parse(raw).html
    root = root_of(html) if html else None
    if root is None:
        return None
    if above and not _cut_above(root, above, safe):
        return None
    last = _end_of(root, new_text, safe)
    if last is None:
        return None
    _cut_behind(last, root)
    kept = root.inner_html or ""
    clean = sanitize(kept).html
    if _WORD in kept:
        # Word sets the distance of its lines in a style sheet, which no mail takes along.
        clean = _PARAGRAPH.sub('<p style="margin:0"', clean)
    return part_of_mail(clean)


def part_of_mail(clean: str) -> PartOfMail | None:
    """HTML that was made safe already, with the pictures in it; None for none."""
    return PartOfMail(clean, frozenset(_CID.findall(clean))) if clean else None


def _end_of(root: LexborNode, new_text: str, safe: Callable[[str], str]) -> LexborNode | None:
    """The last node of the new words: every character is the same, or at least every word is."""
    text = _ONLY_IN_TEXT.sub("", new_text)
    nodes = list(islice(_in_order(root), _MOST_NODES + 1))
    if len(nodes) > _MOST_NODES:
        return None
    for wanted, but in (
        (text, _SPACES),
        (text, _NO_WORDS),
        (_LIST_NUMBER.sub("", text), _NO_WORDS),
    ):
        said = "".join(_SYMBOLS.findall(_SPACES.sub("", wanted)))
        if last := _last_node(nodes, but.sub("", wanted), but, safe, said):
            return last
    return None


def _last_node(
    nodes: list[LexborNode], wanted: str, but: re.Pattern[str], safe: Callable[[str], str], end: str
) -> LexborNode | None:
    """The node that ends the wanted words, or a picture that comes right after them.

    `end` is what stands behind the last word: where words alone are compared, it must not be lost.
    """
    last, words = None, ""
    said = 0
    for node in nodes:
        is_all = bool(wanted) and said == len(wanted)
        if is_all and _ends(node):
            break
        if node.tag == "img" and is_all:
            last = node
        if node.tag != "-text":
            continue
        text = safe(node.text_content or "")
        squashed = but.sub("", text)
        if is_all and (squashed or (words.endswith(end) and text.strip())):
            break
        if not wanted.startswith(squashed, said):
            return None
        said += len(squashed)
        if text.strip():
            last, words = node, words + _SPACES.sub("", text)
    return last if said == len(wanted) and words.endswith(end) else None


def _in_order(root: LexborNode) -> Iterator[LexborNode]:
    """All nodes below, in the order in which they are read; without recursion."""
    node = root.child
    while node is not None:
        yield node
        if node.child is not None and node.tag not in _SILENT:
            node = node.child
            continue
        while node.next is None:
            above = node.parent
            if above is None or above.mem_id == root.mem_id:
                return
            node = above
        node = node.next


def _ends(node: LexborNode) -> bool:
    if node.tag in ("hr", "blockquote"):
        return True
    marks = (node.attributes.get(name) or "" for name in ("id", "class"))
    return node.tag != "-text" and any(_END.search(mark) for mark in marks)


def _cut_above(root: LexborNode, above: str, safe: Callable[[str], str]) -> bool:
    """Cut everything that says this, with what separates it from what follows; whether it did."""
    said = _end_of(root, above, safe)
    if said is None:
        return False
    nodes = _in_order(root)
    behind = dropwhile(lambda node: node.mem_id != said.mem_id, nodes)
    shown = (node for node in islice(behind, 1, None) if node.tag == "img" or _says(node))
    here = next(shown, None)
    if here is None:
        return False
    while here is not None and here.mem_id != root.mem_id:
        while here.prev is not None:
            here.prev.decompose()
        here = here.parent
    return True


def _says(node: LexborNode) -> bool:
    return node.tag == "-text" and bool((node.text_content or "").strip())


def _cut_behind(node: LexborNode, root: LexborNode) -> None:
    here: LexborNode | None = node
    while here is not None and here.mem_id != root.mem_id:
        while here.next is not None:
            here.next.decompose()
        here = here.parent
