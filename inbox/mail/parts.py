"""The decoded content of one part of a raw mail: attachments are cut out when asked for."""

from __future__ import annotations

from collections.abc import Callable

from inbox.mail.tree import INNER_STEP, content, read_tree
from inbox.mail.wrapped import inner_bytes


def leaf_bytes(raw: bytes, part: int) -> bytes:
    """The decoded content of an attachment, by its `Attachment.part`; empty if absent."""
    return leaves_of(raw)(part)


def leaves_of(raw: bytes) -> Callable[[int], bytes]:
    """The same for several parts of one mail, which is looked through once."""
    tree = read_tree(raw)

    def bytes_of(part: int) -> bytes:
        inner, leaf = divmod(part, INNER_STEP)
        if not 0 <= leaf < len(tree.leaves):
            return b""
        data = content(raw, tree.leaves[leaf])
        return inner_bytes(data, tree.leaves[leaf], inner) if inner else data

    return bytes_of
