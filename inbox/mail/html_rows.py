"""A row of an HTML table → whether it reads best as one line, as figures do, or cell by cell."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

_BREAKING = frozenset(("blockquote", "br", "hr", "li", "ol", "pre", "table", "ul"))
_BLOCKS = frozenset(("div", "p", "section", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"))
_MAX_NODES = 200
_SPACES = " \t\r\n\xa0"


def is_line(row: LexborNode) -> bool:
    """Whether several cells of a row have text, each in one piece. Looks at 200 nodes at most."""
    cells = 0
    cell: LexborNode | None = row.child
    left = _MAX_NODES
    while cell is not None:
        if cell.tag in ("td", "th"):
            pieces, left = _pieces(cell, left)
            if pieces > 1 or left < 0:
                return False
            cells += pieces
        cell = cell.next
    return cells > 1


def _pieces(cell: LexborNode, left: int) -> tuple[int, int]:
    """How many texts stand apart in a cell, two for many; how many more nodes may be looked at."""
    pieces = 0
    is_apart = True
    node = cell.child
    while node is not None and left >= 0:
        left -= 1
        if node.tag in _BREAKING:
            return 2, left
        is_apart = is_apart or node.tag in _BLOCKS
        if node.tag == "-text" and (node.text_content or "").strip(_SPACES):
            pieces += is_apart
            is_apart = False
        following = node.child
        while following is None and node.mem_id != cell.mem_id:
            following = node.next
            if following is None:
                node = node.parent or cell
                is_apart = is_apart or node.tag in _BLOCKS
        node = following
    return pieces, left
