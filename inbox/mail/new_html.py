"""The new words of a mail as their writer formatted them, with the pictures among them.

What is new was decided on the text (`trim`); here the HTML is cut behind the same words, and
nothing is guessed: where both do not say the same, there is no HTML and the text is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
# A text part writes these where the HTML has a link or a picture; numbers of lists have no text.
_ONLY_IN_TEXT = re.compile(r"<(?:https?:|mailto:|tel:)[^<>]*>|\[[^\[\]]*\.\w{3,4}(?:@[^\[\]]*)?\]")
_NO_WORDS = re.compile(r"[\W\d_]+")
_CID = re.compile(r"""src\s*=\s*["']?cid:([^"'\s>]+)""", re.IGNORECASE)
_MOST_NODES = 20_000


@dataclass(frozen=True, slots=True)
class PartOfMail:
    """HTML that is safe to send on, and the ids of the pictures that it shows by `cid:`."""

    html: str
    content_ids: frozenset[str]


def new_html(
    raw: bytes, new_text: str, safe: Callable[[str], str] = lambda text: text
) -> PartOfMail | None:
    """The HTML of a mail up to the end of `new_text`; None when it cannot be told from the rest.

    `safe` is what was done to `new_text` before, and is done to the HTML's text to compare.
    """
    html = parse(raw).html
    root = root_of(html) if html else None
    wanted = _squashed(_ONLY_IN_TEXT.sub("", new_text))
    if root is None or not wanted:
        return None
    last = _last_node(root, wanted, safe)
    if last is None:
        return None
    _cut_behind(last, root)
    clean = sanitize(root.inner_html or "").html
    return PartOfMail(clean, frozenset(_CID.findall(clean)))


def _last_node(root: LexborNode, wanted: str, safe: Callable[[str], str]) -> LexborNode | None:
    """The node that ends the wanted words, or a picture that comes right after them."""
    last = None
    said = 0
    for count, node in enumerate(_in_order(root)):
        if count > _MOST_NODES:
            return None
        if said == len(wanted) and _ends(node):
            break
        if node.tag == "img" and said == len(wanted):
            last = node
        if node.tag != "-text":
            continue
        words = _squashed(safe(node.text_content or ""))
        if said == len(wanted) and words:
            break
        if not wanted.startswith(words, said):
            return None
        said += len(words)
        last = node if words else last
    return last if said == len(wanted) else None


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


def _cut_behind(node: LexborNode, root: LexborNode) -> None:
    here: LexborNode | None = node
    while here is not None and here.mem_id != root.mem_id:
        while here.next is not None:
            here.next.decompose()
        here = here.parent


def _squashed(text: str) -> str:
    return _NO_WORDS.sub("", text).casefold()
