"""The MIME tree of a raw mail as places in its bytes: own walk, linear, bounded, nothing copied.

The standard parser keeps every part as text, recurses with the nesting and reads each line once a
level; here a part is a pair of offsets, found from the outside in, so an unclosed inner multipart
cannot swallow what follows. A forwarded mail stays closed: one leaf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from inbox.mail.charset import decode
from inbox.mail.charset_names import codec_of
from inbox.mail.fields import Fields, split_fields, text_of
from inbox.mail.params import parse_params
from inbox.mail.transfer import decode_transfer
from inbox.model.mail import Defect

MAX_DEPTH = 50
MAX_PARTS = 1000
_MAX_BOUNDARY = 200
_SNIFF = re.compile(rb"(?:^|\n)--([^\r\n]{1,70}?)[ \t]*\r?\n(?=[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-)")
_CONTENT = re.compile(rb"[Cc][Oo][Nn][Tt][Ee][Nn][Tt]-")
_TYPE = re.compile(r"[\w.+*!#$&^~-]+/[\w.+*!#$&^~-]+$", re.ASCII)
_GUESSED_BYTES = 16 * 1024
INNER_STEP = 10_000  # `Attachment.part` of the n-th file inside leaf i is i + n * INNER_STEP


@dataclass(slots=True)
class Part:
    """One node of the tree; a leaf has no children and a number."""

    content_type: str
    params: dict[str, str]
    fields: Fields
    start: int  # of the body
    end: int
    children: list[Part] = field(default_factory=list)
    leaf: int = -1
    disposition: str = ""
    disposition_params: dict[str, str] = field(default_factory=dict)

    @property
    def is_multipart(self) -> bool:
        """True for a container whose parts were found."""
        return bool(self.children)

    @property
    def encoding(self) -> str:
        """The transfer encoding, lower case."""
        return text_of(self.fields.first("content-transfer-encoding")[:200]).lower()


@dataclass(slots=True)
class Tree:
    """The root of a mail's parts, its leaves in order, and what was odd about the structure."""

    root: Part
    leaves: list[Part] = field(default_factory=list)
    written_in: str | None = None  # once it was asked for
    defects: list[Defect] = field(default_factory=list)


def read_tree(raw: bytes, fields: Fields | None = None) -> Tree:
    """The parts of a mail, at most 1,000 and 50 deep; what lies beyond is one opaque leaf."""
    fields = split_fields(raw) if fields is None else fields
    root = _part(fields, len(raw), "text/plain")
    tree = Tree(root, defects=_type_defects(root))
    todo = [(tree.root, 0)]
    count = 1
    names_8bit = False
    while todo:
        part, depth = todo.pop()
        names_8bit = names_8bit or _has_8bit_names(part)
        if part.content_type.startswith("multipart/"):
            if depth >= MAX_DEPTH:
                _close(part, tree, "mime.too_deep", f"over {MAX_DEPTH} levels")
            else:
                part.children = list(_children(raw, part, tree, MAX_PARTS - count))
                count += len(part.children)
                todo += [(child, depth + 1) for child in reversed(part.children)]
        if not part.children:
            part.leaf = len(tree.leaves)
            tree.leaves.append(part)
    if names_8bit:
        _read_names(tree, written_in(raw, tree))
    return tree


def written_in(raw: bytes, tree: Tree) -> str:
    """The charset that a mail's text is written in, beside UTF-8: as its first texts declare, or as
    guessed from them; empty where neither tells.
    """
    if tree.written_in is None:
        tree.written_in = _written_in(raw, tree)
    return tree.written_in


def _written_in(raw: bytes, tree: Tree) -> str:
    texts = [leaf for leaf in tree.leaves[:20] if leaf.content_type.startswith("text/")]
    for leaf in texts:
        codec = codec_of(leaf.params.get("charset", ""))
        if codec and codec != "utf-8":
            return "cp932" if codec.startswith("iso2022_jp") else codec
    for leaf in texts[:4]:
        data = raw[leaf.start : min(leaf.end, leaf.start + _GUESSED_BYTES)]
        data = decode_transfer(data, leaf.encoding)[0]
        if not data.isascii():
            found = decode(data).charset
            return found if found != "utf-8" else ""
    return ""


def content(raw: bytes, part: Part) -> bytes:
    """The decoded bytes of a leaf; what cannot be decoded comes as it is."""
    return decode_transfer(raw[part.start : part.end], part.encoding)[0]


def _has_8bit_names(part: Part) -> bool:
    return not (
        part.fields.first("content-type").isascii()
        and part.fields.first("content-disposition").isascii()
    )


def _read_names(tree: Tree, charset: str) -> None:
    """Read the parameters that are 8-bit once more, now that the mail's charset is known."""
    for part in tree.leaves:
        if _has_8bit_names(part):
            content_type = text_of(part.fields.first("content-type"), charset)
            part.params |= parse_params(content_type)[1]
            disposition = text_of(part.fields.first("content-disposition"), charset)
            part.disposition_params = parse_params(disposition)[1]
            tree.defects.append(Defect("header.8bit", charset))


def _part(fields: Fields, end: int, default: str) -> Part:
    content_type, params = parse_params(text_of(fields.first("content-type")))
    if not _TYPE.match(content_type):
        content_type = (
            "text/plain" if content_type in ("text", "") and default[:4] == "text" else default
        )
        if fields.first("content-type") and not params.get("charset") and not params.get("name"):
            fields.defects.append(
                Defect("mime.bad_type", text_of(fields.first("content-type"))[:60])
            )
    part = Part(content_type, params, fields, fields.body, end)
    raw_disposition = fields.first("content-disposition")
    if raw_disposition:
        part.disposition, part.disposition_params = parse_params(text_of(raw_disposition))
    return part


def _type_defects(part: Part) -> list[Defect]:
    declared = text_of(part.fields.first("content-type")[:200])
    if not declared or "/" in declared.partition(";")[0]:
        return []
    return [Defect("mime.bad_type", declared[:60])]


def _children(raw: bytes, part: Part, tree: Tree, room: int) -> Iterator[Part]:
    boundary = part.params.get("boundary", "").rstrip().encode("utf-8", "surrogateescape")
    spans: list[tuple[int, int]] = []
    if 0 < len(boundary) <= _MAX_BOUNDARY:
        spans = _spans(raw, part, boundary, tree, room)
    if not spans:
        found = _SNIFF.search(raw, max(0, part.start - 1), part.end)
        tree.defects.append(Defect("mime.boundary_missing", part.content_type))
        if found:
            spans = _spans(raw, part, found[1], tree, room)
    if not spans:
        _close(part, tree, "mime.no_parts", part.content_type)
        return
    default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for start, end in spans:
        fields = split_fields(raw, start, end)
        tree.defects += fields.defects
        fields.body = min(fields.body, end)
        child = _part(fields, end, default)
        tree.defects += _type_defects(child)
        yield child


def _spans(raw: bytes, part: Part, boundary: bytes, tree: Tree, room: int) -> list[tuple[int, int]]:
    """Where each part lies between its delimiter lines (RFC 2046 §5.1.1)."""
    spans: list[tuple[int, int]] = []
    begin = -1
    for at, after, is_last in _own_delimiters(raw, part, boundary, tree):
        if begin >= 0:
            spans.append((begin, max(begin, _before_line_end(raw, at, begin))))
        begin = -1 if is_last else after
        if begin >= 0 and len(spans) >= room - 1:
            tree.defects.append(Defect("mime.too_many_parts", f"over {MAX_PARTS}", lost=True))
            break
    if begin >= 0:
        spans.append((begin, part.end))
        if len(spans) < room:
            tree.defects.append(Defect("mime.unclosed", part.content_type))
    return spans


def _own_delimiters(
    raw: bytes, part: Part, boundary: bytes, tree: Tree
) -> Iterator[tuple[int, int, bool]]:
    """The delimiters of a multipart: those behind its end only if parts follow them, and not those
    of a multipart within that was given the same boundary, which has all up to the first end.
    """
    begin = -1
    is_inner = is_closed = False
    for at, after, is_last in _delimiters(raw, boundary, part.start, part.end):
        if is_inner:
            is_inner = not is_last
            continue
        if begin >= 0 and not is_last and _has_same_boundary(raw, begin, at, boundary):
            tree.defects.append(Defect("mime.boundary_reused", part.content_type))
            is_inner, begin = True, -1
            continue
        if is_closed and not _CONTENT.match(raw, after):
            return
        if is_closed:
            tree.defects.append(Defect("mime.after_end", part.content_type))
        yield at, after, is_last
        begin, is_closed = (-1 if is_last else after), is_last


def _has_same_boundary(raw: bytes, begin: int, end: int, boundary: bytes) -> bool:
    """True for a multipart within that was given the boundary of the one around it."""
    if raw.find(boundary, begin, min(end, begin + 1000)) < 0:
        return False
    declared = split_fields(raw, begin, end).first("content-type")
    kind, params = parse_params(text_of(declared[:1000]))
    return kind.startswith("multipart/") and params.get("boundary", "").encode() == boundary


def _delimiters(
    raw: bytes, boundary: bytes, start: int, end: int
) -> Iterator[tuple[int, int, bool]]:
    """Offset of each delimiter line, of what follows it, and whether it closes the multipart."""
    mark = b"--" + boundary
    at = raw.find(mark, start, end)
    while at >= 0:
        after = at + len(mark)
        if at == start or raw[at - 1 : at] in (b"\n", b"\r"):
            line_end = _line_end(raw, after, end)
            tail = raw[after : min(line_end, after + 300)]
            is_last = tail.startswith(b"--")
            if not tail.strip() or (is_last and not tail[2:].strip(b"- \t\r\n")):
                yield at, line_end, is_last
        at = raw.find(mark, after, end)


def _line_end(raw: bytes, start: int, end: int) -> int:
    found = raw.find(b"\n", start, end)
    if found >= 0:
        return found + 1
    found = raw.find(b"\r", start, end)
    return found + 1 if found >= 0 else end


def _before_line_end(raw: bytes, at: int, least: int) -> int:
    """The line end before a delimiter belongs to the delimiter."""
    if at > least and raw[at - 1 : at] == b"\n":
        at -= 1
    if at > least and raw[at - 1 : at] == b"\r":
        at -= 1
    return at


def _close(part: Part, tree: Tree, code: str, detail: str) -> None:
    """Make a container that cannot be opened a leaf: text where it looks like text, else opaque."""
    tree.defects.append(Defect(code, detail, lost=code == "mime.too_deep"))
    part.content_type = "text/plain" if code == "mime.no_parts" else "application/octet-stream"
